import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openAccounts } from '../server/commands/start/accounts.ts';
import { openSecondWall, openWriter, runRole, writerRights, writerRole } from '../server/access/index.ts';
import { manifest } from '../server/manifest.ts';
import { asRole, openDb, type Db } from '../server/platform/db/index.ts';
import { databaseAddress } from './support/database.ts';

const clock = (): Date => new Date('2026-11-22T09:00:00Z');
const options = { skip: process.env['CITUS_URL'] === undefined ? false : 'there is no second wall on Citus' };

/** A database on a server of somebody else, and an owner of it with these rights and no more. */
async function outside(t: TestContext, rights: string) {
  const drop: (() => Promise<void>)[] = [];
  const { url, name } = await databaseAddress({ after: (work) => drop.push(work) });
  const admin = await openDb({ connection: { connectionString: url } });
  const account = `${name}_owner`;
  const role = await runRole(admin);
  const writer = await writerRole(admin);
  await admin.query(`create role ${account} login ${rights} password 'of a test'`);
  const tables = Object.keys(manifest);
  const schemas = [...new Set(tables.map((table) => table.split('.')[0]!))];
  await admin.query(
    [
      `grant create on database ${name} to ${account}`,
      ...schemas.map((schema) => `alter schema ${schema} owner to ${account}`),
      ...tables.map((table) => `alter table ${table} owner to ${account}`),
      ...writerRights.functions.map((each) => `alter function ${each} owner to ${account}`),
    ].join(';'),
  );
  t.after(async () => {
    await admin.query(`reassign owned by ${account} to current_user`);
    for (const each of [role, writer, account]) {
      const [there] = await admin.query('select 1 from pg_roles where rolname = $1', [each]);
      if (there === undefined) continue;
      await admin.query(`drop owned by ${each}`);
      await admin.query(`drop role ${each}`);
    }
    await admin.close();
    for (const work of drop) await work();
  });
  const connection = asRole({ connectionString: url }, account, 'of a test');
  /** As a start does it. */
  const raise = async (password?: string): Promise<Db> => {
    const owner = await openDb({ connection });
    try {
      const parts = { owner, connection, manifest, clock, maxConnections: 2, password };
      return await openSecondWall({ ...parts, writer: owner });
    } catch (error) {
      await owner.close();
      throw error;
    }
  };
  /** As a start does it, with or without sign-in. */
  const write = async (password?: string): Promise<Db> => {
    const owner = await openDb({ connection });
    try {
      return await openWriter({ owner, connection, manifest, clock, maxConnections: 2, password });
    } finally {
      await owner.close();
    }
  };
  return { admin, account, connection, role, writer, raise, write };
}

test(
  'an owner who is no superuser but may make accounts raises the wall, at each start',
  options,
  async (t) => {
    const { raise } = await outside(t, 'createrole');
    for (let start = 1; start <= 2; start++) {
      const db = await raise();
      assert.deepEqual(await db.query('select count(*)::int as n from record.resource'), [{ n: 0 }]);
      await db.close();
    }
  },
);

test(
  'an owner who may make no accounts is told what an administrator runs; then it goes',
  options,
  async (t) => {
    const { admin, role, raise } = await outside(t, '');
    const kept = 'kept by the administrator';
    const told = new RegExp(`create role ${role} login nosuperuser nobypassrls`);
    await assert.rejects(raise(), { code: 'wall/no-account', wayOut: told });
    await assert.rejects(raise(kept), { code: 'wall/no-account', wayOut: told });
    await admin.query(`create role ${role} login noinherit password '${kept}'`);
    await assert.rejects(raise('another one'), { code: 'wall/not-let-in' });
    await (await raise(kept)).close();
  },
);

test('an account that may too much is refused at the start, with what it may', options, async (t) => {
  const { admin, role, raise } = await outside(t, '');
  await admin.query(`create role ${role} login bypassrls createdb password 'kept'`);
  const refused = { code: 'wall/account-may-too-much', message: /bypassrls, createdb/ };
  await assert.rejects(raise('kept'), refused);
  await admin.query(`alter role ${role} nobypassrls nocreatedb`);
  const [{ owner } = { owner: '' }] = await admin.query<{ owner: string }>('select current_user as owner');
  await admin.query(`grant ${owner} to ${role}`);
  await assert.rejects(raise('kept'), { ...refused, message: /membership of another account/ });
});

test('an owner who is no superuser is told what an administrator runs for the writing account; then it goes', async (t) => {
  const { admin, writer, write } = await outside(t, 'createrole');
  const statement = `create role ${writer} login nosuperuser bypassrls nocreatedb nocreaterole inherit noreplication in role pg_read_all_stats`;
  const told = { code: 'wall/no-account', wayOut: new RegExp(`${statement} password`) };
  await assert.rejects(write(), told);
  await assert.rejects(write('kept'), told);
  await admin.query(`${statement} password 'kept'`);
  await assert.rejects(write('another one'), { code: 'wall/not-let-in' });
  const db = await write('kept');
  assert.deepEqual(await db.query('select current_user as name'), [{ name: writer }]);
  assert.deepEqual(await db.query('select record.tidy_token_indexes() is not null as tidied'), [
    { tidied: true },
  ]);
  await db.close();
});

test('a writing account that may too much or too little is refused at the start', async (t) => {
  const { admin, writer, write } = await outside(t, '');
  await admin.query(`create role ${writer} login createdb password 'kept'`);
  await assert.rejects(write('kept'), { code: 'wall/account-may-too-much', message: /createdb/ });
  await admin.query(`alter role ${writer} nocreatedb`);
  const lacks = { code: 'wall/account-may-too-little', message: /bypassrls, pg_read_all_stats/ };
  await assert.rejects(write('kept'), lacks);
  await admin.query(
    `alter role ${writer} bypassrls; grant pg_read_all_stats, pg_signal_backend to ${writer}`,
  );
  await assert.rejects(write('kept'), { message: /membership of another account/ });
  await admin.query(`revoke pg_signal_backend from ${writer}`);
  await (await write('kept')).close();
});

test('a start that can make no writing account says so: it goes on as the owner, or refuses where people sign in', async (t) => {
  const { admin, account, connection, writer } = await outside(t, '');
  const lines: string[] = [];
  const start = async (signsIn: boolean): Promise<Db> => {
    const accounts = await openAccounts({
      connection,
      steps: { step: (_text, work) => work(() => undefined), line: (text) => void lines.push(text) },
      signsIn,
      look: async () => undefined,
    });
    return accounts.db;
  };
  await assert.rejects(start(true), { code: 'wall/no-account' });
  const left = async (): Promise<number> =>
    (await admin.query('select 1 from pg_stat_activity where usename = $1', [account])).length;
  for (let i = 0; i < 100 && (await left()) > 0; i++) await pause(20);
  assert.equal(await left(), 0, 'a start that is refused leaves no connection');
  assert.deepEqual(lines, []);
  const db = await start(false);
  assert.deepEqual(await db.query('select current_user as name'), [{ name: account }]);
  assert.match(lines.join(' '), new RegExp(`${writer}, .* cannot be made. The server goes on as the owner`));
  assert.match(
    lines.join(' '),
    new RegExp(`Let an administrator run: create role ${writer} .*DATABASE_WRITER_PASSWORD`),
  );
  await db.close();
});
