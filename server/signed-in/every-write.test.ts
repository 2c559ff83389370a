import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { admitClient } from '../access/sign-in/index.ts';
import type { Browser } from '../../test/support/cookie-browser.ts';
import type { StagedEvent } from '../audit/index.ts';
import { quiet } from '../record/import/made-up.ts';
import { now, serveSignedIn } from './served.fixture.ts';

/**
 * Walks every route that writes: with the log out of reach nothing of it is stored, and else its event is stored by the transaction
 * that stores the fact, once. PostgreSQL says itself which transaction wrote a row (`xmin`).
 */
const undo: (() => Promise<void>)[] = [];
after(async () => {
  for (const work of undo.toReversed()) await work();
});
const scope = { after: (work: () => Promise<void>) => void undo.push(work) };
const { base, services, routes, as, ada, registerAda } = await serveSignedIn(scope);
const { db, store } = services;
const json = 'application/json';
const fhir = 'application/fhir+json';

const browsers = new Map<string, Browser>();
const browserOf = async (who: string): Promise<Browser> => {
  const known = browsers.get(who) ?? (await as(who));
  browsers.set(who, known);
  return known;
};

type Ask = { who: string; method: string; url: string; body?: unknown; type?: string };

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

/** One write: its route, the table that holds the fact, what is asked, and the kinds of its events. */
type Write = {
  route: string;
  fact: string;
  ask: () => Ask | Promise<Ask>;
  kinds: string[];
  status?: number;
  /** Takes what later writes need from the answer. */
  keep?: (body: never) => void;
};

let [code, copy, choice, decision, message, item, glass, question, correction, wish, visit] = Array.from(
  { length: 11 },
  () => '',
);
const [bo, bea] = ['bo', 'bea'];
const patientIds: Record<string, string> = {};
const caseId = '0198a000-0000-7000-8000-0000000000c1';
const sealedId = '0198a000-0000-7000-8000-0000000000c2';

const mine = (method: string, url: string, body?: unknown): Ask => ({
  who: 'ada',
  method,
  url: `/api/mine/${url}`,
  body,
});
const by = (who: string, method: string, url: string, body?: unknown): Ask => ({ who, method, url, body });
const condition = (text: string, id?: string) => ({
  resourceType: 'Condition',
  ...(id !== undefined && { id }),
  subject: { reference: 'Patient/ada' },
  code: { text },
});
const hl7 = 'MSH|^~\\&|APP|RX1|ICS|ICS|20260301||ADT^A28|m1|P|2.4\rPID|1';
const why = { reviewer: 'AB', reason: 'Confirmed by phone' };
const twoOf = () => ({ patientId: patientIds[bo], otherId: patientIds[bea], ...why });
const replaced = () => ({ losing: patientIds[bo], surviving: patientIds[bea], source: 'urn:openics:test' });

