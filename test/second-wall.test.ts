import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { runRights, state } from '../server/access/index.ts';
import { manifest } from '../server/manifest.ts';
import {
  asRole,
  behindWall,
  closed,
  openDb,
  openFor,
  pastWall,
  raiseWall,
  walledDb,
  walledTables,
  wallStatements,
  type Opening,
} from '../server/platform/db/index.ts';
import { createHttp, wallRequests } from '../server/platform/http/index.ts';
import { openDefinitions } from '../server/record/definitions/index.ts';
import { createExtractor } from '../server/record/search/index.ts';
import { createStore } from '../server/record/store/index.ts';
import { databaseAddress } from './support/database.ts';
import { puts } from './support/puts.ts';

// Registered before the database, so that the account is gone before its database is.
const cleaning: (() => Promise<void>)[] = [];
after(async () => {
  for (const work of cleaning) await work();
});
const { url, name } = await databaseAddress();
const role = `${name}_run`;
const password = "of a test: “quoted” and 'quoted'";
const owner = await openDb({ connection: { connectionString: url } });
await raiseWall(owner, { manifest, role, password, rights: runRights });
const run = await openDb({ connection: asRole({ connectionString: url }, role, password) });
const db = walledDb(owner, run);
cleaning.push(async () => {
  await run.close();
  await owner.query(`drop owned by ${role}`);
  await owner.query(`drop role ${role}`);
  await owner.close();
});

const clock = (): Date => new Date('2026-11-21T09:00:00Z');
const store = createStore({ db, extractor: createExtractor(await openDefinitions()), clock });

