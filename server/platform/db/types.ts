import type { PoolConfig } from 'pg';

/** `flushes`: it waits for the disk, so outside of a transaction it goes by connections where no reader waits behind it. */
export type QueryOptions = { name?: string; flushes?: boolean };

/** Anything that answers SQL: the pool, or one transaction. */
export interface Queryable {
  /** True when the server has the Citus extension, so that tables are spread over machines. */
  readonly distributed: boolean;
  /** Runs one statement. A `name` makes it a prepared statement, planned once whatever its values; use it for a bounded set of
   * short statements. */
  query<Row = Record<string, unknown>>(
    text: string,
    values?: unknown[],
    options?: QueryOptions,
  ): Promise<Row[]>;
}

/** A `copy ... from stdin` statement and what it reads, whole: for the binary format, header and trailer included. */
export type CopyPart = { statement: string; data: readonly Buffer[] };

/** One open transaction on one connection. Named statements and copies asked for together, without waiting, leave together. */
export interface Tx extends Queryable {
  /** Calls back when the transaction has ended, before its caller hears of it. `unknown`: the answer to the commit was lost. */
  onEnd(work: (outcome: 'committed' | 'rolled back' | 'unknown') => void): void;
  /**
   * Runs a statement whose answer nobody waits for. It is done before what is asked for after it; should it fail, the
   * transaction fails.
   */
  send(text: string, values: unknown[], options?: { name?: string }): void;
  /** Sends rows to tables likewise. */
  sendCopies(parts: readonly CopyPart[]): void;
  /** Sends rows to tables, all in one round trip. Gives the number of rows each statement stored. */
  copyIn(parts: readonly CopyPart[]): Promise<number[]>;
  /** Rows of `copy ... to stdout`, as the server sends them. */
  copyOut(copySql: string): AsyncIterable<Buffer>;
}

/** Lets this process use what it has read again without asking the database, as long as nobody changed it. See `lease/`. */
export interface Lease {
  /** A moment to compare with later; take it before reading. Undefined while others may write without our knowing. */
  mark(): number | undefined;
  /** True when nothing under these names was changed by anybody since the mark. False where that is not known. */
  isUnchanged(mark: number, names: readonly string[]): boolean;
  /**
   * Called in each transaction that changes something, before it commits, with the names of all that it changes. Comes back when
   * no other process relies on what it has read.
   */
  enter(tx: Tx, names: Iterable<string>): Promise<void>;
}

/** A setting of PostgreSQL that holds for one statement alone. */
export type Setting = { name: string; value: string };

export interface Db extends Queryable {
  /** Tells whether what was read is still so; who changes it enters first. */
  readonly lease: Lease;
  /**
   * Runs one prepared statement and gives each value as the bytes of its text, undecoded. For answers that are passed on as
   * they are.
   */
  queryBytes(text: string, values: unknown[], options: { name: string }): Promise<(Buffer | null)[][]>;
  /**
   * Runs `work` in one transaction. It commits when `work` resolves and rolls back when it throws.
   * A deadlock or a failed serialisation is tried again, so `work` must not have effects outside the transaction.
   */
  transaction<T>(
    work: (tx: Tx) => Promise<T>,
    options?: { readOnlySnapshot?: boolean; attempts?: number },
  ): Promise<T>;
  close(): Promise<void>;
}

/** A pool of connections of its own. */
export interface PoolDb extends Db {
  /** How it reaches the database, for a thread that opens connections of its own. It may hold a password. */
  readonly connection: PoolConfig;
  /** Runs one prepared statement under a setting, both in one round trip. The setting ends with it. */
  queryUnder<Row = Record<string, unknown>>(
    setting: Setting,
    text: string,
    values: unknown[],
    options: { name: string },
  ): Promise<Row[]>;
}
