import { typeToken, type Halves } from '../search/index.ts';
import { typeName } from '../resource-types.ts';
import type { TokenSets } from './token-sets.ts';

const typeTokens = new Map<number, Halves>();

function tokenOfType(type: number): Halves {
  let token = typeTokens.get(type);
  if (token === undefined) typeTokens.set(type, (token = typeToken(typeName(type))));
  return token;
}

/** Adds up, over a transaction, how the number of current rows with each counted token changes. */
export class Tallies {
  /** High half of the token, then low half, then the change. */
  readonly #changes = new Map<number, Map<number, number>>();

  add(high: number, low: number, by: number): void {
    let lows = this.#changes.get(high);
    if (lows === undefined) {
      lows = new Map();
      this.#changes.set(high, lows);
    }
    lows.set(low, (lows.get(low) ?? 0) + by);
  }

  /** Adds what `rows` rows count that carry a set: their type, each token, and the set itself. */
  addSet(sets: TokenSets, set: number, rows: number): void {
    const ofType = tokenOfType(sets.types[set]!);
    this.add(ofType.hi, ofType.lo, rows);
    const { tokens } = sets;
    for (let at = sets.from[set]!; at < sets.endOf(set); at += 2)
      this.add(tokens[at]!, tokens[at + 1]!, rows);
    this.add(sets.hashes[2 * set]!, sets.hashes[2 * set + 1]!, rows);
  }

  /** Takes away what a row that is replaced or deleted had counted. Tokens are signed 64-bit numbers as text. */
  remove(type: number, tokens: readonly string[], combination: string | null): void {
    const ofType = tokenOfType(type);
    this.add(ofType.hi, ofType.lo, -1);
    for (const text of tokens) {
      const token = BigInt(text);
      if ((token & 1n) === 1n) this.#takeOne(token);
    }
    if (combination !== null) this.#takeOne(BigInt(combination));
  }

  #takeOne(token: bigint): void {
    this.add(Number(token >> 32n), Number(BigInt.asIntN(32, token)), -1);
  }

  /** Calls back for each token whose number changed. */
  forEach(each: (high: number, low: number, change: number) => void): void {
    for (const [high, lows] of this.#changes) {
      for (const [low, change] of lows) if (change !== 0) each(high, low, change);
    }
  }
}
