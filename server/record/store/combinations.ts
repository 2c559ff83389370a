import type { Tx } from '../../platform/db/index.ts';
import { toBigInt } from '../search/index.ts';
import type { TokenSets } from './token-sets.ts';

/** All counted tokens that one resource carries, under the hash that stands for them. */
type Combination = { token: bigint; type: number; tokens: bigint[] };

/** So many are remembered as stored; beyond it, all are forgotten and sent once more. */
const mostKnown = 200_000;

/** Knows which combinations are in `record.combination` already, so that each is sent once. */
export class Combinations {
  /** High half, then low halves. */
  readonly #known = new Map<number, Set<number>>();
  #size = 0;
  /** What each open transaction has sent: stored for certain once it has committed. */
  readonly #sent = new WeakMap<Tx, Combination[]>();

  has(high: number, low: number): boolean {
    return this.#known.get(high)?.has(low) === true;
  }

  /** Adds combinations that are new to us to the dictionary, in one order for all writers. */
  async write(tx: Tx, fresh: NewCombinations): Promise<void> {
    const sent = [...fresh.found.values()].sort((a, b) => (a.token < b.token ? -1 : 1));
    if (sent.length === 0) return;
    await tx.query(
      `insert into record.combination (token, type, tokens)
       select token, type, tokens::bigint[]
       from unnest($1::bigint[], $2::smallint[], $3::text[]) as fresh (token, type, tokens)
       on conflict (token) do nothing`,
      [
        sent.map((one) => one.token.toString()),
        sent.map((one) => one.type),
        sent.map((one) => `{${one.tokens.join(',')}}`),
      ],
    );
    this.#sent.set(tx, [...(this.#sent.get(tx) ?? []), ...sent]);
  }

  /** The transaction has committed: what it sent need not be sent again. */
  committed(tx: Tx): void {
    for (const { token } of this.#sent.get(tx) ?? []) this.#remember(token);
  }

  #remember(token: bigint): void {
    if (this.#size >= mostKnown) {
      this.#known.clear();
      this.#size = 0;
    }
    const high = Number(token >> 32n);
    const lows = this.#known.get(high) ?? new Set();
    this.#known.set(high, lows.add(Number(BigInt.asIntN(32, token))));
    this.#size++;
  }
}

/** Gathers, over a transaction, the combinations that may not be in the dictionary yet. */
export class NewCombinations {
  readonly found = new Map<string, Combination>();
  readonly #known: Combinations;

  constructor(known: Combinations) {
    this.#known = known;
  }

  add(sets: TokenSets, set: number): void {
    const hi = sets.hashes[2 * set]!;
    const lo = sets.hashes[2 * set + 1]!;
    if (this.#known.has(hi, lo)) return;
    const key = `${hi}/${lo}`;
    if (this.found.has(key)) return;
    const tokens: bigint[] = [];
    for (let at = sets.from[set]!; at < sets.endOf(set); at += 2) {
      tokens.push(toBigInt(sets.tokens[at]!, sets.tokens[at + 1]!));
    }
    this.found.set(key, { token: toBigInt(hi, lo), type: sets.types[set]!, tokens });
  }
}
