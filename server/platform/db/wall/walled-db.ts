import type { Db, Lease, PoolDb, Tx } from '../types.ts';
import { openingNow, type Opening } from './opening.ts';

/**
 * Two ways to one database: within a request behind the wall, as an account that sees the rows of the patients that were opened
 * and no others; else, and past the wall, as the owner.
 */
export function walledDb(owner: Db, run: PoolDb): Db {
  return new WalledDb(owner, run);
}

class WalledDb implements Db {
  readonly #owner: Db;
  readonly #run: PoolDb;

  constructor(owner: Db, run: PoolDb) {
    if (owner.distributed) throw new Error('The wall was not tried on Citus: start without it.');
    this.#owner = owner;
    this.#run = run;
  }

  get distributed(): boolean {
    return this.#owner.distributed;
  }

  get lease(): Lease {
    return this.#owner.lease;
  }

  query<Row>(text: string, values: unknown[] = [], options: { name?: string } = {}): Promise<Row[]> {
    const opening = behind();
    if (opening === undefined) return this.#owner.query<Row>(text, values, options);
    const { name } = options;
    if (name === undefined) return this.#within(opening, (tx) => tx.query<Row>(text, values), {});
    const setting = { name: 'app.patients', value: listOf(opening) };
    return this.#run.queryUnder<Row>(setting, text, values, { name });
  }

  async queryBytes(text: string, values: unknown[], options: { name: string }) {
    if (behind() !== undefined)
      throw new Error('Answers that are passed on unread are read past the wall only.');
    return this.#owner.queryBytes(text, values, options);
  }

  transaction<T>(
    work: (tx: Tx) => Promise<T>,
    options: { readOnlySnapshot?: boolean; attempts?: number } = {},
  ): Promise<T> {
    const opening = behind();
    if (opening === undefined) return this.#owner.transaction(work, options);
    return this.#within(opening, work, options);
  }

  /** The settings end with the transaction, so that a pooled connection carries nothing over. */
  #within<T>(
    opening: Opening,
    work: (tx: Tx) => Promise<T>,
    options: { readOnlySnapshot?: boolean; attempts?: number },
  ): Promise<T> {
    return this.#run.transaction((tx) => {
      tx.send(`select set_config('app.patients', $1, true)`, [listOf(opening)], { name: 'wall-open' });
      return work(tx);
    }, options);
  }

  async close(): Promise<void> {
    await this.#run.close();
    await this.#owner.close();
  }
}

const listOf = ({ patients }: Opening): string => `{${[...patients].join()}}`;

/** The opening that counts: none outside of requests, and none past the wall. */
function behind(): Opening | undefined {
  const opening = openingNow();
  return opening?.everybody === undefined ? opening : undefined;
}
