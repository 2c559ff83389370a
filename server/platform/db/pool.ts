import { Pool, types, type PoolClient, type PoolConfig } from 'pg';
import type { PoolDb, QueryOptions, Setting, Tx } from './types.ts';
import { CitusTx, TurnTx } from './transaction.ts';
import { readMoment } from './moments.ts';
import { run } from './run.ts';
import { asksForRetry, described, isAway } from './failures.ts';
import { Lanes } from './lanes/index.ts';
import { PartyLease } from './lease/index.ts';

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
export async function openDb(options: DbOptions): Promise<PoolDb> {
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

/** While the disk is busy with one, the next is made ready. */
const flushingLanes = 2;

const setLocally = { name: 'set-locally', text: 'select set_config($1, $2, true)' };

class PooledDb implements PoolDb {
  readonly #pool: Pool;
  readonly #lanes: Lanes;
  readonly #flushing: Lanes;
  readonly lease: PartyLease;
  readonly connection: PoolConfig;
  #distributed = false;

  constructor(pool: Pool, connection: PoolConfig) {
    this.#pool = pool;
    this.connection = connection;
    const onePlan = (): boolean => !this.#distributed;
    this.#lanes = new Lanes({ connection, onePlan });
    this.#flushing = new Lanes({ connection, onePlan, most: flushingLanes, fullLoad: 1 });
    this.lease = new PartyLease(this, connection);
  }

  get distributed(): boolean {
    return this.#distributed;
  }

  async findDistribution(): Promise<void> {
    const rows = await this.query(`select 1 from pg_extension where extname = 'citus'`);
    this.#distributed = rows.length > 0;
  }

  query<Row>(text: string, values: unknown[] = [], { name, flushes }: QueryOptions = {}): Promise<Row[]> {
    if (name === undefined) return run<Row>(this.#pool, text, values);
    const lanes = flushes === true ? this.#flushing : this.#lanes;
    return this.#over(lanes, { name, text, values }, 'objects') as Promise<Row[]>;
  }

  queryBytes(text: string, values: unknown[], { name }: { name: string }): Promise<(Buffer | null)[][]> {
    return this.#over(this.#lanes, { name, text, values }, 'bytes') as Promise<(Buffer | null)[][]>;
  }

  queryUnder<Row>(
    setting: Setting,
    text: string,
    values: unknown[],
    { name }: { name: string },
  ): Promise<Row[]> {
    const before = { ...setLocally, values: [setting.name, setting.value] };
    return this.#over(this.#lanes, { name, text, values }, 'objects', before) as Promise<Row[]>;
  }

  async #over(
    lanes: Lanes,
    statement: { name: string; text: string; values: unknown[] },
    form: 'objects' | 'bytes',
    before?: Parameters<Lanes['read']>[2],
  ) {
    try {
      return await lanes.read(statement, form, before);
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
    const tx = this.#distributed ? new CitusTx(client) : new TurnTx(client);
    let outcome: Outcome = 'rolled back';
    let broken = false;
    const onError = (): void => {
      broken = true;
    };
    client.on('error', onError);
    try {
      await tx.begin(readOnlySnapshot);
      const result = await work(tx);
      outcome = 'unknown';
      await tx.commit();
      outcome = 'committed';
      return result;
    } catch (error) {
      if (isAway(error)) broken = true;
      else outcome = 'rolled back';
      if (!broken) {
        await tx.rollback().catch(() => {
          broken = true;
        });
      }
      throw described(error);
    } finally {
      tx.ended(outcome);
      client.off('error', onError);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.lease.close();
    await Promise.all([this.#lanes.close(), this.#flushing.close()]);
    await this.#pool.end();
  }
}

type Outcome = Parameters<Parameters<Tx['onEnd']>[0]>[0];
