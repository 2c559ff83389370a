import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { Problem } from '../../platform/errors.ts';
import { currentLinks } from '../../people/index.ts';
import { openDefinitions } from '../definitions/index.ts';
import { parseJson } from '../formats/index.ts';
import { createExtractor } from '../search/index.ts';
import type { Change, Delivery, Resource } from '../types.ts';
import { contentHash, countsByType, createStore, foldTallies } from './index.ts';

const db = await database();
const extractor = createExtractor(await openDefinitions());
let now = new Date('2026-11-21T09:00:00.000Z');
const store = createStore({ db, extractor, clock: () => now });

const gp: Delivery = { source: 'urn:test:gp', channel: 'rest', agent: 'test' };
const hospital: Delivery = { source: 'urn:test:hospital', channel: 'import', agent: 'test' };

const put = (resource: Resource, more: Partial<Change> = {}): Change =>
  ({ kind: 'put', type: resource.resourceType, id: resource.id!, resource, ...more }) as Change;

const weight = (id: string, patient: string, value: number): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: '2026-01-02',
  valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
});

const refused = (code: string, status: number) => (error: unknown) =>
  error instanceof Problem && error.code === code && error.status === status;

test('what is written is read back, with its version, its time and who said it', async () => {
  const [outcome] = await store.write([put(weight('w1', 'p1', 71.5))], gp);
  assert.equal(outcome?.kind, 'created');
  const stored = await store.read('Observation', 'w1');
  assert.equal(stored?.version, 1);
  assert.deepEqual(JSON.parse(stored!.content).meta, {
    versionId: '1',
    lastUpdated: '2026-11-21T09:00:00.000Z',
  });
  const filed = await store.patientRecord([stored!.patientId]);
  assert.equal(filed[0]?.source, 'urn:test:gp');
});

test('a Patient is linked to a person in the transaction that writes it', async () => {
  const [outcome] = await store.write([put({ resourceType: 'Patient', id: 'someone' })], gp);
  const links = await currentLinks(db, [outcome!.stored.patientId]);
  assert.equal(links.get(outcome!.stored.patientId)?.method, 'alone');
});

test('a resource that names no source gets that of its change; one that does keeps its own', async () => {
  const named = { ...weight('named', 'p1', 5), meta: { source: 'urn:test:own' } };
  await store.write([put(weight('unnamed', 'p1', 5), { source: 'urn:test:feed' } as Partial<Change>)], gp);
  await store.write([put(named, { source: 'urn:test:feed' } as Partial<Change>)], gp);
  const sourceOf = async (id: string): Promise<unknown> =>
    JSON.parse((await store.read('Observation', id))!.content).meta.source;
  assert.equal(await sourceOf('unnamed'), 'urn:test:feed');
  assert.equal(await sourceOf('named'), 'urn:test:own');
  const [again] = await store.write([put(weight('unnamed', 'p1', 5))], gp);
  assert.equal(again?.kind, 'unchanged');
});

test('a decimal keeps the digits it was sent with', async () => {
  const said = JSON.stringify(weight('exact', 'p1', 1)).replace('"value":1,', '"value":1.00,');
  await store.write([put(parseJson(said))], gp);
  assert.match((await store.read('Observation', 'exact'))!.content, /"value":1\.00,/);
});

test('saying the same again changes nothing, saying something else makes a version and keeps the old one', async () => {
  const [same] = await store.write([put(weight('w1', 'p1', 71.5))], gp);
  assert.equal(same?.kind, 'unchanged');
  now = new Date('2026-11-22T09:00:00.000Z');
  const [other] = await store.write([put(weight('w1', 'p1', 70))], hospital);
  assert.deepEqual([other?.kind, other?.stored.version], ['updated', 2]);
  assert.match((await store.readVersion('Observation', 'w1', 1))!.content, /71\.5/);
  const page = await store.history({ type: 'Observation', id: 'w1', count: 10 });
  assert.deepEqual(
    page.versions.map((version) => version.version),
    [2, 1],
  );
  assert.equal(page.total, 2);
});

test('a deleted resource is marked, keeps its history, and can be said again', async () => {
  await store.write([put(weight('gone', 'p1', 60))], gp);
  const [deleted, absent] = await store.write(
    [
      { kind: 'delete', type: 'Observation', id: 'gone' },
      { kind: 'delete', type: 'Observation', id: 'never' },
    ],
    gp,
  );
  assert.deepEqual([deleted?.kind, absent?.kind], ['deleted', 'absent']);
  assert.equal((await store.read('Observation', 'gone'))?.deleted, true);
  assert.equal(await store.read('Observation', 'never'), undefined);
  const [again] = await store.write(
    [put(weight('gone', 'p1', 61), { mustBeNew: true } as Partial<Change>)],
    gp,
  );
  assert.deepEqual([again?.kind, again?.stored.version], ['created', 3]);
});

test('when one condition of a write does not hold, nothing of it is stored', async () => {
  const before = await contentHash(db);
  await assert.rejects(
    store.write(
      [put(weight('new1', 'p1', 1)), put(weight('w1', 'p1', 2), { ifVersion: 9 } as Partial<Change>)],
      gp,
    ),
    refused('record/version-conflict', 412),
  );
  await assert.rejects(
    store.write([put(weight('w1', 'p1', 2), { mustBeNew: true } as Partial<Change>)], gp),
    refused('record/already-exists', 409),
  );
  await assert.rejects(
    store.write([put(weight('twice', 'p1', 2)), put(weight('twice', 'p1', 3))], gp),
    refused('record/changed-twice', 400),
  );
  assert.equal(await contentHash(db), before);
});

