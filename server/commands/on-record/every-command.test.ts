import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { databaseAddress, emptyDatabaseAddress } from '../../../test/support/database.ts';
import { writeMadeUpSystem } from '../../../test/support/made-up-system.ts';
import type { StagedEvent } from '../../audit/index.ts';
import { openDb } from '../../platform/db/index.ts';
import { commandCases, makeReady, noPerson, type Made } from './commands.fixture.ts';

/**
 * Walks every command. One that shows, takes out or changes anything of people, or who may see it, does nothing with the log out of
 * reach, and else its event is there: of a change by the transaction that stores the fact. PostgreSQL says which that was (`xmin`).
 */
const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-commands-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { url } = await databaseAddress();
const dataDir = path.join(folder, 'data');
const db = await openDb({ connection: { connectionString: url } });
after(() => db.close());
process.env['DATABASE_URL'] = url;
delete process.env['SUDO_USER'];

type Command = { run(args: string[]): Promise<number> };

/** Runs a command in this process. Gives what it printed and how it ended; one that threw ended with 1. */
async function run(
  t: TestContext,
  words: readonly string[],
  data = dataDir,
): Promise<{ code: number; said: string }> {
  const [name, ...args] = words;
  const { run: command } = (await import(`../${name}.ts`)) as Command;
  const said: string[] = [];
  const hear = (...parts: unknown[]): void => void said.push(parts.join(' '));
  // What the runner of the tests writes of itself are bytes, and goes through.
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  const hearText = (part: Uint8Array | string): boolean =>
    typeof part === 'string' ? said.push(part) > 0 : write(part);
  const mocks = [
    t.mock.method(console, 'log', hear),
    t.mock.method(console, 'error', () => undefined),
    t.mock.method(stdout, 'write', hearText),
    t.mock.method(process.stderr, 'write', () => true),
  ];
  try {
    return { code: await command([...args, '--data', data]), said: said.join('\n') };
  } catch (error) {
    return { code: 1, said: `${said.join('\n')}${String(error)}` };
  } finally {
    for (const mock of mocks) mock.mock.restore();
  }
}

let made: Made;
const cases = commandCases(() => made);

before(async () => {
  const file = (name: string, content: unknown): string => {
    const full = path.join(folder, name);
    writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content));
    return full;
  };
  await writeMadeUpSystem(folder);
  made = { db, folder, dataDir, file };
});

test('where nobody ever signed in there is no log, and a command runs as it did', async (t) => {
  const { code } = await run(t, ['quarantine', 'list']);
  assert.equal(code, 0);
  assert.deepEqual(await db.query('select 1 from audit.staged'), []);
  await makeReady(made);
});

