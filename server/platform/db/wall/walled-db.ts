import type { Db, Lease, PoolDb, Tx } from '../types.ts';
import { openingNow, type Opening } from './opening.ts';

/**
 * Two ways to one database: within a request behind the wall, as an account that sees the rows of the patients that were opened
 * and no others; else, and past the wall, as the account that writes.
 */
export function walledDb(writer: Db, run: PoolDb): Db {
  return new WalledDb(writer, run);
}

class WalledDb implements Db {
  readonly #writer: Db;
  readonly #run: PoolDb;

  constructor(writer: Db, run: PoolDb) {
    if (writer.distributed) throw new Error('The wall was not tried on Citus: start without it.');
    this.#writer = writer;
    this.#run = run;
  }

  get distributed(): boolean {
    return this.#writer.distributed;
  }

  get lease(): Lease {
    return this.#writer.lease;
  }

  query<Row>(text: string, values: unknown[] = [], options: { name?: string } = {}): Promise<Row[]> {
    const opening = behind();
    if (opening === undefined) return this.#writer.query<Row>(text, values, options);
    const { name } = options;
    if (name === undefined) return this.#within(opening, (tx) => tx.query<Row>(text, values), {});
    const setting = { name: 'app.patients', value: listOf(opening) };
    return this.#run.queryUnder<Row>(setting, text, values, { name });
  }

  async queryBytes(text: string, values: unknown[], options: { name: string }) {
    if (behind() !== undefined)
      throw new Error('Answers that are passed on unread are read past the wall only.');
    return this.#writer.queryBytes(text, values, options);
  }

  transaction<T>(
    work: (tx: Tx) => Promise<T>,
    options: { readOnlySnapshot?: boolean; attempts?: number } = {},
  ): Promise<T> {
    const opening = behind();
    if (opening === undefined) return this.#writer.transaction(work, options);
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
    await this.#writer.close();
  }
}

const listOf = ({ patients }: Opening): string => `{${[...patients].join()}}`;

/** The opening that counts: none outside of requests, and none past the wall. */
function behind(): Opening | undefined {
  const opening = openingNow();
  return opening?.everybody === undefined ? opening : undefined;
}
