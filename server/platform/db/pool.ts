import { Pool, types, type PoolClient, type PoolConfig, type QueryConfig } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { CopyPart, Db, Queryable, Tx } from './types.ts';
import { copyIn } from './copy-in.ts';
import { readMoment } from './moments.ts';
import { asksForRetry, described, isAway, withLostCode } from './failures.ts';
import { Lanes } from './lanes/index.ts';

const int8 = 20;
types.setTypeParser(int8, Number);
types.setTypeParser(types.builtins.TIMESTAMPTZ, readMoment);

export type DbOptions = {
  connection: PoolConfig;
  maxConnections?: number;
  /** Told about a lost idle connection. Texts hold no data. */
  onLost?: (reason: string) => void;
};

/**
 * Opens a pool of connections to PostgreSQL. Whole numbers (int8) come back as JavaScript numbers: read
 * 64-bit hashes as text.
 */
export async function openDb(options: DbOptions): Promise<Db> {
  const connection = { connectionTimeoutMillis: 5_000, ...options.connection };
  const pool = new Pool({ max: options.maxConnections ?? 10, idleTimeoutMillis: 60_000, ...connection });
  pool.on('error', (error) => options.onLost?.(error.message));
  const db = new PooledDb(pool, connection);
  try {
    await db.findDistribution();
  } catch (error) {
    await pool.end();
    throw error;
  }
  return db;
}

async function run<Row>(
  target: Pool | PoolClient,
  text: string,
  values?: unknown[],
  name?: string,
): Promise<Row[]> {
  try {
    const config: QueryConfig = name === undefined ? { text } : { text, name };
    if (values !== undefined) config.values = values;
    const result = await target.query(config);
    return result.rows as Row[];
  } catch (error) {
    throw described(error);
  }
}

const beginSnapshot = 'begin isolation level repeatable read read only';
/** One connection to each worker, one after the other: fewer to prepare and commit, and all writers take locks in one order. */
const beginOnCitus = `begin;
  set local citus.max_adaptive_executor_pool_size = 1;
  set local citus.multi_shard_modify_mode = 'sequential'`;

class PooledDb implements Db {
  readonly #pool: Pool;
  readonly #lanes: Lanes;
  #distributed = false;

  constructor(pool: Pool, connection: PoolConfig) {
    this.#pool = pool;
    this.#lanes = new Lanes({ connection, onePlan: () => !this.#distributed });
  }

  get distributed(): boolean {
    return this.#distributed;
  }

  async findDistribution(): Promise<void> {
    const rows = await this.query(`select 1 from pg_extension where extname = 'citus'`);
    this.#distributed = rows.length > 0;
  }

  query<Row>(text: string, values: unknown[] = [], options: { name?: string } = {}): Promise<Row[]> {
    const { name } = options;
    if (name === undefined) return run<Row>(this.#pool, text, values);
    return this.#read({ name, text, values }, 'objects') as Promise<Row[]>;
  }

  queryBytes(text: string, values: unknown[], { name }: { name: string }): Promise<(Buffer | null)[][]> {
    return this.#read({ name, text, values }, 'bytes') as Promise<(Buffer | null)[][]>;
  }

  async #read(statement: { name: string; text: string; values: unknown[] }, form: 'objects' | 'bytes') {
    try {
      return await this.#lanes.read(statement, form);
    } catch (error) {
      throw described(error);
    }
  }

  async transaction<T>(
    work: (tx: Tx) => Promise<T>,
    options: { readOnlySnapshot?: boolean; attempts?: number } = {},
  ): Promise<T> {
    const attempts = options.attempts ?? 5;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(work, options.readOnlySnapshot ?? false);
      } catch (error) {
        if (attempt >= attempts || !asksForRetry(error)) throw error;
      }
    }
  }

  async #once<T>(work: (tx: Tx) => Promise<T>, readOnlySnapshot: boolean): Promise<T> {
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw described(error);
    }
    let broken = false;
    const onError = (): void => {
      broken = true;
    };
    client.on('error', onError);
    try {
      await client.query(readOnlySnapshot ? beginSnapshot : this.#distributed ? beginOnCitus : 'begin');
      const result = await work(new ClientTx(client, this.#distributed));
      await client.query('commit');
      return result;
    } catch (error) {
      if (isAway(error)) broken = true;
      if (!broken) {
        await client.query('rollback').catch(() => {
          broken = true;
        });
      }
      throw described(error);
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#lanes.close();
    await this.#pool.end();
  }
}

class ClientTx implements Tx, Queryable {
  readonly #client: PoolClient;
  readonly distributed: boolean;

  constructor(client: PoolClient, distributed: boolean) {
    this.#client = client;
    this.distributed = distributed;
  }

  query<Row>(text: string, values?: unknown[], options?: { name?: string }): Promise<Row[]> {
    return run<Row>(this.#client, text, values, options?.name);
  }

  async copyIn(parts: readonly CopyPart[]): Promise<number[]> {
    try {
      return await copyIn(this.#client, parts);
    } catch (error) {
      throw described(this.distributed ? withLostCode(error) : error);
    }
  }

  async *copyOut(copySql: string): AsyncIterable<Buffer> {
    const stream = this.#client.query(copyTo(copySql));
    for await (const chunk of stream) yield chunk as Buffer;
  }
}
