import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { superuser } from './cluster.ts';
import type { Place } from './place.ts';

/** How a client reaches a database: the fields `pg` takes. */
export type Connection =
  | { host: string; port: number; user: string; password: string; database: string }
  | { connectionString: string };

export const port = 5432;

export function connectionTo(place: Place, database: string): Connection {
  return {
    host: place.sockets,
    port,
    user: superuser,
    password: readFileSync(place.password, 'utf8'),
    database,
  };
}

/** Runs `work` with one connection and closes it. */
export async function withClient<T>(
  connection: Connection,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export type Readiness = 'ready' | 'starting' | 'stopping' | 'absent';

/** Asks PostgreSQL whether it takes connections. Throws on a refusal that waiting will not mend, such as a wrong password. */
export async function readiness(place: Place): Promise<Readiness> {
  try {
    await withClient(connectionTo(place, 'postgres'), (client) => client.query('select 1'));
    return 'ready';
  } catch (error) {
    const code = (error as { code?: string }).code;
    const message = error instanceof Error ? error.message : '';
    if (code === '57P03') return message.includes('shutting down') ? 'stopping' : 'starting';
    if (code === '57P01') return 'stopping';
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent';
    if (code === 'ECONNRESET' || code === 'EPIPE' || message.includes('terminated')) return 'starting';
    if (message.includes('timeout')) return 'starting';
    throw error;
  }
}

/** Makes the database OpenICS uses where it is missing. */
export async function ensureDatabase(place: Place, name: string): Promise<void> {
  await withClient(connectionTo(place, 'postgres'), async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/** The process number in postmaster.pid, when that process lives and is PostgreSQL. */
export function postmaster(place: Place): number | undefined {
  const file = path.join(place.cluster, 'postmaster.pid');
  if (!statSync(file, { throwIfNoEntry: false })) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
  } catch {
    return undefined;
  }
  return isPostgres(pid) ? pid : undefined;
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0]?.endsWith('postgres') ?? false;
  } catch {
    return true;
  }
}
