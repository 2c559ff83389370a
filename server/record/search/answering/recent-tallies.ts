import type { Queryable } from '../../../platform/db/index.ts';
import type { Condition } from '../conditions/types.ts';
import { numbersUpTo, talliesOf } from '../store.ts';

type NumbersCondition = Extract<Condition, { is: 'numbers' }>;

const freshMs = 5_000;
const mostKept = 10_000;
/** So many are walked for in a moment, so that more need not be told apart. */
const enoughNumbers = 20_000;

/** Tallies a few seconds old: good enough to choose a way to rows, and no round trip. Totals ask the tally itself. */
export class RecentTallies {
  readonly #known = new Map<string, { n: number; at: number }>();
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  async of(db: Queryable, tokens: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const now = this.#clock().getTime();
    const found = new Map<string, number>();
    const missing: string[] = [];
    for (const token of tokens) {
      const n = this.#fresh(token, now);
      if (n === undefined) missing.push(token);
      else found.set(token, n);
    }
    if (missing.length === 0) return found;
    for (const [token, n] of await talliesOf(db, missing)) {
      this.#keep(token, n, now);
      found.set(token, n);
    }
    return found;
  }

  /** About how many rows have a number in the range asked for; counted no further than `enoughNumbers`. */
  async numbers(db: Queryable, type: string, condition: NumbersCondition): Promise<number> {
    const now = this.#clock().getTime();
    const key = JSON.stringify([type, condition]);
    const known = this.#fresh(key, now);
    if (known !== undefined) return known;
    const n = await numbersUpTo(db, type, condition, enoughNumbers);
    this.#keep(key, n, now);
    return n;
  }

  #fresh(key: string, now: number): number | undefined {
    const known = this.#known.get(key);
    return known !== undefined && now - known.at < freshMs && now >= known.at ? known.n : undefined;
  }

  #keep(key: string, n: number, at: number): void {
    if (this.#known.size > mostKept) this.#known.clear();
    this.#known.set(key, { n, at });
  }
}