const writes: Write[] = [
  // What a person chooses and asks for.
  {
    route: 'POST /api/mine/choices',
    fact: 'access.choice',
    ask: () => mine('POST', 'choices', { kind: 'type-1-opt-out' }),
    kinds: ['update'],
  },
  {
    route: 'POST /api/mine/choices/end',
    fact: 'access.choice',
    ask: () => mine('POST', 'choices/end', { kind: 'type-1-opt-out' }),
    kinds: ['update'],
  },
  {
    route: 'POST /api/mine/seals',
    fact: 'access.seal',
    ask: () => mine('POST', 'seals', { type: 'Condition', id: 'asthma' }),
    kinds: ['update'],
  },
  {
    route: 'POST /api/mine/seals/end',
    fact: 'access.seal',
    ask: () => mine('POST', 'seals/end', { type: 'Condition', id: 'asthma' }),
    kinds: ['update'],
  },
  {
    route: 'POST /api/mine/wishes',
    fact: 'own_view.wish',
    ask: () => mine('POST', 'wishes', { kind: 'adjustment', code: 'quiet-place' }),
    kinds: ['update'],
  },
  {
    route: 'POST /api/mine/wishes/:id/end',
    fact: 'own_view.wish',
    async ask() {
      const { wishes } = (await (await send(mine('GET', 'wishes'))).json()) as {
        wishes: { wishId: string }[];
      };
      wish = wishes[0]!.wishId;
      return mine('POST', `wishes/${wish}/end`);
    },
    kinds: ['update'],
  },
  {
    route: 'POST /api/mine/questions',
    fact: 'own_view.question',
    ask: () => mine('POST', 'questions', { says: 'Who was this?' }),
    kinds: ['create'],
    keep: (body: { questionId: string }) => (question = body.questionId),
  },
  {
    route: 'POST /api/questions/:id/answer',
    fact: 'own_view.question',
    ask: () =>
      by('privacy', 'POST', `/api/questions/${question}/answer`, {
        finding: 'explained',
        answer: 'Your practice nurse.',
      }),
    kinds: ['decision'],
  },
  {
    route: 'POST /api/mine/corrections',
    fact: 'own_view.correction',
    ask: () =>
      mine('POST', 'corrections', {
        type: 'Condition',
        id: 'asthma',
        title: 'Asthma',
        wrong: 'I never had it',
        should: 'Nothing',
      }),
    kinds: ['create'],
    keep: (body: { correctionId: string }) => (correction = body.correctionId),
  },
  {
    route: 'POST /api/corrections/:id/answer',
    fact: 'own_view.correction',
    ask: () =>
      by('gp', 'POST', `/api/corrections/${correction}/answer`, {
        state: 'not-changed',
        answer: 'It was measured.',
      }),
    kinds: ['decision'],
  },
  {
    route: 'POST /api/mine/copies',
    fact: 'own_view.copy',
    ask: () => mine('POST', 'copies'),
    kinds: ['create'],
    keep: (body: { copyId: string }) => (copy = body.copyId),
  },
  {
    route: 'POST /api/copies/:id/checks',
    fact: 'own_view.copy_check',
    async ask() {
      const answer = await send(by('guardian', 'GET', `/api/copies/${copy}`));
      const { entries } = (await answer.json()) as {
        entries: { type: string; id: string; version: number; lines: unknown }[];
      };
      const { type, id, version } = entries.find(({ lines }) => lines !== null)!;
      return by('guardian', 'POST', `/api/copies/${copy}/checks`, { type, id, version, gives: true });
    },
    // Who decides on an entry reads it.
    kinds: ['decision', 'read'],
  },
  {
    route: 'POST /api/copies/:id/release',
    fact: 'own_view.copy',
    async ask() {
      const answer = await send(by('privacy', 'GET', `/api/copies/${copy}`));
      const { entries } = (await answer.json()) as {
        entries: { type: string; id: string; version: number }[];
      };
      for (const { type, id, version } of entries)
        await db.query(
          `insert into own_view.copy_check (copy_id, resource_type, resource_id, version, gives, decided, decided_by)
           values ($1, $2, $3, $4, true, $5, 'test')
           on conflict do nothing`,
          [copy, type, id, version, now],
        );
      return by('privacy', 'POST', `/api/copies/${copy}/release`);
    },
    kinds: ['decision'],
  },
  {
    route: 'POST /api/mine/people/invitations',
    fact: 'own_view.invitation',
    ask: () => mine('POST', 'people/invitations', { classes: 'all' }),
    kinds: ['create'],
  },
  {
    route: 'POST /api/mine/people/invitations/:id/end',
    fact: 'own_view.invitation',
    async ask() {
      const { invitations } = (await (await send(mine('GET', 'people'))).json()) as {
        invitations: { invitationId: string }[];
      };
      return mine('POST', `people/invitations/${invitations[0]!.invitationId}/end`);
    },
    kinds: ['update'],
  },
  {
    route: 'POST /api/mine/people/invitations',
    fact: 'own_view.invitation',
    ask: () => mine('POST', 'people/invitations', { classes: 'all' }),
    kinds: ['create'],
    keep: (body: { code: string }) => (code = body.code),
  },
  {
    route: 'POST /api/mine/people/accept',
    fact: 'access.proxy',
    ask: () => by('ben', 'POST', '/api/mine/people/accept', { code }),
    kinds: ['create'],
  },
  {
    route: 'POST /api/mine/people/end',
    fact: 'access.proxy',
    async ask() {
      const { forMe } = (await (await send(mine('GET', 'people'))).json()) as { forMe: { proxy: string }[] };
      return mine('POST', 'people/end', { proxy: forMe[0]!.proxy });
    },
    kinds: ['update'],
  },
  // Strangers, broken glasses and what an officer finds.
  {
    route: 'POST /api/people/identify',
    fact: 'access.wrong_pair',
    ask: () =>
      by('other-gp', 'POST', '/api/people/identify', { nhsNumber: '9990000018', born: '1950-03-02' }),
    status: 404,
    kinds: ['search'],
  },
  {
    route: 'POST /api/glass',
    fact: 'access.glass',
    ask: () => by('other-gp', 'POST', '/api/glass', { person: ada.person, reason: 'Unconscious' }),
    kinds: ['break-glass'],
  },
  {
    route: 'DELETE /api/glass/:person',
    fact: 'access.glass',
    ask: () => by('other-gp', 'DELETE', `/api/glass/${ada.person}`),
    kinds: ['operate'],
  },
  {
    route: 'POST /api/privacy/glass/:id/review',
    fact: 'access.glass_review',
    async ask() {
      const { uses } = (await (await send(by('privacy', 'GET', '/api/privacy/glass'))).json()) as {
        uses: { id: string }[];
      };
      glass = uses[0]!.id;
      return by('privacy', 'POST', `/api/privacy/glass/${glass}/review`, {
        outcome: 'justified',
        reason: 'The ambulance sheet says the same',
      });
    },
    kinds: ['decision'],
  },
  {
    route: 'POST /api/privacy/glass/:id/delay',
    fact: 'access.recorded_decision',
    ask: () => by('privacy', 'POST', `/api/privacy/glass/${glass}/delay`, { reason: 'Letters are read' }),
    kinds: ['decision'],
  },
  {
    route: 'POST /api/privacy/odd',
    fact: 'access.odd_note',
    ask: () =>
      by('privacy', 'POST', '/api/privacy/odd', {
        user: 'demonstration:other-gp',
        person: ada.person,
        upTo: 9,
        state: 'asked',
        note: 'Written to the practice',
      }),
    kinds: ['decision'],
  },
  {
    route: 'POST /api/relationships/claims',
    fact: 'access.relationship',
    ask: () =>
      by('other-gp', 'POST', '/api/relationships/claims', { person: ada.person, reason: 'In my clinic' }),
    kinds: ['create'],
  },
  // Who is who.
  {
    route: 'POST /api/identity/merge',
    fact: 'people.tie',
    ask: () => by('keeper', 'POST', '/api/identity/merge', twoOf()),
    kinds: ['link', 'link'],
    keep: (body: { decision: number }) => (decision = String(body.decision)),
  },
  {
    route: 'POST /api/identity/take-back',
    fact: 'people.tie',
    ask: () =>
      by('keeper', 'POST', '/api/identity/take-back', {
        patientId: patientIds[bo],
        decision: Number(decision),
        ...why,
      }),
    kinds: ['link', 'link'],
  },
  {
    route: 'POST /api/identity/supersede',
    fact: 'people.tie',
    ask: () => by('keeper', 'POST', '/api/identity/supersede', replaced()),
    kinds: ['link', 'link'],
  },
  {
    route: 'POST /api/identity/unlink',
    fact: 'people.tie',
    ask: () => by('keeper', 'POST', '/api/identity/unlink', { patientId: patientIds[bo], ...why }),
    kinds: ['link', 'link'],
  },
  {
    route: 'POST /api/identity/unsupersede',
    fact: 'people.tie',
    ask: () => by('keeper', 'POST', '/api/identity/unsupersede', replaced()),
    kinds: ['link', 'link'],
  },
  {
    route: 'POST /api/identity/cases/:id/opinions',
    fact: 'people.opinion',
    ask: () =>
      by('keeper', 'POST', `/api/identity/cases/${caseId}/opinions`, { ...why, verdict: 'cannot-tell' }),
    kinds: ['link'],
  },
  {
    route: 'POST /api/identity/sealed/:id/looks',
    fact: 'people.sealed_look',
    ask: () => by('keeper', 'POST', `/api/identity/sealed/${sealedId}/looks`, why),
    kinds: ['operate'],
  },
  {
    route: 'POST /api/identity/sealed/:id/opinions',
    fact: 'people.opinion',
    ask: () =>
      by('keeper', 'POST', `/api/identity/sealed/${sealedId}/opinions`, { ...why, verdict: 'cannot-tell' }),
    kinds: ['link'],
  },
  // What partners send, and what waits.
  {
    route: 'POST /feeds/hl7v2',
    fact: 'feeds.message',
    ask: () => ({ ...by('records', 'POST', '/feeds/hl7v2', hl7), type: 'application/hl7-v2+er7' }),
    status: 422,
    kinds: ['create'],
  },
  {
    route: 'PUT /api/feeds/:id',
    fact: 'feeds.feed',
    async ask() {
      const [row] = await db.query<{ id: string }>('select id from feeds.feed limit 1');
      return by('admin', 'PUT', `/api/feeds/${row!.id}`, { expectedHours: 24 });
    },
    kinds: ['update'],
  },
  {
    route: 'PUT /api/feeds/messages/:id',
    fact: 'feeds.message',
    async ask() {
      const [row] = await db.query<{ id: string }>(`select id from feeds.message where state = 'dead'`);
      message = row!.id;
      return by('records', 'PUT', `/api/feeds/messages/${message}`, { text: hl7 });
    },
    kinds: ['update'],
  },
  {
    route: 'POST /api/feeds/messages/:id/replay',
    fact: 'feeds.message',
    ask: () => by('records', 'POST', `/api/feeds/messages/${message}/replay`),
    kinds: ['update'],
  },
  {
    route: 'POST /api/feeds/messages/:id/dismiss',
    fact: 'feeds.message',
    ask: () => by('records', 'POST', `/api/feeds/messages/${message}/dismiss`),
    kinds: ['update'],
  },
  {
    route: 'PUT /api/quarantine/:id',
    fact: 'record.quarantine',
    async ask() {
      const rows = await db.query<{ id: string }>('select id from record.quarantine order by id');
      [item, choice] = rows.map(({ id }) => id) as [string, string];
      return by('records', 'PUT', `/api/quarantine/${item}`, {
        text: JSON.stringify(condition('Hay fever', 'hay-fever')),
      });
    },
    kinds: ['update'],
  },
  {
    route: 'POST /api/quarantine/:id/replay',
    fact: 'record.quarantine',
    ask: () => by('records', 'POST', `/api/quarantine/${item}/replay`),
    kinds: ['update'],
  },
  {
    route: 'POST /api/quarantine/:id/dismiss',
    fact: 'record.quarantine',
    ask: () => by('records', 'POST', `/api/quarantine/${choice}/dismiss`),
    kinds: ['update'],
  },
  // The record. `writes-on-record.test.ts` has more of it.
  {
    route: 'POST /fhir/:type',
    fact: 'record.resource',
    ask: () => ({ ...by('gp', 'POST', '/fhir/Condition', condition('Eczema')), type: fhir }),
    kinds: ['create'],
  },
  {
    route: 'PUT /fhir/:type/:id',
    fact: 'record.resource',
    ask: () => ({
      ...by('gp', 'PUT', '/fhir/Condition/asthma', condition('Asthma, mild', 'asthma')),
      type: fhir,
    }),
    kinds: ['update'],
  },
  {
    route: 'PATCH /fhir/:type/:id',
    fact: 'record.resource',
    ask: () => ({
      ...by('gp', 'PATCH', '/fhir/Condition/asthma', [
        { op: 'replace', path: '/code/text', value: 'Asthma' },
      ]),
      type: 'application/json-patch+json',
    }),
    kinds: ['update'],
  },
  {
    route: 'POST /fhir',
    fact: 'record.resource',
    ask: () => ({
      ...by('gp', 'POST', '/fhir', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ request: { method: 'POST', url: 'Condition' }, resource: condition('Migraine') }],
      }),
      type: fhir,
    }),
    kinds: ['create'],
  },
  {
    route: 'DELETE /fhir/:type/:id',
    fact: 'record.resource',
    ask: () => by('gp', 'DELETE', '/fhir/Condition/asthma'),
    kinds: ['delete'],
  },
  // Signing in. Each ends what the others need, so the last is last.
  {
    route: 'POST /api/apps/:clientId/launches',
    fact: 'access.oauth_item',
    ask: () => by('gp', 'POST', '/api/apps/asthma-diary/launches', { patient: 'ada' }),
    // Whose record it is opened for is looked up in the name of whoever opens it.
    kinds: ['decision', 'read'],
  },
  {
    route: 'PUT /api/session/role',
    fact: 'access.session',
    ask: () => by('two', 'PUT', '/api/session/role', { role: '2' }),
    kinds: ['decision'],
  },
  {
    route: 'DELETE /api/visits/:id',
    fact: 'access.session',
    async ask() {
      if (visit === '') {
        await as('two');
        const { visits } = (await (await send(by('two', 'GET', '/api/visits'))).json()) as {
          visits: { id: string; isThis: boolean }[];
        };
        visit = visits.find(({ isThis }) => !isThis)!.id;
      }
      return by('two', 'DELETE', `/api/visits/${visit}`);
    },
    kinds: ['sign-out'],
  },
  {
    route: 'DELETE /api/session',
    fact: 'access.session',
    ask: () => by('two', 'DELETE', '/api/session'),
    kinds: ['sign-out'],
  },
  {
    route: 'DELETE /api/session/everywhere',
    fact: 'access.session',
    ask: () => by('gp', 'DELETE', '/api/session/everywhere'),
    kinds: ['sign-out'],
  },
];

