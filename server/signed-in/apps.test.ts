import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as openid from 'openid-client';
import { state as stateFact } from '../access/index.ts';
import type { Browser } from '../../test/support/cookie-browser.ts';
import { searchEvents } from '../audit/index.ts';
import { admitDiary, diaryId } from './diary.fixture.ts';
import { now, serveSignedIn } from './served.fixture.ts';

const { base, services, log, as, organisation, ada, registerAda } = await serveSignedIn();
const { db } = services;
const back = 'http://127.0.0.1:9/back';
const category = 'http://terminology.hl7.org/CodeSystem/observation-category';
const onlyLaboratory = `patient/Observation.crus?category=${category}|laboratory`;
const scopes = ['launch/patient', 'patient/Patient.r', 'patient/Condition.rs', 'patient/Observation.crus'];
await admitDiary(db, ['launch', ...scopes], back);

await registerAda();

/** The whole way of an app in a foreign library, with the page on which somebody allows it. Gives its token and answer. */
async function allow(visitor: Browser, wanted: string[], more: Record<string, string> = {}) {
  const said = await (await fetch(`${base}/fhir/.well-known/smart-configuration`)).json();
  const config = new openid.Configuration(said as openid.ServerMetadata, diaryId);
  openid.allowInsecureRequests(config);
  const [verifier, state] = [openid.randomPKCECodeVerifier(), openid.randomState()];
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: back,
    scope: wanted.join(' '),
    state,
    aud: `${base}/fhir`,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  });
  const asked = await visitor.getOnly(`${url.pathname}${url.search}`);
  const page = asked.headers.get('location') as string;
  const shown = await (await visitor.getOnly(page)).text();
  const form = new URLSearchParams([['answer', 'allow']]);
  for (const scope of wanted) form.append('scope', scope);
  if (shown.includes('Whose record?')) form.append('nhsNumber', '9990000018');
  const answered = await fetch(new URL(page, base), {
    method: 'POST',
    headers: { cookie: visitor.cookiesAt(page), origin: base },
    body: form,
  });
  const text = await answered.text();
  const next = /"0;url=([^"]+)"/.exec(text)?.[1];
  if (next === undefined) return { shown, text, tokens: undefined };
  const came = await visitor.getOnly(next);
  const tokens = await openid.authorizationCodeGrant(
    config,
    new URL(came.headers.get('location') as string),
    {
      pkceCodeVerifier: verifier,
      expectedState: state,
    },
  );
  return { shown, text, tokens };
}

