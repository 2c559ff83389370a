import { after } from 'node:test';
import { openDb, type PoolDb } from '../../server/platform/db/index.ts';
import {
  createDatabase,
  databaseUrl,
  dropEverywhere,
  findTestServer,
  onEachMachine,
  type TestServer,
} from './database/server.ts';
import { ensureTemplate } from './database/template.ts';

/** Who tells us when to clean up: a test context, or the whole file. */
type Scope = { after(work: () => Promise<void>): void };

let made = 0;

/**
 * A fresh, migrated database of its own, dropped afterwards: after the test whose context is given, else after the file.
 * `./openics test` gives the server; a test file run by itself starts, or joins, a PostgreSQL kept for tests. With CITUS_URL
 * set the database lies on that cluster.
 */
export async function database(scope: Scope = { after }): Promise<PoolDb> {
  const { url, drop } = await create();
  const db = await openDb({ connection: { connectionString: url } });
  scope.after(async () => {
    await db.close();
    await drop();
  });
  return db;
}

/** The address of a database with nothing in it, not even the schema. */
export async function emptyDatabaseAddress(scope: Scope = { after }): Promise<{ url: string; name: string }> {
  const { url, name, drop } = await create(createDatabase);
  scope.after(drop);
  return { url, name };
}

/** The same, but only its address, for tests that open it themselves or give it to a child process. */
export async function databaseAddress(scope: Scope = { after }): Promise<{ url: string; name: string }> {
  const { url, name, drop } = await create();
  scope.after(drop);
  return { url, name };
}

async function create(
  make = copyTemplate,
): Promise<{ url: string; name: string; drop: () => Promise<void> }> {
  const server = await testServer();
  const name = `openics_test_${process.pid}_${++made}`;
  await make(server, name);
  const drop = (): Promise<void> => dropEverywhere(server, name);
  return { url: databaseUrl(server.machines[0], name), name, drop };
}

async function copyTemplate(server: TestServer, name: string): Promise<void> {
  const template = await ensureTemplate(server);
  await onEachMachine(server, `create database ${name} template ${template}`);
}

let server: Promise<TestServer> | undefined;

function testServer(): Promise<TestServer> {
  server ??= findTestServer();
  return server;
}
