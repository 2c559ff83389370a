/** Numbers from 0 up for whole numbers up to 2^53, in the order in which they come: a map that is quick for large keys. */
export class Names {
  #keys = new Float64Array(1024).fill(-1);
  #names = new Int32Array(1024);
  #size = 0;

  /** How many have a name. */
  get size(): number {
    return this.#size;
  }

  /** The name of a key that is not negative; a new one gets the next. */
  of(key: number): number {
    const place = this.#find(key);
    if (this.#keys[place] === key) return this.#names[place] as number;
    this.#keys[place] = key;
    this.#names[place] = this.#size;
    this.#size += 1;
    if (this.#size * 2 > this.#keys.length) this.#widen();
    return this.#size - 1;
  }

  clear(): void {
    this.#keys.fill(-1);
    this.#size = 0;
  }

  #find(key: number): number {
    const keys = this.#keys;
    const last = keys.length - 1;
    let hash = Math.imul((key >>> 0) ^ Math.imul(Math.floor(key / 4_294_967_296), 0x9e3779b1), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    let place = (hash ^ (hash >>> 13)) & last;
    while (keys[place] !== -1 && keys[place] !== key) place = (place + 1) & last;
    return place;
  }

  #widen(): void {
    const [keys, names] = [this.#keys, this.#names];
    this.#keys = new Float64Array(keys.length * 2).fill(-1);
    this.#names = new Int32Array(keys.length * 2);
    keys.forEach((key, at) => {
      if (key === -1) return;
      const place = this.#find(key);
      this.#keys[place] = key;
      this.#names[place] = names[at] as number;
    });
  }
}
