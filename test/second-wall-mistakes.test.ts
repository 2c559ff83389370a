import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { currentLinks } from '../server/people/index.ts';
import { openFor, pastWall } from '../server/platform/db/index.ts';
import { sightOf } from '../server/record/pieces/index.ts';
import { ridOf } from '../server/record/rid.ts';
import type { StoredResource } from '../server/record/types.ts';
import { house } from '../server/own-view/own-view.fixture.ts';

const home = await house();
const { services, app } = home;
const { store, db } = services;
const [ann, bob] = [ridOf('ann'), ridOf('bob')];
const access = { action: 'read', resource: 'mine' } as const;
const gp = await home.staff('greta', 'R0260', 'ZZ0001');
await home.relate('registered', 'ann', 'ZZ0001');
after(() => app.close());

const found = (...ids: string[]): Promise<StoredResource[]> =>
  pastWall('finding', async () =>
    (await store.readMany(ids.map((id) => ({ type: 'Patient', id })))).filter((row) => row !== undefined),
  );
const shown = (rows: readonly (StoredResource | undefined)[]) => rows.map((row) => row?.id ?? null);

const injected = [
  'set role openics',
  'set session authorization openics',
  'set local row_security = off; select content from record.resource',
  'delete from record.resource',
  'truncate access.choice',
  'alter table record.resource disable row level security',
  'drop policy of_open_patients on record.resource',
  'select nhs_number from people.number_claim',
  'select id from feeds.message',
  'select key from platform.sealing_key',
  'select rolpassword from pg_authid',
  'delete from audit.event',
];

// Routes with a mistake planted in each.
app.get('/planted/forgets', { config: { access } }, async () => ({
  rows: (await store.patientRecord([ann, bob])).length,
}));
app.get('/planted/reads-another', { config: { access } }, async ({ viewing }) => {
  const [own] = await found('ann');
  await sightOf(viewing, store.sourcesOf, store.again)!.judges('read', [own!]);
  return { own: (await store.patientRecord([ann])).length, other: (await store.patientRecord([bob])).length };
});
app.get('/planted/shows-another', { config: { access } }, async ({ viewing }) => {
  const [own, other] = await found('ann', 'bob');
  const sight = sightOf(viewing, store.sourcesOf, store.again)!;
  await sight.judges('read', [own!]);
  return { rows: shown(await sight.again([own!, other!])) };
});
app.get('/planted/asks-in-the-name-of-another', { config: { access } }, async ({ viewing }) => {
  const [own, other] = await found('ann', 'bob');
  const sight = sightOf(viewing, store.sourcesOf, store.again)!;
  return { rows: shown(await sight.shows([own!, { ...other!, patientId: ann }], 'read')) };
});
app.get('/planted/facts-of-another', { config: { access } }, async ({ viewing }) => {
  const [own] = await found('ann');
  await sightOf(viewing, store.sourcesOf, store.again)!.judges('read', [own!]);
  const links = await currentLinks(db, [ann, bob]);
  return { rows: [...links.keys()] };
});
app.get('/planted/keeps-it-open', { config: { access } }, async () => {
  await pastWall('deciding', async () => openFor([ann]));
  return { own: (await store.patientRecord([ann])).length };
});
app.get('/planted/who', { config: { access } }, async () => ({
  as: await db.query('select current_user as name, current_setting($1, true) as open', ['app.patients']),
}));
app.get('/planted/injects', { config: { access } }, async ({ viewing }) => {
  const [own] = await found('ann');
  await sightOf(viewing, store.sourcesOf, store.again)!.judges('read', [own!]);
  const tried: string[] = [];
  for (const sql of injected) {
    tried.push(
      await db
        .transaction((tx) => tx.query(sql))
        .then(
          (rows) => `gave ${JSON.stringify(rows)}`,
          (error: unknown) => (error as Error).message,
        ),
    );
  }
  return { tried };
});

const ask = async <Body>(url: string) => (await home.ask<Body>(gp, 'GET', url)).body;

test('a reader that forgets to ask gets nothing', async () => {
  assert.deepEqual(await ask('/planted/forgets'), { rows: 0 });
});

test('a reader that asked about one person and reads another gets no row of the other', async () => {
  const { own, other } = await ask<{ own: number; other: number }>('/planted/reads-another');
  assert.ok(own > 0, 'what was permitted is read');
  assert.equal(other, 0);
});

test('a yes about one person shows nothing of another that was found beside', async () => {
  assert.deepEqual(await ask('/planted/shows-another'), { rows: ['ann', null] });
});

test('a yes that was asked with the id of the wrong patient shows no row', async () => {
  assert.deepEqual(await ask('/planted/asks-in-the-name-of-another'), { rows: ['ann', null] });
});

test('links and facts of another are closed too', async () => {
  assert.deepEqual(await ask('/planted/facts-of-another'), { rows: [ann] });
});

test('what goes past the wall to decide opens for the rest of the request', async () => {
  const { own } = await ask<{ own: number }>('/planted/keeps-it-open');
  assert.ok(own > 0);
});

test('requests run as the account that owns nothing, with nothing open at first', async () => {
  const { as } = await ask<{ as: { name: string; open: string }[] }>('/planted/who');
  assert.match(as[0]!.name, /_run$/);
  assert.equal(as[0]!.open, '{}');
});

test('SQL in a request behind the wall reaches no table of the owner, and takes nothing down', async () => {
  const { tried } = await ask<{ tried: string[] }>('/planted/injects');
  for (const [at, said] of tried.entries())
    assert.match(
      said,
      /42501|permission denied|must be owner|row-level security/,
      `${injected[at]}: ${said}`,
    );
  assert.equal(tried.length, injected.length);
});
