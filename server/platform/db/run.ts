import type { Pool, PoolClient, QueryConfig } from 'pg';
import { described } from './failures.ts';

/** Runs one statement and waits for its rows. */
export async function run<Row>(
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
