import type { Halves } from '../search/index.ts';

/**
 * The distinct sets of counted tokens that the rows of a batch carry, each under the hash that stands for it (its combination).
 * Many rows share a set, so what is counted is counted once for each set. Hashes and tokens stand as halves: high, low ...
 */
export class TokenSets {
  readonly types: number[];
  readonly hashes: number[];
  /** The tokens of set i stand from `from[i]` up to `from[i + 1]`. */
  readonly tokens: number[];
  readonly from: number[];
  readonly #known = new Map<number, Map<number, number>>();

  constructor(types: number[] = [], hashes: number[] = [], tokens: number[] = [], from: number[] = []) {
    this.types = types;
    this.hashes = hashes;
    this.tokens = tokens;
    this.from = from;
  }

  get count(): number {
    return this.types.length;
  }

  /** The number of the set with this hash; `tokens` are those of a row that carries it, counted or not. */
  of(type: number, hash: Halves, tokens: ArrayLike<number>, tokenCount: number): number {
    const { hi, lo } = hash;
    let byLow = this.#known.get(hi);
    if (byLow === undefined) this.#known.set(hi, (byLow = new Map()));
    let set = byLow.get(lo);
    if (set !== undefined) return set;
    byLow.set(lo, (set = this.types.length));
    this.types.push(type);
    this.hashes.push(hi, lo);
    this.from.push(this.tokens.length);
    for (let i = 0; i < 2 * tokenCount; i += 2) {
      const low = tokens[i + 1]!;
      if ((low & 1) === 1) this.tokens.push(tokens[i]!, low);
    }
    return set;
  }

  /** Where the tokens of a set end. */
  endOf(set: number): number {
    return this.from[set + 1] ?? this.tokens.length;
  }
}
