/** Anything that answers SQL: the pool, or one transaction. */
export interface Queryable {
  /** Runs one statement. A `name` makes it a prepared statement on its connection; use it for a bounded set of texts. */
  query<Row = Record<string, unknown>>(
    text: string,
    values?: unknown[],
    options?: { name?: string },
  ): Promise<Row[]>;
}

/** One open transaction on one connection. */
export interface Tx extends Queryable {
  /** Sends rows in PostgreSQL's binary COPY format (header and trailer included). Gives the number of rows. */
  copyIn(copySql: string, data: Buffer | Buffer[]): Promise<number>;
  /** Rows of `copy ... to stdout`, as the server sends them. */
  copyOut(copySql: string): AsyncIterable<Buffer>;
}

export interface Db extends Queryable {
  /**
   * Runs `work` in one transaction. It commits when `work` resolves and rolls back when it throws.
   * A deadlock or a failed serialisation is tried again, so `work` must not have effects outside the transaction.
   */
  transaction<T>(
    work: (tx: Tx) => Promise<T>,
    options?: { readOnlySnapshot?: boolean; attempts?: number },
  ): Promise<T>;
  /** True when the server has the Citus extension, so that tables are spread over nodes. */
  readonly distributed: boolean;
  close(): Promise<void>;
}
