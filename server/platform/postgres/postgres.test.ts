import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { signalTo } from './connect.ts';
import { openDatabase, orphanedHomes, removeDataDir, type OpenDatabase } from './index.ts';

const door = new URL('./index.ts', import.meta.url).href;

const children = new Set<ChildProcess>();

function dataFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-postgres-'));
  t.after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await gone(folder);
    removeDataDir(folder);
  });
  return folder;
}

const postmasterFile = (folder: string): string => path.join(folder, 'postgres/cluster/postmaster.pid');
const postmasterOf = (folder: string): number =>
  Number(readFileSync(postmasterFile(folder), 'utf8').split('\n')[0]);
const isRunning = (folder: string): boolean =>
  statSync(postmasterFile(folder), { throwIfNoEntry: false }) !== undefined;

async function gone(folder: string): Promise<void> {
  for (let i = 0; i < 200 && isRunning(folder); i++) await pause(50);
}

async function ask<T>(opened: Pick<OpenDatabase, 'url'>, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: opened.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

/** Another process that opens the database and holds it until it is killed. */
async function otherProcess(
  folder: string,
  purpose: 'keep' | 'discard' = 'discard',
): Promise<{ child: ChildProcess; url: string }> {
  const script = `const { openDatabase } = await import(${JSON.stringify(door)});
    const opened = await openDatabase({ dataDir: ${JSON.stringify(folder)}, purpose: '${purpose}' });
    console.log(opened.url);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = once(child, 'exit').then(() => assert.fail('The other process ended.'));
  const [url] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
  ended.catch(() => undefined);
  return { child, url: String(url).trim() };
}

/** The two processes of `supervise.sh`. */
function supervisorsOf(folder: string): number[] {
  const lines = execFileSync('ps', ['-e', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const found = lines.filter((line) => line.includes(`${folder}/postgres/users.`));
  assert.equal(found.length > 0, true);
  return found.map((line) => Number.parseInt(line, 10));
}

async function killed(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

test('a process that ended before it could be told to end is as it was wanted', async () => {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  signalTo(child.pid!, 'SIGINT');
});

test('PostgreSQL 17 starts in an empty folder, answers, and stops', async (t) => {
  const folder = dataFolder(t);
  const opened = await openDatabase({ dataDir: folder });
  const [row] = await ask<Record<string, string>>(
    opened,
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('data_checksums') as checksums,
       current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses`,
  );
  assert.deepEqual(row, { major: 17, checksums: 'on', fsync: 'on', addresses: '' });
  await opened.stop();
  assert.equal(isRunning(folder), false);
});

test('nobody else can read the password or enter the database folder', async (t) => {
  const folder = dataFolder(t);
  const opened = await openDatabase({ dataDir: folder, purpose: 'discard' });
  assert.equal(statSync(path.join(folder, 'password')).mode & 0o777, 0o600);
  assert.equal(statSync(path.join(folder, 'postgres')).mode & 0o777, 0o700);
  const wrong = { url: opened.url.replace(/:[^:@]+@/, ':wrong@') };
  await assert.rejects(ask(wrong, 'select 1'), /password authentication failed/);
  await opened.stop();
});

test('a second process joins the running PostgreSQL, and it goes on when the first leaves', async (t) => {
  const folder = dataFolder(t);
  const mine = await openDatabase({ dataDir: folder, purpose: 'discard' });
  const pid = postmasterOf(folder);
  const other = await otherProcess(folder);
  assert.equal(postmasterOf(folder), pid);
  await mine.stop();
  assert.deepEqual(await ask(other, 'select 1 as one'), [{ one: 1 }]);
  await killed(other.child);
  await gone(folder);
  assert.equal(isRunning(folder), false);
});

test('PostgreSQL stops by itself when the process that started it is killed', async (t) => {
  const folder = dataFolder(t);
  const other = await otherProcess(folder);
  await killed(other.child);
  await gone(folder);
  assert.equal(isRunning(folder), false);
});

test('what was committed is there after a kill -9 of PostgreSQL and of the process using it', async (t) => {
  const folder = dataFolder(t);
  const other = await otherProcess(folder, 'keep');
  await ask(other, 'create table kept as select generate_series(1, 1000) as n');
  process.kill(postmasterOf(folder), 'SIGKILL');
  await killed(other.child);
  const opened = await openDatabase({ dataDir: folder, purpose: 'discard' });
  assert.deepEqual(await ask(opened, 'select count(*)::int as n from kept'), [{ n: 1000 }]);
  await opened.stop();
});