/** Nothing is given its place meanwhile, so that what is staged can be looked at. */
async function unplaced<T>(work: () => Promise<T>): Promise<T> {
  const [locked, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = db.transaction(async (tx) => {
    await tx.query('select 1 from audit.log for update');
    locked.resolve();
    await done.promise;
  });
  await locked.promise;
  return work().finally(() => (done.resolve(), held));
}

type Staged = { xmin: string; events: StagedEvent[] };
const staged = async (): Promise<Staged[]> =>
  (
    await db.query<{ xmin: string; events: string }>('select xmin::text as xmin, events from audit.staged')
  ).map(({ xmin, events }) => ({ xmin, events: JSON.parse(events) as StagedEvent[] }));

const rowsOf = async (table: string): Promise<Map<string, string>> => {
  const rows = await db.query<{ xmin: string; row: string }>(
    `select t.xmin::text as xmin, md5(t::text) as row from ${table} t`,
  );
  return new Map(rows.map(({ xmin, row }) => [`${xmin} ${row}`, xmin]));
};

for (const { command, words, fact, events, shows } of cases)
  test(`${command}: nothing of it without its event`, async (t) => {
    const asked = await words();
    const earlier = fact === undefined ? new Map<string, string>() : await rowsOf(fact);
    await db.query('alter table audit.staged rename to staged_away');
    const refused = await run(t, asked).finally(() =>
      db.query('alter table audit.staged_away rename to staged'),
    );
    assert.notEqual(refused.code, 0, refused.said);
    if (shows !== undefined) assert.doesNotMatch(refused.said, shows);
    if (fact !== undefined) assert.deepEqual(await rowsOf(fact), earlier, 'nothing was stored');

    const known = new Set((await staged()).map(({ xmin }) => xmin));
    const once = () => run(t, asked);
    const done = await (command === 'audit rotate' ? once() : unplaced(once));
    if (shows !== undefined) assert.match(done.said, shows);
    const fresh = (await staged()).filter(({ xmin }) => !known.has(xmin));
    const told = fresh.flatMap(({ events: each }) => each.map(({ event }) => event));
    assert.deepEqual(
      [
        ...new Set(
          told.map(({ kind, resource, person }) => `${kind} ${resource}${person ? ' of a person' : ''}`),
        ),
      ].sort(),
      [...events].sort(),
      done.said,
    );
    assert.ok(told.every(({ user }) => user === `account:${os.userInfo().username}`));
    if (fact === undefined) return;
    const own = new Set(fresh.map(({ xmin }) => xmin));
    const changed = [...(await rowsOf(fact))].filter(([row]) => !earlier.has(row));
    assert.ok(changed.length > 0 || (await rowsOf(fact)).size < earlier.size, 'something was stored');
    assert.ok(
      changed.every(([, xmin]) => own.has(xmin)),
      'by the transaction that stored its event',
    );
  });

test('restore: that a backup was brought back is on record in what it brought back', async (t) => {
  const { url: empty } = await emptyDatabaseAddress(t);
  const restored = await openDb({ connection: { connectionString: empty } });
  t.after(() => restored.close());
  process.env['DATABASE_URL'] = empty;
  const { code, said } = await run(t, ['restore', backupIn(folder)], path.join(folder, 'restored'));
  process.env['DATABASE_URL'] = url;
  assert.equal(code, 0, said);
  const rows = await restored.query<{ events: string }>(
    `select events from audit.staged where events like '%"restored"%'`,
  );
  assert.equal(rows.length, 1);
});

const backupIn = (within: string): string =>
  path.join(
    within,
    readdirSync(within).find((name) => name.startsWith('backup-'))!,
  );

/** What the commands say they can do: `quarantine list`, `backup` ... */
async function everyCommand(t: TestContext): Promise<Set<string>> {
  const files = readdirSync(path.join(import.meta.dirname, '..')).filter((file) =>
    /^[a-z-]+\.ts$/.test(file),
  );
  const names = new Set<string>();
  for (const file of files) {
    const name = file.slice(0, -3);
    const { run: command } = (await import(`../${file}`)) as Command;
    const said = t.mock.method(console, 'log', () => undefined);
    await command(['--help']);
    const text = said.mock.calls.map((call) => call.arguments.join(' ')).join('\n');
    said.mock.restore();
    for (const [, rest = ''] of text
      .replaceAll(/\[[^\]]*\]/g, ' ')
      .matchAll(new RegExp(`^\\./openics ${name}(.*)$`, 'gm')))
      for (const [at, way] of rest.split(/ {2,}/)[0]!.split('|').entries())
        if (at === 0 || !way.trim().startsWith('--')) names.add([name, ...actionIn(way)].join(' '));
    if (!text.includes(`./openics ${name}`)) names.add(name);
  }
  return names;
}

/** The words of a way to use a command up to the first that stands for something else. */
const actionIn = (way: string): string[] => {
  const words = way.trim().split(/\s+/);
  const end = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  return end < 0 ? words : words.slice(0, end);
};

test('every command is walked here, or it is said why it touches no person', async (t) => {
  const all = await everyCommand(t);
  const walked = new Set([...cases.map(({ command }) => command), 'restore']);
  assert.deepEqual([...all].filter((name) => !walked.has(name) && !Object.hasOwn(noPerson, name)).sort(), []);
  assert.deepEqual(
    [...walked, ...Object.keys(noPerson)].filter((name) => !all.has(name)),
    [],
    'no such command any more',
  );
});
