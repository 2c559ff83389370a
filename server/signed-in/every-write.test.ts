import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from '../../test/support/cookie-browser.ts';
import type { StagedEvent } from '../audit/index.ts';
import { admitDiary } from './diary.fixture.ts';
import { now, serveSignedIn } from './served.fixture.ts';
import { arrivalWrites } from './writes/arrivals.fixture.ts';
import { checkingWrites } from './writes/checking.fixture.ts';
import { caseId, identityWrites, sealedId } from './writes/identity.fixture.ts';
import { ownViewWrites } from './writes/own-view.fixture.ts';
import { recordWrites } from './writes/record.fixture.ts';
import { visitWrites } from './writes/visits.fixture.ts';
import { condition, type Ask, type Desk } from './writes/write.fixture.ts';

/**
 * Walks every route that writes: with the log out of reach nothing of it is stored, and else its event is stored by the transaction
 * that stores the fact, once. PostgreSQL says itself which transaction wrote a row (`xmin`).
 */
const undo: (() => Promise<void>)[] = [];
after(async () => {
  for (const work of undo.toReversed()) await work();
});
const scope = { after: (work: () => Promise<void>) => void undo.push(work) };
const { base, services, owner, routes, as, ada, registerAda } = await serveSignedIn(scope);
const { db, store } = services;
const json = 'application/json';

const browsers = new Map<string, Browser>();
const browserOf = async (who: string): Promise<Browser> => {
  const known = browsers.get(who) ?? (await as(who));
  browsers.set(who, known);
  return known;
};