test('many writers at once: each gets its own answer, and one refusal harms nobody else', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) =>
      store.write([put(weight(`many${i % 20}`, `p${i % 7}`, i), { mustBeNew: true } as Partial<Change>)], gp),
    ),
  );
  assert.equal(answers.filter((answer) => answer.status === 'fulfilled').length, 20);
  assert.equal((await countsByType(db)).get('Observation'), 25);
});

test('an observation corrected to another patient leaves the first record and keeps its history', async () => {
  await store.write([put(weight('moved', 'wrong', 50))], gp);
  const first = await store.read('Observation', 'moved');
  await store.write([put(weight('moved', 'right', 50))], gp);
  const second = await store.read('Observation', 'moved');
  assert.notEqual(second!.patientId, first!.patientId);
  assert.equal((await store.patientRecord([first!.patientId])).length, 0);
  assert.match((await store.readVersion('Observation', 'moved', 1))!.content, /Patient\/wrong/);
  assert.equal((await store.history({ type: 'Observation', id: 'moved', count: 10 })).versions.length, 2);
});

const onceId = '00000000-0000-4000-8000-00000000abcd';

const createOnce = (): Promise<unknown[]> =>
  store.writeDecided(
    ['Observation?identifier=x'],
    async (tx) => {
      const found = await tx.query(`select 1 from record.resource_key where rid = $1`, [onceId]);
      return found.length > 0 ? [] : [put(weight(onceId, 'p1', 5), { mustBeNew: true } as Partial<Change>)];
    },
    gp,
  );

test('a decision and the write that follows from it are one: two at once create one resource', async () => {
  const all = await Promise.all([createOnce(), createOnce(), createOnce()]);
  assert.equal(all.flat().length, 1);
});

test('the tally always equals a count of the rows, folded or not', async () => {
  const tallied = (): Promise<{ total: number }[]> =>
    db.query(`select sum(n) as total from record.tally`).then((rows) => rows as { total: number }[]);
  const [counted] = await db.query<{ total: number }>(
    `select sum(2 + (select count(*) from unnest(tokens) token where token & 1 = 1)) as total
     from record.resource where not deleted`,
  );
  assert.deepEqual(await tallied(), [counted]);
  assert.ok((await foldTallies(db)) > 0);
  assert.deepEqual(await tallied(), [counted]);
});

const sortedSql = (tokens: string): string =>
  `array(select t from unnest(${tokens}) t where t & 1 = 1 order by t)`;

test('each current row names the combination of its counted tokens, and the tally counts each combination', async () => {
  await store.write([put({ ...weight('mixed', 'p9', 5), status: 'preliminary' })], gp);
  await store.write([put(weight('mixed', 'p9', 5))], gp);
  const carried = await db.query<{ token: string; type: number; tokens: string }>(
    `select distinct combination::text as token, type, ${sortedSql('tokens')}::text as tokens
     from record.resource
     where not deleted
     order by 1`,
  );
  const named = await db.query<{ token: string; type: number; tokens: string }>(
    `select token::text as token, type, ${sortedSql('tokens')}::text as tokens
     from record.combination
     order by 1`,
  );
  const known = new Set(carried.map((one) => one.token));
  assert.deepEqual(
    named.filter((one) => known.has(one.token)),
    carried,
  );
  const counted = await db.query(
    `select combination::text as token, count(*)::text as n
     from record.resource
     where not deleted
     group by combination
     order by 1`,
  );
  const tallied = await db.query(
    `select t.token::text as token, sum(t.n)::text as n
     from record.tally t
     join record.combination c on c.token = t.token
     group by t.token
     having sum(t.n) <> 0
     order by 1`,
  );
  assert.ok(counted.length > 1);
  assert.deepEqual(tallied, counted);
});

test('a migration gives rows from before the same combinations', async () => {
  const rows = (): Promise<unknown[]> =>
    db.query(`select rid, combination::text as combination from record.resource order by rid, type`);
  const before = await rows();
  await db.query(
    `update record.resource r
     set combination = (
       select ((coalesce(sum(token >> 32), 0)::bigint & 4294967295) << 32)
           | ((coalesce(sum(token & 4294967295), 0)::bigint + r.type) & 4294967295)
       from unnest(r.tokens) token
       where token & 1 = 1
     )
     where not r.deleted`,
  );
  assert.deepEqual(await rows(), before);
});

test('the patients that carry a combination are exactly those with a current resource that does', async () => {
  await store.write([put({ ...weight('lost', 'p9', 5), status: 'preliminary' })], gp);
  await store.write([put(weight('lost', 'p9', 5))], gp);
  const carried = await db.query(
    `select patient_id, combination::text as combination from record.patient_combination order by 1, 2`,
  );
  const really = await db.query(
    `select distinct patient_id, combination::text as combination
     from record.resource
     where not deleted
     order by 1, 2`,
  );
  assert.ok(carried.length > 0);
  assert.deepEqual(carried, really);
});

test('versions that were current at a moment are found by that moment', async () => {
  const before = { low: new Date('2026-11-21T12:00:00Z'), high: new Date('2026-11-21T12:00:00Z') };
  const then = await store.history({ type: 'Observation', id: 'w1', at: before, count: 10 });
  assert.deepEqual(
    then.versions.map((version) => version.version),
    [1],
  );
});

test('a page of history goes on exactly where the last one ended', async () => {
  const all = await store.history({ count: 1000 });
  const seen: string[] = [];
  for (let before = undefined; ;) {
    const page = await store.history({ count: 3, before });
    seen.push(...page.versions.map((version) => `${version.type}/${version.id}/${version.version}`));
    if (page.next === undefined) break;
    before = page.next as never;
  }
  assert.deepEqual(
    seen,
    all.versions.map((version) => `${version.type}/${version.id}/${version.version}`),
  );
});
