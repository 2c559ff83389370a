import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { floors, manifest } from '../../../server/manifest.ts';
import { findMigrations, migrate, openDb } from '../../../server/platform/db/index.ts';
import {
  createDatabase,
  databaseUrl,
  dropDatabase,
  dropEverywhere,
  onEachMachine,
  withMachine,
  type TestServer,
} from './server.ts';

const templatePrefix = 'openics_template_';
const keptTemplates = 5;
/** Enough that rows lie apart; a cluster in use has more. */
const shardsInTests = 8;

/** Makes the migrated database that test databases are copies of, once for each state of the migrations. Gives its name. */
export async function ensureTemplate(server: TestServer): Promise<string> {
  const migrations = await findMigrations(floors);
  const state = JSON.stringify([migrations.map((m) => [m.room, m.name, m.checksum]), manifest]);
  const name = templatePrefix + createHash('sha256').update(state).digest('hex').slice(0, 16);
  await withMachine(server.machines[0], async (client) => {
    if (await exists(client, name)) return;
    await client.query('select pg_advisory_lock(7302)');
    if (await exists(client, name)) return;
    for (const machine of server.machines) await dropLeftovers(machine);
    const half = `${name}_half`;
    await dropEverywhere(server, half);
    await createDatabase(server, half);
    const db = await openDb({
      connection: {
        connectionString: databaseUrl(server.machines[0], half),
        ...(server.isCitus && { options: `-c citus.shard_count=${shardsInTests}` }),
      },
    });
    try {
      await migrate(db, { floors, manifest });
    } finally {
      await db.close();
    }
    if (server.isCitus) await quiet(server, half);
    for (const machine of server.machines.toReversed()) {
      await withMachine(machine, (each) => each.query(`alter database ${half} rename to ${name}`));
    }
  });
  return name;
}

/** Keeps everyone out, Citus's own maintenance too: a database in use cannot be copied. */
async function quiet(server: TestServer, name: string): Promise<void> {
  await onEachMachine(server, `alter database ${name} with allow_connections false`);
  await onEachMachine(
    server,
    `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '${name}'`,
  );
}

async function exists(client: Client, name: string): Promise<boolean> {
  return (await client.query('select 1 from pg_database where datname = $1', [name])).rowCount === 1;
}

/** Drops databases of test processes that are gone, and all but the newest templates. */
async function dropLeftovers(machine: string): Promise<void> {
  await withMachine(machine, async (client) => {
    const tests = await client.query<{ name: string }>(
      String.raw`select datname as name from pg_database where datname ~ '^openics_test_\d+_'`,
    );
    for (const { name } of tests.rows) {
      if (!isRunning(Number(name.split('_')[2]))) await dropDatabase(machine, name);
    }
    const templates = await client.query<{ name: string }>(
      `select datname as name from pg_database where starts_with(datname, $1) order by oid desc offset $2`,
      [templatePrefix, keptTemplates],
    );
    for (const { name } of templates.rows) await dropDatabase(machine, name);
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
