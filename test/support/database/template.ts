import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { floors, manifest } from '../../../server/manifest.ts';
import { findMigrations, migrate, openDb } from '../../../server/platform/db/index.ts';

const templatePrefix = 'openics_template_';
const keptTemplates = 5;

/** Runs `work` with one connection to a server's `postgres` database. */
export async function withServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl(url, 'postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function databaseUrl(url: string, name: string): string {
  return url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}

/** Makes the migrated database that test databases are copies of, once for each state of the migrations. Gives its name. */
export async function ensureTemplate(url: string): Promise<string> {
  const migrations = await findMigrations(floors);
  const state = JSON.stringify([migrations.map((m) => [m.room, m.name, m.checksum]), manifest]);
  const name = templatePrefix + createHash('sha256').update(state).digest('hex').slice(0, 16);
  await withServer(url, async (client) => {
    if (await exists(client, name)) return;
    await client.query('select pg_advisory_lock(7302)');
    if (await exists(client, name)) return;
    await dropLeftovers(client);
    const half = `${name}_half`;
    await client.query(`drop database if exists ${half} with (force)`);
    await client.query(`create database ${half}`);
    const db = await openDb({ connection: { connectionString: databaseUrl(url, half) } });
    try {
      await migrate(db, { floors, manifest });
    } finally {
      await db.close();
    }
    await client.query(`alter database ${half} rename to ${name}`);
  });
  return name;
}

async function exists(client: Client, name: string): Promise<boolean> {
  return (await client.query('select 1 from pg_database where datname = $1', [name])).rowCount === 1;
}

/** Drops databases of test processes that are gone, and all but the newest templates. */
async function dropLeftovers(client: Client): Promise<void> {
  const tests = await client.query<{ name: string }>(
    String.raw`select datname as name from pg_database where datname ~ '^openics_test_\d+_'`,
  );
  for (const { name } of tests.rows) {
    if (!isRunning(Number(name.split('_')[2])))
      await client.query(`drop database if exists ${name} with (force)`);
  }
  const templates = await client.query<{ name: string }>(
    `select datname as name from pg_database where starts_with(datname, $1) order by oid desc offset $2`,
    [templatePrefix, keptTemplates],
  );
  for (const { name } of templates.rows) await client.query(`drop database if exists ${name} with (force)`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
