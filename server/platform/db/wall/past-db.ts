import type { Db, Lease, QueryOptions, Tx } from '../types.ts';
import { pastWall, type Past } from './opening.ts';

/** The same database for a part of the house that is about everybody: all that it asks goes past the wall, and says why. */
export function pastWallDb(db: Db, why: Past): Db {
  return new PastDb(db, why);
}

class PastDb implements Db {
  readonly #db: Db;
  readonly #why: Past;

  constructor(db: Db, why: Past) {
    this.#db = db;
    this.#why = why;
  }

  get distributed(): boolean {
    return this.#db.distributed;
  }

  get lease(): Lease {
    return this.#db.lease;
  }

  query<Row>(text: string, values?: unknown[], options?: QueryOptions): Promise<Row[]> {
    return pastWall(this.#why, () => this.#db.query<Row>(text, values, options));
  }

  queryBytes(text: string, values: unknown[], options: { name: string }): Promise<(Buffer | null)[][]> {
    return pastWall(this.#why, () => this.#db.queryBytes(text, values, options));
  }

  transaction<T>(
    work: (tx: Tx) => Promise<T>,
    options?: { readOnlySnapshot?: boolean; attempts?: number },
  ): Promise<T> {
    return pastWall(this.#why, () => this.#db.transaction(work, options));
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}