/** Writes a patient with one measurement; gives the patient's key. */
async function somebody(id: string): Promise<string> {
  const observation = {
    resourceType: 'Observation',
    id: `weight-${id}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject: { reference: `Patient/${id}` },
  };
  const outcomes = await store.write(puts([{ resourceType: 'Patient', id }, observation]), {
    source: 'urn:test:gp',
    channel: 'rest',
    agent: 'test',
  });
  return outcomes[0]!.stored.patientId;
}
const [ann, bob] = [await somebody('ann'), await somebody('bob')];
await owner.transaction((tx) =>
  state(
    tx,
    'choice',
    ann,
    { kind: 'objects-to-sharing', organisation: null, user: null, project: null, from: 0, to: null } as never,
    { by: 'test', at: clock() },
  ),
);

const access = { action: 'read', resource: 'test' } as const;
const app = createHttp({ gate: async () => undefined });
wallRequests(app);
after(() => app.close());
const both = (): Promise<unknown[]> => store.patientRecord([ann, bob]);
app.get('/forgets', { config: { access } }, async () => ({ n: (await both()).length }));
app.get('/asks-for-ann', { config: { access } }, async () => {
  openFor([ann]);
  return { n: (await both()).length };
});
app.get('/everybody', { config: { access } }, async () => ({ n: (await pastWall('finding', both)).length }));
app.post('/forgets-after-a-body', { config: { access } }, async () => ({ n: (await both()).length }));
app.post('/writes', { config: { access } }, async () => ({ key: await somebody('eve') }));
app.post('/writes-past', { config: { access } }, async () => ({
  key: await pastWall('writing', () => somebody('eve')),
}));

const ask = async (where: string, method: 'GET' | 'POST' = 'GET') => {
  const payload = method === 'POST' ? { payload: { text: 'x'.repeat(100_000) } } : {};
  const answer = await app.inject({ url: where, method, headers: { host: 'localhost' }, ...payload });
  return { status: answer.statusCode, ...(answer.json() as { n?: number; key?: string }) };
};

test('a route that forgets to ask gets nothing of anybody', async () => {
  assert.equal((await ask('/forgets')).n, 0);
  assert.equal((await ask('/forgets-after-a-body', 'POST')).n, 0);
});

test('a route that asked for one person gets that person and no other, however it asks the store', async () => {
  assert.equal((await ask('/asks-for-ann')).n, 2);
  assert.equal((await ask('/forgets')).n, 0, 'and leaves nothing open for the next');
});

test('what is about everybody says so, and only then goes past the wall', async () => {
  assert.equal((await ask('/everybody')).n, 4);
});

test('a route that forgets to ask writes nothing', async () => {
  assert.equal((await ask('/writes', 'POST')).status, 500);
  assert.equal((await ask('/writes-past', 'POST')).status, 200);
});

test('requests that run at the same time do not open the wall for each other', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => ask(n % 2 === 0 ? '/asks-for-ann' : '/forgets')),
  );
  assert.deepEqual(
    answers.map(({ n }) => n),
    answers.map((_, n) => (n % 2 === 0 ? 2 : 0)),
  );
});

test('outside of requests there is no wall: jobs go on as they are', async () => {
  assert.equal((await both()).length, 4);
});

const seen = (opening: Opening, sql: string): Promise<{ n: number }[]> =>
  behindWall(opening, () => db.query(sql));
const opened = (...ids: string[]): Opening => ({ ...closed(), patients: new Set(ids) });

test('every table of patients is behind the wall: record, history, search rows, links and facts of access', async () => {
  const tables = walledTables(manifest);
  for (const some of ['record.resource', 'record.history', 'people.link', 'access.choice', 'access.glass'])
    assert.ok(tables.includes(some), some);
  for (const table of tables) {
    const [row] = await seen(closed(), `select count(*)::int as n from ${table}`);
    assert.equal(row?.n, 0, table);
  }
  const [link] = await seen(opened(ann), 'select count(*)::int as n from people.link');
  assert.equal(link?.n, 1);
  const [choice] = await seen(opened(ann), 'select count(*)::int as n from access.choice');
  assert.equal(choice?.n, 1);
});

test('the account can write no row of a patient, read no key, take the wall down or become the owner', async () => {
  const client = new Client(asRole({ connectionString: url }, role, password));
  await client.connect();
  after(() => client.end());
  const refused = (sql: string, says: RegExp) => assert.rejects(client.query(sql), says, sql);
  await refused('delete from record.resource', /permission denied/);
  await refused('update access.choice set kind = kind', /permission denied/);
  await refused('select key from platform.sealing_key', /permission denied/);
  await refused('alter table record.resource disable row level security', /must be owner/);
  await refused('drop policy of_open_patients on record.resource', /must be owner/);
  const [{ owned } = { owned: '' }] = await owner.query<{ owned: string }>('select current_user as owned');
  await refused(`set role ${owned}`, /permission denied/);
  await refused('set row_security = off; select count(*) from record.resource', /row-level security/);
  await refused('create table public.mine (x int)', /permission denied/);
  const [rights] = (
    await client.query<Record<string, boolean>>(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit from pg_roles where rolname = current_user`,
    )
  ).rows;
  assert.ok(
    Object.values(rights!).every((right) => !right),
    JSON.stringify(rights),
  );
});

test('a lookup by patient goes by the key behind the wall too', async () => {
  const plan = await behindWall(opened(ann), () =>
    db.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      return tx.query<{ 'QUERY PLAN': string }>(
        `explain select content from record.resource where patient_id = '${ann}' and type = 103`,
      );
    }),
  );
  assert.match(plan.map((row) => row['QUERY PLAN']).join('\n'), /Index Scan using resource_pkey/);
});

test('raising the wall again changes nothing, and brings in what is new', async () => {
  await raiseWall(owner, { manifest, role, password, rights: runRights });
  assert.equal((await ask('/forgets')).n, 0);
  assert.equal((await ask('/asks-for-ann')).n, 2);
});

test('the document shows the statements as they are run', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../docs/security/second-wall.md'), 'utf8');
  const plain = text.replaceAll(/\s+/g, ' ');
  for (const statement of wallStatements('record.resource', 'openics_run'))
    assert.ok(plain.includes(statement.replaceAll(/\s+/g, ' ')), statement);
});