/** Routes that are no GET and store nothing of anybody, or are shown to be on record elsewhere. */
const others: readonly { routes: RegExp; because: string }[] = [
  { routes: /^POST \/api\/(?:people\/search|privacy\/people|(?:organisations|areas)\/find)$/, because: 'It searches.' },
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

const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-every-write-'));
undo.push(() => rm(folder, { recursive: true }));

before(async () => {
  const source = { source: 'urn:openics:source:ZZ0001', channel: 'import', agent: 'test' } as const;
  const people = [
    ['ben', 'Okafor', '1961-05-02', '9990000026'],
    [bo, 'Rook', '1971-06-03', undefined],
    [bea, 'Finch', '1982-07-04', undefined],
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
  for (const { stored } of written) patientIds[stored.id] = stored.patientId;
  for (const [id, queue, about] of [
    [caseId, 'ordinary', bo],
    [sealedId, 'sealed', bea],
  ] as const)
    await db.query(
      `insert into people.review (case_id, patient_id, candidates, queue, reasons, model, twice, state, opened)
       values ($1, $2, '[]', $3, '[]', 'test', false, 'waiting', $4)`,
      [id, patientIds[about], queue, now],
    );
  const file = path.join(folder, 'wrong.ndjson');
  const wrong = { ...condition('Hay fever', 'hay-fever'), onsetDateTime: 'some day' };
  await writeFile(file, `${JSON.stringify(wrong)}\n${JSON.stringify({ ...wrong, id: 'other' })}\n`);
  await services.importer.run({ paths: [file], agent: 'test', source: source.source, progress: quiet });
  await registerAda();
  await db.transaction((tx) =>
    admitClient(
      tx,
      {
        clientId: 'asthma-diary',
        name: 'Asthma diary',
        kind: 'app',
        organisation: 'ZZ0001',
        registration: { redirect_uris: ['http://127.0.0.1:9/back'], launch_uri: 'http://127.0.0.1:9/launch' },
        scopes: ['launch', 'patient/Condition.rs'],
        registeredBy: 'test',
        from: now,
        to: undefined,
      },
      undefined,
      { by: 'test', at: now },
    ),
  );
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
    await db.query('alter table audit.staged rename to staged_away');
    const refused = await send(asked).finally(() =>
      db.query('alter table audit.staged_away rename to staged'),
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
