import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { createAuditTrail } from '../audit/index.ts';
import { createGate } from '../gate.ts';
import { createHttp } from '../platform/http/index.ts';
import { registerOrganisations } from './index.ts';
import { loadMadeUpSystem } from '../../test/support/made-up-system.ts';

const db = await database();
const clock = () => new Date('2026-03-01T09:00:00Z');
const app = createHttp({ gate: createGate(createAuditTrail(), clock) });
registerOrganisations(app, { db, clock });

before(() => loadMadeUpSystem(db, clock));
after(() => app.close());

/** As much of each answer as the tests look at. */
type Branch = { id: string; name: string; people: number; deprivedShare: number; within: Branch[] };
type Answer = {
  day: string;
  branches: Branch[];
  changes: string[];
  bodies: { id: string; rings: [number, number][][] }[];
  areas: { code: string }[];
  partners: { id: string; name: string; kind: string }[];
  total: number;
  next: string | null;
  code: string;
};

async function call(url: string, more: { body?: object; remoteAddress?: string } = {}) {
  const reply = await app.inject({
    method: more.body === undefined ? 'GET' : 'POST',
    url,
    ...(more.body !== undefined && { payload: more.body }),
    ...(more.remoteAddress !== undefined && { remoteAddress: more.remoteAddress }),
  });
  return { status: reply.statusCode, body: reply.json<Answer>() };
}

test('the system is told as a tree, with people and deprivation', async () => {
  const { body } = await call('/api/system');
  assert.equal(body.day, '2026-03-01');
  assert.deepEqual(body.changes, ['2025-04-01', '2026-04-01']);
  const [system] = body.branches;
  assert.partialDeepStrictEqual(system, { name: 'Marram Coast', people: 25_400 });
  assert.deepEqual(
    system!.within.map(({ name, within }) => [name, within.map((each) => each.name)]),
    [
      ['North Marram', ['Harbour', 'Old Town']],
      ['South Marram', ['Saltings', 'Warren']],
    ],
  );
  const people = system!.within.reduce((sum, place) => sum + place.people, 0);
  assert.equal(people, system!.people);
});

test('on another date the tree and the map are those of that date', async () => {
  const { body } = await call('/api/system?date=2026-04-01');
  const [north] = body.branches[0]!.within;
  assert.deepEqual(
    north!.within.map(({ name }) => name),
    ['Harbour'],
  );
  const map = async (date: string) =>
    (await call(`/api/system/map?date=${date}&within=${body.branches[0]!.id}`)).body;
  const [was, then] = [await map('2026-03-31'), await map('2026-04-01')];
  assert.equal(was.areas.length, 16);
  assert.equal(was.bodies.length, 2);
  assert.notDeepEqual(then.bodies, was.bodies);
  assert.ok(
    then.bodies.every(({ rings }) => rings.length === 1),
    'places are in one piece',
  );
});

test('partners are found by name, kind and body, page by page', async () => {
  const { body: surgeries } = await call('/api/organisations?kind=gp-practice');
  assert.deepEqual(
    surgeries.partners.map(({ name }) => name),
    ['Harbour and Quay Surgery', 'Warren Practice'],
  );
  const { body: first } = await call('/api/organisations?count=15');
  const { body: second } = await call(`/api/organisations?count=15&after=${first.next}`);
  assert.equal(first.total, first.partners.length + second.partners.length);
  assert.equal(second.next, null);
  const { body: found } = await call('/api/organisations?name=NORTH%20marram');
  const { body: inside } = await call(`/api/organisations?body=${found.partners[0]!.id}`);
  assert.ok(inside.partners.some(({ name }) => name === 'Harbour Primary School'));
  assert.ok(!inside.partners.some(({ name }) => name === 'Sea View'));
});

test('one partner is told with all that is known of it', async () => {
  const { body } = await call('/api/organisations?name=harbour%20and%20quay');
  const answer = await call(`/api/organisations/${body.partners[0]!.id}?date=2026-03-01`);
  assert.partialDeepStrictEqual(answer.body, {
    partner: {
      now: { name: 'Harbour and Quay Surgery' },
      sites: [{ postcode: 'ZZ1 1AA' }],
      posts: [{ role: 'caldicott-guardian' }],
    },
    events: [
      { kind: 'merge', from: [{ name: 'Quay Surgery' }], to: [{ name: 'Harbour and Quay Surgery' }] },
      { kind: 'rename', from: [{ name: 'Harbour Surgery' }] },
    ],
  });
});

test('areas are listed page by page, told by code, and found by a postcode that is in no address', async () => {
  const { body: first } = await call('/api/areas?kind=lsoa&count=10');
  const { body: second } = await call(`/api/areas?kind=lsoa&count=10&after=${first.next}`);
  assert.equal(first.areas.length + second.areas.length, 16);
  assert.equal((await call('/api/areas/LSO01')).body.code, 'LSO01');
  const found = await call('/api/areas/find', { body: { postcode: 'zz1 1ab' } });
  assert.partialDeepStrictEqual(found.body, { area: 'LSO16', system: [{ name: 'Marram Coast' }] });
});

test('what is not there, or no day, is refused with a way out', async () => {
  const nobody = '00000000-0000-7000-8000-000000000000';
  assert.equal((await call(`/api/organisations/${nobody}`)).status, 404);
  assert.equal((await call(`/api/system?within=${nobody}`)).status, 404);
  assert.equal((await call('/api/areas/NOWHERE')).status, 404);
  assert.equal((await call('/api/areas/find', { body: { postcode: 'ZZ9 9ZZ' } })).status, 404);
  const refused = await call('/api/system?date=2026-02-30');
  assert.partialDeepStrictEqual(refused, { status: 400, body: { place: 'date' } });
});

test('a caller from another machine is refused everywhere', async () => {
  const remoteAddress = '192.0.2.1';
  for (const url of [
    '/api/system',
    '/api/system/map',
    '/api/organisations',
    '/api/areas',
    '/api/areas/LSO01',
  ])
    assert.equal((await call(url, { remoteAddress })).status, 403, url);
  const found = await call('/api/areas/find', { remoteAddress, body: { postcode: 'ZZ1 1AA' } });
  assert.equal(found.status, 403);
});
