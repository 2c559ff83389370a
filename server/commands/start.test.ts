import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { databaseAddress, emptyDatabaseAddress } from '../../test/support/database.ts';
import { removeDataDir } from '../platform/postgres/index.ts';

const cli = path.resolve(import.meta.dirname, '../cli.ts');

type Running = { child: ChildProcess; address: string; said: () => string };

function dataFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-start-'));
  t.after(async () => {
    for (let i = 0; i < 200 && databaseRuns(folder); i++) await pause(50);
    removeDataDir(folder);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

const databaseRuns = (folder: string): boolean =>
  statSync(path.join(folder, 'postgres/cluster/postmaster.pid'), { throwIfNoEntry: false }) !== undefined;

const postmaster = (folder: string): number =>
  Number(readFileSync(path.join(folder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);

/** Starts the server on any free port and waits for its address. */
async function start(
  t: TestContext,
  folder: string,
  environment: Record<string, string> = {},
  more: string[] = ['--empty'],
): Promise<Running> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [cli, 'start', '--data', folder, '--port', '0', ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...environment },
  });
  t.after(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  for (let i = 0; i < 600; i++) {
    const address = /Ready after .*?(http:\S+)/.exec(said)?.[1];
    if (address !== undefined) return { child, address, said: () => said };
    if (child.exitCode !== null) break;
    await pause(100);
  }
  throw new Error(`The server did not start: ${said}`);
}

/** The accounts that are connected to a database, beside the one that asks. */
async function accountsIn(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select distinct usename as name
     from pg_stat_activity
     where datname = current_database()
       and pid <> pg_backend_pid()
       and backend_type = 'client backend'`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

const isHealthy = async (address: string): Promise<boolean> =>
  (await fetch(`${address}/health`).catch(() => undefined))?.ok ?? false;

test('it starts on this machine only, answers, and a kill stops it and its database cleanly', async (t) => {
  const folder = dataFolder(t);
  const server = await start(t, folder);
  assert.ok(await isHealthy(server.address));
  assert.match(server.address, /^http:\/\/localhost:\d+$/);
  assert.match(server.said(), /Only this machine can reach it/);

  const second = spawnSync(process.execPath, [cli, 'start', '--data', folder], { encoding: 'utf8' });
  assert.equal(second.status, 1);
  assert.ok(second.stdout.includes(`already runs on this data folder, at ${server.address}`));

  server.child.kill('SIGTERM');
  assert.equal(await ended(server.child), 0);
  assert.equal(databaseRuns(folder), false);
});

test('a second signal ends it at once, and the next start recovers', async (t) => {
  const folder = dataFolder(t);
  const server = await start(t, folder);
  server.child.kill('SIGTERM');
  server.child.kill('SIGTERM');
  await ended(server.child);
  const again = await start(t, folder);
  assert.ok(await isHealthy(again.address));
  again.child.kill('SIGINT');
  assert.equal(await ended(again.child), 0);
});

test('after a kill -9 of the server and of PostgreSQL it starts again', async (t) => {
  const folder = dataFolder(t);
  const server = await start(t, folder);
  process.kill(postmaster(folder), 'SIGKILL');
  server.child.kill('SIGKILL');
  await ended(server.child);
  const again = await start(t, folder);
  assert.ok(await isHealthy(again.address));
  again.child.kill('SIGTERM');
  assert.equal(await ended(again.child), 0);
});

test('while PostgreSQL is away requests get 503 with Retry-After, and the server recovers by itself', async (t) => {
  const folder = dataFolder(t);
  const server = await start(t, folder);
  process.kill(postmaster(folder), 'SIGKILL');
  let refused: Response | undefined;
  let recovered = false;
  for (let i = 0; i < 3000 && !recovered; i++) {
    const answer = await fetch(`${server.address}/health`);
    await answer.body?.cancel();
    if (answer.status === 503) refused ??= answer;
    recovered = refused !== undefined && answer.ok;
    await pause(20);
  }
  assert.equal(Number(refused?.headers.get('retry-after')) > 0, true);
  assert.ok(recovered);
  server.child.kill('SIGTERM');
  assert.equal(await ended(server.child), 0);
});

test('with DATABASE_URL it uses that server, migrates it and starts none', async (t) => {
  const folder = dataFolder(t);
  const { url, name } = await emptyDatabaseAddress(t);
  const server = await start(t, folder, { DATABASE_URL: url });
  assert.ok(await isHealthy(server.address));
  assert.deepEqual(await accountsIn(url), [`${name}_writer`], 'the owner of the tables has left');
  assert.equal(databaseRuns(folder), false);
  server.child.kill('SIGTERM');
  assert.equal(await ended(server.child), 0);
});

test('a port in use is told with a way out', async (t) => {
  const folder = dataFolder(t);
  const { url } = await databaseAddress(t);
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => void other.close());
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const child = spawn(process.execPath, [cli, 'start', '--data', folder, '--port', String(port)], {
    env: { ...process.env, DATABASE_URL: url },
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  assert.equal(await ended(child), 1);
  assert.match(said, /Port \d+ is in use/);
  assert.match(said, /--port N/);
});

function runCli(...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

test('wrong words get a hint, not a stack of code', () => {
  assert.deepEqual(runCli('strat'), {
    status: 2,
    text: 'There is no command "strat". Did you mean "start"?\n./openics help lists them all.\n',
  });
  assert.match(runCli('start', '--porrt', '1').text, /Unknown option '--porrt'/);
  assert.match(runCli('start', '--port', 'x').text, /not a port number/);
  assert.match(runCli('help').text, /start {7}start the database/);
});

test('a new data folder is filled with made-up people by the ways partners use, and a stop half way loses nothing', async (t) => {
  const folder = dataFolder(t);
  const first = await start(t, folder, {}, ['--people', '150']);
  for (let i = 0; i < 300 && !/Loading what the partners send/.test(first.said()); i++) await pause(100);
  first.child.kill('SIGTERM');
  assert.equal(await ended(first.child), 0);

  const second = await start(t, folder, {}, []);
  for (let i = 0; i < 600 && !/All loaded after/.test(second.said()); i++) await pause(100);
  assert.match(second.said(), /All loaded after/);
  const told = (await (await fetch(`${second.address}/api/demonstration`)).json()) as { state: string };
  assert.equal(told.state, 'ready');
  const counted = await fetch(`${second.address}/fhir/Patient?_summary=count`);
  assert.ok(((await counted.json()) as { total: number }).total > 150);
  second.child.kill('SIGTERM');
  assert.equal(await ended(second.child), 0);
});
