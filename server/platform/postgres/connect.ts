import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { readIfThere } from '../read-if-there.ts';
import { superuser } from './cluster.ts';
import { ownersPasswords } from './password.ts';
import type { Place } from './place.ts';

/** How a client reaches a database: the fields `pg` takes. */
export type Connection =
  | { host: string; port: number; user: string; password: string; database: string }
  | { connectionString: string };

export const port = 5432;

/** What was found to open a cluster, so that a keeper of secrets is asked once, and not while PostgreSQL is on its way. */
const passwords = new WeakMap<Place, readonly string[]>();

/** How the owner reaches a database of the cluster. */
export async function connectionTo(place: Place, database: string): Promise<Connection> {
  const [password] = await passwordsOf(place);
  return wayTo(place, database, password!);
}

async function passwordsOf(place: Place): Promise<readonly string[]> {
  const known = passwords.get(place) ?? (await ownersPasswords(place.dataDir));
  passwords.set(place, known);
  return known;
}

const wayTo = (place: Place, database: string, password: string): Connection => ({
  host: place.sockets,
  port,
  user: superuser,
  password,
  database,
});

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
  const known = await passwordsOf(place);
  try {
    for (const [n, password] of known.entries()) {
      const isLast = n === known.length - 1;
      if (await opens(wayTo(place, 'postgres', password), isLast)) {
        passwords.set(place, [password]);
        break;
      }
    }
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

/** False where the password is not the right one, unless it is the last there is. */
async function opens(way: Connection, isLast: boolean): Promise<boolean> {
  try {
    await withClient(way, (client) => client.query('select 1'));
    return true;
  } catch (error) {
    if (!isLast && (error as { code?: string }).code === '28P01') return false;
    throw error;
  }
}

/** Makes the database OpenICS uses where it is missing. */
export async function ensureDatabase(place: Place, name: string): Promise<void> {
  await withClient(await connectionTo(place, 'postgres'), async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/** The process number in postmaster.pid, when that process lives and is PostgreSQL. */
export function postmaster(place: Place): number | undefined {
  const pid = Number(readIfThere(path.join(place.cluster, 'postmaster.pid'))?.split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
  } catch {
    return undefined;
  }
  return isPostgres(pid) ? pid : undefined;
}

/** Sends a signal to a process. One that has ended meanwhile needs none. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0]?.endsWith('postgres') ?? false;
  } catch {
    return true;
  }
}
