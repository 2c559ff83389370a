import type { Queryable } from '../../../platform/db/index.ts';
import { talliesOf } from '../store.ts';

const freshMs = 5_000;
const mostKept = 10_000;

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
      const known = this.#known.get(token);
      if (known !== undefined && now - known.at < freshMs && now >= known.at) found.set(token, known.n);
      else missing.push(token);
    }
    if (missing.length === 0) return found;
    if (this.#known.size > mostKept) this.#known.clear();
    for (const [token, n] of await talliesOf(db, missing)) {
      this.#known.set(token, { n, at: now });
      found.set(token, n);
    }
    return found;
  }
}