const byToken = (token: string, path: string, init: RequestInit = {}) =>
  fetch(`${base}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });

test('a resident allows an app to read conditions: it reads them, and nothing else, and writes nothing', async () => {
  const { shown, tokens } = await allow(await as('ada'), ['launch/patient', 'patient/Condition.rs']);
  assert.match(shown, /Allow Asthma diary to see this\?/);
  assert.match(shown, /See health conditions of this person/);
  assert.match(shown, /Ada Okafor/);
  const token = tokens!.access_token;
  assert.equal(tokens!['patient'], 'ada');
  assert.equal((await byToken(token, '/fhir/Condition/asthma')).status, 200);
  assert.notEqual((await byToken(token, '/fhir/Patient/ada')).status, 200);
  const found = (await (await byToken(token, '/fhir/Condition?patient=ada')).json()) as { total?: number };
  assert.equal(found.total, 1);
  const written = await byToken(token, '/fhir/Condition/asthma', {
    method: 'PUT',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Condition', id: 'asthma', subject: { reference: 'Patient/ada' } }),
  });
  assert.ok(written.status >= 400, String(written.status));
});

test('an app asks by FHIR alone: it changes no choice, lets nobody in, breaks no glass and takes no copy for its user', async () => {
  const [resident, doctor] = [
    await allow(await as('ada'), ['launch/patient', 'patient/Condition.rs']),
    await allow(await as('gp'), ['launch/patient', 'patient/Condition.rs']),
  ];
  const tries: [string, string, object?][] = [
    ['GET', '/api/mine/record'],
    ['GET', '/api/mine/who-looked'],
    ['POST', '/api/mine/copies'],
    ['POST', '/api/mine/choices', { kind: 'objects-to-sharing' }],
    ['POST', '/api/mine/people/invitations', { classes: 'all' }],
    ['GET', `/api/people/${ada.person}/record`],
    ['POST', '/api/glass', { person: ada.person, reason: 'An app says so' }],
    ['POST', '/api/relationships/claims', { person: ada.person, reason: 'An app says so' }],
  ];
  for (const { tokens } of [resident, doctor])
    for (const [method, path, body] of tries) {
      const headers = { 'content-type': 'application/json' };
      const sent = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
      const answer = await byToken(tokens!.access_token, path, sent);
      const { code } = (await answer.json()) as { code?: string };
      assert.deepEqual([answer.status, code], [403, 'access/app-by-fhir'], `${method} ${path}`);
    }
});

/** A measurement of Ada of a category. */
const reading = (id: string, code: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [{ coding: [{ system: category, code }] }],
  code: { text: 'A measurement' },
  subject: { reference: 'Patient/ada' },
});

test('a scope with a query opens what the query finds, in searches, counts and by address, and nothing else', async () => {
  const found = [reading('potassium', 'laboratory'), reading('pulse', 'vital-signs')];
  await services.store.write(
    found.map((resource) => ({ kind: 'put', type: 'Observation', id: resource.id, resource })),
    { source: 'urn:openics:source:ZZ0001', channel: 'import', agent: 'test' },
  );
  const idsFound = async (token: string, query: string) => {
    const bundle = (await (await byToken(token, `/fhir/Observation?${query}`)).json()) as {
      total?: number;
      entry?: { resource: { id: string } }[];
    };
    assert.equal(bundle.total, bundle.entry?.length ?? 0);
    return (bundle.entry ?? []).map(({ resource }) => resource.id).toSorted();
  };
  const whole = await allow(await as('gp'), ['launch/patient', 'patient/Observation.crus']);
  assert.deepEqual(await idsFound(whole.tokens!.access_token, 'patient=ada&_total=accurate'), [
    'potassium',
    'pulse',
  ]);
  const { shown, tokens } = await allow(await as('gp'), ['launch/patient', onlyLaboratory]);
  assert.match(shown, /only: category laboratory/);
  const token = tokens!.access_token;
  assert.deepEqual(await idsFound(token, 'patient=ada&_total=accurate'), ['potassium']);
  assert.deepEqual(await idsFound(token, `patient=ada&category=vital-signs&_total=accurate`), []);
  assert.equal((await byToken(token, '/fhir/Observation/potassium')).status, 200);
  assert.equal((await byToken(token, '/fhir/Observation/pulse')).status, 403);
  const history = await (await byToken(token, '/fhir/Observation/pulse/_history')).text();
  assert.doesNotMatch(history, /vital-signs/);
  const graphql = await byToken(token, '/fhir/$graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/graphql' },
    body: '{ ObservationList(patient: "ada") { id } }',
  });
  assert.doesNotMatch(await graphql.text(), /pulse/);
  const store = (code: string) => {
    const { id: _, ...resource } = reading('', code);
    return byToken(token, '/fhir/Observation', {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(resource),
    });
  };
  assert.equal((await store('vital-signs')).status, 403);
  assert.equal((await store('laboratory')).status, 201);
});

test('whoever may write something may say with X-Provenance how it came about, of that and of nobody else', async () => {
  const visitor = await as('gp');
  const send = (told: Record<string, unknown>) =>
    fetch(`${base}/fhir/Condition`, {
      method: 'POST',
      headers: {
        cookie: visitor.cookiesAt('/fhir'),
        origin: base,
        'content-type': 'application/fhir+json',
        'x-provenance': JSON.stringify({
          resourceType: 'Provenance',
          recorded: '2026-03-01T10:00:00Z',
          agent: [{ who: { display: 'A letter from the hospital' } }],
          ...told,
        }),
      },
      body: JSON.stringify({
        resourceType: 'Condition',
        subject: { reference: 'Patient/ada' },
        code: { text: 'Hay fever' },
      }),
    });
  const stored = await send({});
  const { id } = (await stored.json()) as { id: string };
  assert.equal(stored.status, 201);
  const kept = await services.search.search(db, {
    type: 'Provenance',
    query: [['target', `Condition/${id}`]],
    handling: 'strict',
    baseUrl: `${base}/fhir`,
  });
  assert.equal(kept.matches.length, 1);
  const ofAnother = await send({
    patient: undefined,
    entity: [{ role: 'source', what: { reference: 'Patient/ben' } }],
  });
  assert.ok(ofAnother.status >= 400 && ofAnother.status < 500, String(ofAnother.status));
});

test('an app sees no more than its user: who may not see Ada cannot open an app about her', async () => {
  const { text, tokens } = await allow(await as('other-gp'), ['launch/patient', 'patient/Patient.r']);
  assert.equal(tokens, undefined);
  assert.match(text, /cannot find anybody with this NHS number/);
});

test('an app that was allowed stands in the audit log, and so does what it read', async () => {
  const { tokens } = await allow(await as('ada'), ['launch/patient', 'patient/Condition.rs']);
  assert.equal((await byToken(tokens!.access_token, '/fhir/Condition/asthma')).status, 200);
  await log.placeAll();
  const events = await searchEvents(db, { user: 'demonstration-resident:ada', limit: 50 });
  assert.ok(events.some(({ event }) => event.kind === 'read' && event.resource === 'Condition'));
  assert.ok(events.length > 2);
});

test('somebody sees what they allowed to apps, and ends it: its token opens nothing from then on', async () => {
  const visitor = await as('ada');
  const { tokens } = await allow(visitor, ['launch/patient', 'patient/Condition.rs']);
  const told = (await visitor.json('/api/visits')) as unknown as {
    visits: { id: string; isThis: boolean }[];
    apps: { id: string; visit: string; name: string; says: string[] }[];
  };
  const here = told.visits.find(({ isThis }) => isThis)!;
  const mine = told.apps.filter(({ visit }) => visit === here.id);
  assert.deepEqual(
    mine.map(({ name, says }) => [name, says]),
    [['Asthma diary', ['See health conditions of this person']]],
  );
  const stranger = await as('gp');
  assert.equal((await stranger.send('DELETE', `/api/visits/apps/${mine[0]!.id}`)).status, 404);
  assert.equal((await byToken(tokens!.access_token, '/fhir/Condition/asthma')).status, 200);
  assert.equal((await visitor.send('DELETE', `/api/visits/apps/${mine[0]!.id}`)).status, 204);
  assert.equal((await byToken(tokens!.access_token, '/fhir/Condition/asthma')).status, 401);
});

test('a token that ended, or never was, opens nothing', async () => {
  const visitor = await as('ada');
  const { tokens } = await allow(visitor, ['launch/patient', 'patient/Condition.rs']);
  const token = tokens!.access_token;
  assert.equal((await byToken(token, '/fhir/Condition/asthma')).status, 200);
  await visitor.send('DELETE', '/api/session');
  assert.equal((await byToken(token, '/fhir/Condition/asthma')).status, 401);
  assert.equal((await byToken('A'.repeat(43), '/fhir/Condition/asthma')).status, 401);
});

test('a token with a cookie beside it is not asked about by the cookie', async () => {
  const visitor = await as('ada');
  const headers = { cookie: visitor.cookiesAt('/fhir'), authorization: `Bearer ${'A'.repeat(43)}` };
  assert.equal((await fetch(`${base}/fhir/Condition/asthma`, { headers })).status, 401);
});

test('no file of the program, no folder and no source control is served', async () => {
  const visitor = await as('ada');
  for (const file of [
    '/.git/config',
    '/package.json',
    '/server/app.ts',
    '/assets/',
    '/%2e%2e/package.json',
  ]) {
    const answer = await visitor.getOnly(file);
    assert.ok(answer.status === 404, `${file}: ${answer.status}`);
    assert.doesNotMatch(await answer.text(), /"dependencies"|repositoryformatversion|Index of/);
  }
});

test('words of SQL in a question find nothing and break nothing', async () => {
  const visitor = await as('ada');
  const hostile = [
    "' or '1'='1",
    "'; drop table record.resource; --",
    "asthma') union select 1 --",
    '$1',
    '\\',
  ];
  for (const text of hostile)
    for (const question of ['code', 'identifier', '_id', 'patient.name', '_sort', '_lastUpdated']) {
      const query = new URLSearchParams([
        ['patient', 'ada'],
        [question, text],
      ]);
      const answer = await visitor.getOnly(`/fhir/Condition?${query}`);
      assert.ok(answer.status === 200 || answer.status === 400, `${question}=${text}: ${answer.status}`);
      if (answer.status !== 200 || question === '_sort') continue;
      const { entry = [] } = (await answer.json()) as { entry?: { search?: { mode?: string } }[] };
      assert.equal(entry.filter(({ search }) => search?.mode === 'match').length, 0, `${question}=${text}`);
    }
  assert.equal((await visitor.getOnly('/fhir/Condition/asthma')).status, 200);
});

test('a partner with a minimum view is given the elements of that view and no other', async () => {
  const flag = {
    resourceType: 'Flag',
    id: 'stairs',
    status: 'active',
    subject: { reference: 'Patient/ada' },
    code: { text: 'Cannot climb stairs' },
    identifier: [{ system: 'urn:example', value: 'not for partners' }],
    encounter: { reference: 'Encounter/not-for-partners' },
  };
  await services.store.write([{ kind: 'put', type: 'Flag', id: flag.id, resource: flag }], {
    source: 'urn:openics:source:ZZ0001',
    channel: 'import',
    agent: 'test',
  });
  const tenancy = {
    kind: 'caseload',
    organisation: await organisation('dune-homes'),
    team: null,
    user: null,
    evidence: 'Flag/stairs',
    from: now.getTime() - 86_400_000,
    to: null,
  } as const;
  const saying = { by: 'test', at: services.clock() };
  await db.transaction((tx) => stateFact(tx, 'relationship', ada.patientId, tenancy, saying));
  const housing = await as('housing');
  const seen = await housing.getOnly('/fhir/Flag/stairs');
  assert.equal(seen.status, 200, await seen.clone().text());
  const text = await seen.text();
  assert.match(text, /Cannot climb stairs/);
  assert.doesNotMatch(text, /not.for.partners/);
  const found = await (await housing.getOnly('/fhir/Flag?patient=ada')).text();
  assert.match(found, /Cannot climb stairs/);
  assert.doesNotMatch(found, /not.for.partners/);
  assert.equal((await housing.getOnly('/fhir/Condition/asthma')).status, 403);
});

test('every answer with a body says its type, and that its letters are UTF-8 where it is text', async () => {
  const visitor = await as('ada');
  const form = '/fhir/Condition/asthma?_format=';
  for (const [url, type] of [
    ['/health', /^application\/json; ?charset=utf-8$/i],
    ['/fhir/metadata', /^application\/fhir\+json; ?charset=utf-8$/i],
    [`${form}json`, /^application\/fhir\+json; ?charset=utf-8$/i],
    [`${form}xml`, /^application\/fhir\+xml; ?charset=utf-8$/i],
    ['/fhir/Condition/never', /^application\/fhir\+json; ?charset=utf-8$/i],
    ['/api/never', /^application\/json; ?charset=utf-8$/i],
    ['/about', /^text\/html; ?charset=utf-8$/i],
    ['/nowhere', /; ?charset=utf-8$/i],
    ['/audit/verifier.js', /javascript; ?charset=utf-8$/i],
    ['/oauth/never', /; ?charset=utf-8$/i],
  ] as const) {
    const answer = await visitor.getOnly(url);
    assert.notEqual(await answer.clone().text(), '', url);
    assert.match(answer.headers.get('content-type') ?? '', type, `${url} ${answer.status}`);
  }
});

test('an app stands on the list of whoever allowed it; stopped there, its token ends at once', async () => {
  const resident = await as('ada');
  const { tokens } = await allow(resident, ['launch/patient', 'patient/Condition.rs']);
  const token = tokens!.access_token;
  assert.equal((await byToken(token, '/fhir/Condition/asthma')).status, 200);
  type Listed = { id: string; name: string; says: string[]; lastUsed: string | null };
  const listed = async () => ((await resident.json('/api/visits')) as { apps?: Listed[] }).apps ?? [];
  const app = (await listed()).find(({ lastUsed }) => lastUsed !== null);
  assert.equal(app?.name, 'Asthma diary');
  assert.deepEqual(app?.says, ['See health conditions of this person']);
  const stranger = await as('gp');
  assert.equal((await stranger.send('DELETE', `/api/visits/apps/${app?.id}`)).status, 404);
  assert.equal((await resident.send('DELETE', `/api/visits/apps/${app?.id}`)).status, 204);
  assert.equal((await byToken(token, '/fhir/Condition/asthma')).status, 401);
  assert.ok((await listed()).every(({ id }) => id !== app?.id));
});