test('a PostgreSQL that is killed while in use comes back by itself', async (t) => {
  const folder = dataFolder(t);
  const opened = await openDatabase({ dataDir: folder, purpose: 'discard' });
  await ask(opened, 'create table kept as select 1 as n');
  process.kill(postmasterOf(folder), 'SIGKILL');
  const answer = async (): Promise<unknown> => {
    for (let i = 0; i < 100; i++) {
      const rows = await ask(opened, 'select n from kept').catch(() => undefined);
      if (rows !== undefined) return rows;
      await pause(100);
    }
    return undefined;
  };
  await pause(500);
  assert.deepEqual(await answer(), [{ n: 1 }]);
  await opened.stop();
});

test('a PostgreSQL left without anyone looking after it is stopped and started anew', async (t) => {
  const folder = dataFolder(t);
  const other = await otherProcess(folder);
  await ask(other, 'create table kept as select 1 as n');
  const left = postmasterOf(folder);
  for (const supervisor of supervisorsOf(folder)) process.kill(supervisor, 'SIGKILL');
  await killed(other.child);
  await pause(500);
  const said: string[] = [];
  const opened = await openDatabase({ dataDir: folder, purpose: 'discard', log: (text) => said.push(text) });
  assert.deepEqual(await ask(opened, 'select n from kept'), [{ n: 1 }]);
  assert.notEqual(postmasterOf(folder), left);
  await opened.stop();
});

test('many processes that open a new data folder at once share one PostgreSQL', async (t) => {
  const folder = dataFolder(t);
  const others = await Promise.all(Array.from({ length: 4 }, () => otherProcess(folder)));
  assert.equal(new Set(others.map((other) => other.url)).size, 1);
  await Promise.all(others.map((other) => killed(other.child)));
});

test('a folder whose path is too long for a socket still works', async (t) => {
  const folder = path.join(dataFolder(t), 'a-long-name-of-a-folder-'.repeat(6));
  const opened = await openDatabase({ dataDir: folder, purpose: 'discard' });
  assert.deepEqual(await ask(opened, 'select 1 as one'), [{ one: 1 }]);
  await opened.stop();
  removeDataDir(folder);
});

test(
  'root can keep data in a folder only root can enter',
  { skip: process.getuid?.() === 0 ? false : 'needs root' },
  async (t) => {
    const outer = mkdtempSync(path.join(tmpdir(), 'openics-private-'));
    chmodSync(outer, 0o700);
    const folder = path.join(outer, 'data');
    t.after(() => {
      removeDataDir(folder);
      removeDataDir(outer);
    });
    const opened = await openDatabase({ dataDir: folder, purpose: 'discard' });
    assert.deepEqual(await ask(opened, 'select 1 as one'), [{ one: 1 }]);
    await opened.stop();
    assert.equal(statSync(outer).mode & 0o777, 0o700);
    const home = realpathSync(path.join(folder, 'postgres'));
    assert.equal(orphanedHomes().includes(home), false);
    renameSync(folder, `${folder}-moved`);
    assert.equal(orphanedHomes().includes(home), true);
    renameSync(`${folder}-moved`, folder);
  },
);

test('a damaged setting is told with what PostgreSQL said', async (t) => {
  const folder = dataFolder(t);
  await (await openDatabase({ dataDir: folder, purpose: 'discard' })).stop();
  const settings = path.join(folder, 'postgres/cluster/postgresql.auto.conf');
  writeFileSync(settings, "shared_buffers = 'much'\n");
  await assert.rejects(
    openDatabase({ dataDir: folder, purpose: 'discard' }),
    (error: { code?: string; wayOut?: string }) => {
      assert.equal(error.code, 'postgres/not-started');
      assert.match(error.wayOut ?? '', /shared_buffers/);
      return true;
    },
  );
});

test('an address that is not PostgreSQL is refused in plain words', async () => {
  await assert.rejects(openDatabase({ databaseUrl: 'mysql://x' }), /not a PostgreSQL address/);
});
