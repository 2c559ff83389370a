import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { openWriter, writerRights, writerRole } from '../server/access/index.ts';
import { manifest } from '../server/manifest.ts';
import {
  accountStatement,
  asRole,
  copyMessage,
  makeWriter,
  rightsOnCitus,
} from '../server/platform/db/index.ts';
import { walledDatabase } from './support/walled-database.ts';

// Registered before the database, so that its connections are gone before the database is.
const undo: (() => Promise<void>)[] = [];
after(async () => {
  for (const work of undo.toReversed()) await work();
});
const { owner, connection } = await walledDatabase({ after: (work) => undo.push(work) });
const role = await writerRole(owner);
const password = 'of a test';
await makeWriter(owner, { manifest, role, password, rights: writerRights });
const client = new Client(asRole(connection, role, password));
await client.connect();
undo.push(() => client.end());

/** What the database lets the account do with each table of ours, beside reading it. */
async function rightsThere(): Promise<Record<string, string>> {
  const rows = await owner.query<{ name: string; rights: string }>(
    `select n.nspname || '.' || c.relname as name,
            (select string_agg(lower(p), ', ' order by at)
             from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
               with ordinality as each (p, at)
             where has_table_privilege($1, c.oid, p)) as rights
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
       and n.nspname = any($2::text[])`,
    [role, [...new Set(Object.keys(manifest).map((table) => table.split('.')[0]))]],
  );
  return Object.fromEntries(rows.flatMap(({ name, rights }) => (rights === null ? [] : [[name, rights]])));
}

const listed = Object.fromEntries(
  Object.entries(writerRights.tables).map(([table, rights]) => [table, `select, ${rights}`]),
);

test('every table is in the list of what the account may do, but that of the migrations', () => {
  const named = [...Object.keys(writerRights.tables), 'platform.migration'];
  assert.deepEqual(named.sort(), Object.keys(manifest).sort());
  for (const [table, rights] of Object.entries(writerRights.tables))
    assert.match(rights, /^(?:insert(?:, update)?(?:, delete)?|update)$/, table);
});

/** What only the owner of the tables runs, by a command of an operator. */
const ownersAlone = ['platform/sealing/moving.ts'];

