import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { accountOf } from '../../../server/platform/db/index.ts';
import { openDatabase } from '../../../server/platform/postgres/index.ts';

/** Where test databases are made: one PostgreSQL, or each machine of a Citus cluster, the coordinator first. */
export type TestServer = { machines: readonly [string, ...string[]]; isCitus: boolean };

/**
 * The Citus cluster of CITUS_URL, when that is set. Else the server `./openics test` gives, or a PostgreSQL kept for tests,
 * started or joined.
 */
export async function findTestServer(): Promise<TestServer> {
  const citus = process.env['CITUS_URL'];
  if (citus) return { machines: [citus, ...(await workersOf(citus))], isCitus: true };
  const given = process.env['OPENICS_TEST_SERVER'];
  if (given) return { machines: [given], isCitus: false };
  const opened = await openDatabase({
    dataDir: path.join(os.tmpdir(), `openics-tests-${os.userInfo().uid}`),
    purpose: 'discard',
  });
  return { machines: [opened.url], isCitus: false };
}

/** The workers the coordinator's database knows. They take the same user and password. */
async function workersOf(coordinator: string): Promise<string[]> {
  const found = await withClient(coordinator, (client) =>
    client.query<{ nodename: string; nodeport: number }>(
      'select nodename, nodeport from pg_dist_node where groupid <> 0 order by nodename, nodeport',
    ),
  );
  if (found.rows.length === 0) throw new Error('The database of CITUS_URL knows no workers.');
  return found.rows.map(({ nodename, nodeport }) => {
    const worker = new URL(coordinator);
    worker.hostname = nodename;
    worker.port = String(nodeport);
    return worker.href;
  });
}

/** Runs `work` with one connection. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs `work` with one connection to the `postgres` database of a machine. */
export function withMachine<T>(machine: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withClient(databaseUrl(machine, 'postgres'), work);
}

/** The same machine, another database. */
export function databaseUrl(machine: string, name: string): string {
  return machine.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}

/** Runs one statement on each machine, the coordinator first. */
export async function onEachMachine(server: TestServer, statement: string): Promise<void> {
  for (const machine of server.machines) await withMachine(machine, (client) => client.query(statement));
}

/** Makes an empty database on each machine, and on Citus one cluster of them. */
export async function createDatabase(server: TestServer, name: string): Promise<void> {
  await onEachMachine(server, `create database ${name} template template0`);
  if (!server.isCitus) return;
  for (const machine of server.machines.toReversed()) {
    await withClient(databaseUrl(machine, name), (client) => client.query('create extension citus'));
  }
  const [coordinator, ...workers] = server.machines;
  await withClient(databaseUrl(coordinator, name), async (client) => {
    const { hostname, port } = new URL(coordinator);
    await client.query('select citus_set_coordinator_host($1, $2)', [hostname, port]);
    for (const worker of workers) {
      const { hostname: host, port: at } = new URL(worker);
      await client.query('select citus_add_node($1, $2)', [host, at]);
    }
  });
}

const dropAttempts = 10;

/** Drops a database on a machine. Sessions of Citus's own, which come back at once, make it take more than one attempt. */
export async function dropDatabase(machine: string, name: string): Promise<void> {
  await withMachine(machine, async (client) => {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(`drop database if exists ${name} with (force)`);
        return;
      } catch (error) {
        const inUse = (error as { code?: string }).code === '55006';
        if (!inUse || attempt === dropAttempts) throw error;
      }
    }
  });
}

/**
 * Drops a database and its accounts on each machine, the coordinator first, so that it no longer asks the workers for what goes.
 */
export async function dropEverywhere(server: TestServer, name: string): Promise<void> {
  for (const machine of server.machines) await dropDatabase(machine, name);
  await onEachMachine(server, `drop role if exists ${accountOf(name, 'run')}, ${accountOf(name, 'writer')}`);
}
