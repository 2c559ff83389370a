/** Entries of one input after which repeats are no longer looked for: beyond it the table would outgrow our memory. */
export const mostTracked = 32_000_000;

/** Remembers which resources an input has held: 8 bytes a slot. Two names look alike once in 2^52 pairs. */
export class SeenInInput {
  #names = new Float64Array(1024);
  #count = 0;

  /** True the first time a name is met. */
  isNew(name: string): boolean {
    const key = nameHash(name);
    const slot = this.#find(key);
    if (this.#names[slot] === key) return false;
    if (this.#count >= mostTracked) return true;
    this.#names[slot] = key;
    this.#count += 1;
    if (this.#count * 3 > this.#names.length * 2) this.#grow();
    return true;
  }

  /** True when names are no longer added. */
  get isFull(): boolean {
    return this.#count >= mostTracked;
  }

  #find(key: number): number {
    const mask = this.#names.length - 1;
    let slot = (key % 0x100000000) & mask;
    while (this.#names[slot] !== 0 && this.#names[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const names = this.#names;
    this.#names = new Float64Array(names.length * 2);
    for (const key of names) if (key !== 0) this.#names[this.#find(key)] = key;
  }
}

/** 52 bits of two FNV-1a hashes, never 0. */
function nameHash(name: string): number {
  let low = 0x811c9dc5;
  let high = 0x050c5d1f;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x01000197);
  }
  return (high >>> 12) * 0x100000000 + (low >>> 0) || 1;
}