test('what statements in the code do to tables they name is in the list', () => {
  const server = path.resolve(import.meta.dirname, '../server');
  const lacking = new Set<string>();
  let seen = 0;
  for (const file of globSync('**/*.ts', {
    cwd: server,
    exclude: ['**/*.test.ts', '**/*.fixture.ts', ...ownersAlone],
  })) {
    const text = readFileSync(path.join(server, file), 'utf8');
    const statements = text.matchAll(
      /\b(insert into|copy|update|delete from) (\w+\.\w+)(?=[\s(])(?:[^`';]*?\bdo (update))?/g,
    );
    for (const [, verb = '', table = '', also] of statements) {
      if (!(table in manifest) || table === 'platform.migration') continue;
      seen += 1;
      const needs = [verb === 'copy' ? 'insert' : verb.split(' ')[0]!, ...(also === undefined ? [] : [also])];
      for (const right of needs)
        if (!writerRights.tables[table]?.includes(right)) lacking.add(`${right} on ${table} in ${file}`);
    }
  }
  assert.ok(seen > 100, 'the test looks at real statements');
  assert.deepEqual([...lacking], []);
});

test('the database gives the account the rights of the list and no others', async () => {
  assert.deepEqual(await rightsThere(), listed);
});

test('on Citus it may lock what is whole on each machine, which takes the right to change it, and no other table', () => {
  const there = rightsOnCitus(writerRights, manifest).tables;
  const more = Object.keys(manifest).filter((table) => there[table] !== writerRights.tables[table]);
  assert.ok(more.includes('record.delivery'));
  for (const table of more) {
    assert.equal(manifest[table]?.kind, 'reference');
    assert.deepEqual([writerRights.tables[table], there[table]], ['insert', 'insert, update']);
  }
  assert.deepEqual(
    more.filter((table) => table.startsWith('audit.')),
    [],
  );
});

test('a right that somebody gave it is taken back at the next start', async () => {
  await owner.query(`grant truncate, update on audit.event to ${role}`);
  await owner.query(`grant create on schema record to ${role}`);
  assert.notDeepEqual(await rightsThere(), listed);
  await makeWriter(owner, { manifest, role, password, rights: writerRights });
  assert.deepEqual(await rightsThere(), listed);
  await assert.rejects(client.query('create table record.mine (x int)'), /permission denied/);
});

test('a start where nothing is new gives no rights anew, so that no connection plans anew', async () => {
  const written = () => owner.query<{ xmin: string }>(`select max(xmin::text::bigint) as xmin from pg_class`);
  const before = await written();
  await makeWriter(owner, { manifest, role, password, rights: writerRights });
  assert.deepEqual(await written(), before);
});

test('of the owner it can ask the functions of the list alone', async () => {
  const rows = await owner.query<{ name: string; mine: boolean; everybodys: boolean }>(
    `select p.oid::regprocedure::text as name, has_function_privilege($1, p.oid, 'execute') as mine,
            has_function_privilege('public', p.oid, 'execute') as everybodys
     from pg_proc p
     join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef
       and n.nspname !~ '^(pg_|citus|columnar|information_schema)'`,
    [role],
  );
  assert.deepEqual(
    rows,
    writerRights.functions.map((name) => ({ name, mine: true, everybodys: false })),
  );
  assert.equal((await client.query('select record.tidy_token_indexes() as pages')).rows.length, 1);
});

test('it is no superuser, owns nothing and is nobody else', async () => {
  const [row] = await owner.query<Record<string, unknown>>(
    `select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
            exists (select from pg_shdepend where refobjid = r.oid and deptype = 'o') as owns,
            array(select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid
                  where m.member = r.oid) as groups
     from pg_roles r
     where rolname = $1`,
    [role],
  );
  assert.deepEqual(row, {
    rolsuper: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolreplication: false,
    rolbypassrls: true,
    owns: false,
    groups: ['pg_read_all_stats'],
  });
});

const [{ name: ownerName } = { name: '' }] = await owner.query<{ name: string }>(
  'select current_user as name',
);
const must = /permission denied|must be owner|must be superuser|Must be superuser|must have|Only roles with/;
for (const statement of [
  'create table public.mine (x int)',
  'create table record.mine (x int)',
  'create schema mine',
  'create extension hstore',
  'create function record.mine() returns int language sql as $$select 1$$',
  'create role mine',
  'create index mine on record.resource (version)',
  'drop table record.resource',
  'drop schema audit cascade',
  'drop function record.tidy_token_indexes()',
  'alter table record.resource add column mine int',
  'alter table record.resource disable row level security',
  'alter table audit.event disable trigger all',
  'drop policy of_open_patients on record.resource',
  'alter system set fsync = off',
  `alter role ${role} superuser`,
  `alter role ${ownerName} password 'mine'`,
  `grant ${ownerName} to ${role}`,
  `set role ${ownerName}`,
  `set session authorization ${ownerName}`,
  'set session_replication_role = replica',
  'truncate record.resource',
  'truncate audit.event',
  'delete from audit.event',
  'update audit.event set list_id = list_id',
  'delete from audit.closing',
  'delete from record.history',
  'update record.history set version = version',
  'delete from access.choice',
  'select name from platform.migration',
  'update platform.sealing_key set key = key',
  'select rolpassword from pg_authid',
  `select pg_read_file('/etc/passwd')`,
  `select pg_ls_dir('.')`,
  `select lo_import('/etc/passwd')`,
  `copy record.history to program 'cat'`,
  `copy record.history to '/tmp/mine'`,
  `copy audit.staged from program 'cat'`,
  `select gin_clean_pending_list('record.resource_tokens'::regclass)`,
])
  test(`the account that writes is refused: ${statement}`, async () => {
    await assert.rejects(client.query(statement), must);
  });

test('it sees since when others have been writing, so that nothing of theirs is passed over', async () => {
  await owner.transaction(async (tx) => {
    await tx.query('select pg_current_xact_id()');
    const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    const seen = await client.query<{ writes: boolean }>(
      `select backend_xid is not null and xact_start is not null and backend_type = 'client backend' as writes
       from pg_stat_activity
       where pid = $1`,
      [own!.pid],
    );
    assert.deepEqual(seen.rows, [{ writes: true }]);
  });
});

test('two servers of a database share its password, and it copies rows in where there is a policy', async () => {
  const parts = { owner, connection, manifest, clock: () => new Date(), maxConnections: 1 };
  const servers = [await openWriter(parts), await openWriter(parts)];
  const statement =
    'copy record.search_number (patient_id, type, rid, param, qualifier, unit, low, high) from stdin (format binary)';
  for (const server of servers) {
    assert.deepEqual(await server.query('select current_user as name'), [{ name: role }]);
    const copied = server.transaction((tx) => tx.copyIn([{ statement, data: copyMessage([]) }]));
    assert.deepEqual(await copied, [0]);
    await server.close();
  }
});

test('the document shows the statements that make the accounts as they are run', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../docs/security/second-wall.md'), 'utf8');
  for (const kind of ['run', 'writer'] as const)
    assert.ok(text.includes(`\n${accountStatement(`openics_${kind}`, kind)}\n`), kind);
});