async function send({ who, method, url, body, type = json }: Ask): Promise<Response> {
  const visitor = await browserOf(who);
  return fetch(`${base}${url}`, {
    method,
    redirect: 'manual',
    headers: {
      cookie: visitor.cookiesAt(url),
      origin: base,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

const patientIds = new Map<string, string>();
const desk: Desk = {
  db,
  person: ada.person,
  patientOf: (id) => patientIds.get(id)!,
  send,
  signInAgain: async (who) => void (await as(who)),
};
const writes = [
  ...ownViewWrites(desk),
  ...checkingWrites(desk),
  ...identityWrites(desk),
  ...arrivalWrites(desk),
  ...recordWrites,
  ...visitWrites(desk),
];

/** Routes that are no GET and store nothing of anybody, or are shown to be on record elsewhere. */
const others: readonly { routes: RegExp; because: string }[] = [
  {
    routes: /^POST \/api\/(?:people\/search|privacy\/people|(?:organisations|areas)\/find)$/,
    because: 'It searches.',
  },
  {
    routes: /^POST \/fhir\/(?:.*\/)?(?:_search|:operation.*)$/,
    because: 'It searches, or works something out.',
  },
  { routes: /^DELETE \/fhir\/:operation/, because: 'It ends an export of one’s own, and its files.' },
  { routes: /^POST \/\*$/, because: 'It is a page: it asks these routes in the reader’s name.' },
  {
    routes: /^(?:PUT|PATCH|DELETE) \/fhir\/:type$/,
    because: 'It finds what it changes, then goes the same way.',
  },
  {
    routes: /^\S+ \/demonstration\/identity/,
    because: 'It is the made-up provider, which no real system has.',
  },
  {
    routes: /^\S+ \/oauth/,
    because: 'A library asks for tokens: apps.test.ts and programs.test.ts follow it, and a test below.',
  },
  {
    routes: /^(?:POST|DELETE) \/api\/(?:app-requests\/:uid|visits\/apps\/:id)$/,
    because: 'It needs an app that asks: apps.test.ts has it.',
  },
  {
    routes: /^POST \/audit\/witness\/add-checkpoint$/,
    because: 'It is the log’s own: two logs that put each other’s closings on record would never be quiet.',
  },
];

const nothing = (): void => undefined;
const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-every-write-'));
undo.push(() => rm(folder, { recursive: true }));

before(async () => {
  const source = { source: 'urn:openics:source:ZZ0001', channel: 'import', agent: 'test' } as const;
  const people = [
    ['ben', 'Okafor', '1961-05-02', '9990000026'],
    ['bo', 'Rook', '1971-06-03', undefined],
    ['bea', 'Finch', '1982-07-04', undefined],
  ] as const;
  const puts = people.map(([id, family, birthDate, number]) => ({
    resourceType: 'Patient',
    id,
    name: [{ family, given: [id] }],
    birthDate,
    ...(number === undefined
      ? {}
      : { identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: number }] }),
  }));
  const told = {
    resourceType: 'DocumentReference',
    id: 'told',
    status: 'current',
    subject: { reference: 'Patient/ada' },
    content: [{ attachment: { contentType: 'text/plain', title: 'A letter' } }],
  };
  const written = await store.write(
    [...puts, told].map((resource) => ({
      kind: 'put' as const,
      type: resource.resourceType,
      id: resource.id!,
      resource,
    })),
    source,
  );
  for (const { stored } of written) patientIds.set(stored.id, stored.patientId);
  for (const [id, queue, about] of [
    [caseId, 'ordinary', 'bo'],
    [sealedId, 'sealed', 'bea'],
  ] as const)
    await db.query(
      `insert into people.review (case_id, patient_id, candidates, queue, reasons, model, twice, state, opened)
       values ($1, $2, '[]', $3, '[]', 'test', false, 'waiting', $4)`,
      [id, patientIds.get(about), queue, now],
    );
  const file = path.join(folder, 'wrong.ndjson');
  const wrong = { ...condition('Hay fever', 'hay-fever'), onsetDateTime: 'some day' };
  await writeFile(file, `${JSON.stringify(wrong)}\n${JSON.stringify({ ...wrong, id: 'other' })}\n`);
  await services.importer.run({
    paths: [file],
    agent: 'test',
    source: source.source,
    progress: { found: nothing, bytes: nothing, stored: nothing, note: nothing },
  });
  await registerAda();
  await admitDiary(db, ['launch', 'patient/Condition.rs']);
  for (const who of new Set([
    'ada',
    'ben',
    'gp',
    'other-gp',
    'privacy',
    'guardian',
    'admin',
    'records',
    'keeper',
    'two',
  ]))
    await browserOf(who);
  // Nothing is given its place meanwhile, so that what is staged can be looked at.
  const [locked, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = db.transaction(async (tx) => {
    await tx.query('select 1 from audit.log for update');
    locked.resolve();
    await done.promise;
  });
  undo.push(async () => {
    done.resolve();
    await held;
  });
  await locked.promise;
});

type Staged = { xmin: string; events: StagedEvent[] };
const rowsOf = async (table: string): Promise<Map<string, string>> => {
  const rows = await db.query<{ xmin: string; row: string }>(
    `select t.xmin::text as xmin, md5(t::text) as row from ${table} t`,
  );
  return new Map(rows.map(({ xmin, row }) => [`${xmin} ${row}`, xmin]));
};
const staged = async (): Promise<Staged[]> =>
  (
    await db.query<{ xmin: string; events: string }>('select xmin::text as xmin, events from audit.staged')
  ).map(({ xmin, events }) => ({ xmin, events: JSON.parse(events) as StagedEvent[] }));

for (const { route, fact, ask, kinds, status, keep } of writes)
  test(`${route}: the fact in ${fact} and its event are there together or not at all`, async (t) => {
    const asked = await ask();
    const before_ = await rowsOf(fact);
    const told = t.mock.method(console, 'error', () => undefined);
    await owner.query('alter table audit.staged rename to staged_away');
    const refused = await send(asked).finally(() =>
      owner.query('alter table audit.staged_away rename to staged'),
    );
    told.mock.restore();
    assert.ok(!refused.ok, `${refused.status} ${await refused.text()}`);
    assert.deepEqual(await rowsOf(fact), before_, 'nothing was stored without its event');

    const known = new Set((await staged()).map(({ xmin }) => xmin));
    const answer = await send(asked);
    const body = await answer.text();
    assert.equal(status ?? (answer.ok ? answer.status : 200), answer.status, body);
    const fresh = (await staged()).filter(({ xmin }) => !known.has(xmin));
    assert.deepEqual(
      fresh.flatMap(({ events }) => events.map(({ event }) => event.kind)).sort(),
      [...kinds].sort(),
    );
    const after_ = await rowsOf(fact);
    const changed = [...after_].filter(([row]) => !before_.has(row)).map(([, xmin]) => xmin);
    assert.notDeepEqual(after_, before_, 'something was stored');
    const own = fresh.find(({ events }) => events.some(({ event }) => event.kind !== 'read'))!.xmin;
    assert.ok(
      changed.every((xmin) => xmin === own),
      'by the transaction that stored its event',
    );
    keep?.(JSON.parse(body) as never);
  });

test('every route that may write is walked here, or it is said why not', () => {
  const walked = new Set(writes.map(({ route }) => route));
  const known = routes.map(({ method, url }) => `${method} ${url}`);
  const left = known.filter(
    (route) =>
      !/^(?:GET|HEAD|OPTIONS|TRACE) /.test(route) &&
      !walked.has(route) &&
      !others.some((other) => other.routes.test(route)),
  );
  assert.deepEqual(left.sort(), []);
  assert.deepEqual(
    [...walked].filter((route) => !known.includes(route)),
    [],
  );
  for (const { routes: some, because } of others)
    assert.ok(
      known.some((route) => some.test(route)),
      `no route any more: ${because}`,
    );
});
