import { Names } from './names.ts';

/** Names of one part and of what stands before it fit into one whole number. */
const mostNames = 2 ** 26;

/**
 * Numbers from 0 up for lists of states, in the order in which they come, however many there could be: the machines are parted so
 * that the states of each part fit into a whole number; parts are named, and then the joined names.
 */
export class JoinedNames {
  readonly #radix: Float64Array;
  /** One past the last machine of each part. */
  readonly #ends: number[];
  readonly #parts: Names[];
  readonly #joined: Names[];

  constructor(sizes: readonly number[]) {
    this.#radix = new Float64Array(sizes.length);
    this.#ends = [];
    let product = 1;
    sizes.forEach((size, index) => {
      if (index > 0 && product * size > Number.MAX_SAFE_INTEGER) {
        this.#ends.push(index);
        product = 1;
      }
      this.#radix[index] = product;
      product *= size;
    });
    this.#ends.push(sizes.length);
    this.#parts = this.#ends.map(() => new Names());
    this.#joined = this.#ends.slice(1).map(() => new Names());
  }

  get size(): number {
    return (this.#joined.at(-1) ?? (this.#parts[0] as Names)).size;
  }

  /** The name of a list of states; a new one gets the next. Undefined where there are too many for names. */
  of(states: Int32Array): number | undefined {
    let name = 0;
    let index = 0;
    for (let part = 0; part < this.#parts.length; part++) {
      let key = 0;
      for (; index < (this.#ends[part] as number); index++)
        key += (states[index] as number) * (this.#radix[index] as number);
      const own = (this.#parts[part] as Names).of(key);
      if (own >= mostNames || name >= mostNames) return undefined;
      name = part === 0 ? own : (this.#joined[part - 1] as Names).of(name * mostNames + own);
    }
    return name;
  }

  clear(): void {
    for (const names of [...this.#parts, ...this.#joined]) names.clear();
  }
}
