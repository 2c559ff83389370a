import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchEvents } from '../audit/index.ts';
import { serveSignedIn } from './served.fixture.ts';

const { base, services, owner, log, as, ada: behind, registerAda } = await serveSignedIn();
const { db } = services;
const ada = behind.person;
await registerAda();
const gp = await as('gp');
const json = 'application/fhir+json';

const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${base}${path}`, {
    method,
    headers: { cookie: gp.cookiesAt(path), origin: base, 'content-type': json, ...headers },
    body: JSON.stringify(body),
  });

const asthma = (text: string, id?: string) => ({
  resourceType: 'Condition',
  ...(id !== undefined && { id }),
  subject: { reference: 'Patient/ada' },
  code: { text },
});

/** What changed Ada's record, as her list tells it, the newest first. The application places events too, so it may be under way. */
async function changesOfAda(): Promise<{ kind: string; outcome: string; resource: string | undefined }[]> {
  do await log.placeAll();
  while ((await log.state()).waitingRows > 0);
  const found = await searchEvents(db, { person: ada, limit: 500 });
  return found
    .map(({ event: { kind, outcome, resource } }) => ({ kind, outcome, resource }))
    .filter(({ kind }) => ['create', 'update', 'delete'].includes(kind));
}

/** Two new conditions and a change, as a transaction or a batch. */
const bundle = (type: string) => ({
  resourceType: 'Bundle',
  type,
  entry: [
    { request: { method: 'POST', url: 'Condition' }, resource: asthma('Hay fever') },
    { request: { method: 'POST', url: 'Condition' }, resource: asthma('Eczema') },
    {
      request: { method: 'PUT', url: 'Condition/asthma' },
      resource: asthma(`Asthma in a ${type}`, 'asthma'),
    },
  ],
});

const versionOf = async (): Promise<number> => (await services.store.read('Condition', 'asthma'))!.version;

test('what a GP changes is on the list of the person once, with the change', async () => {
  const before = (await changesOfAda()).length;
  const answer = await send('PUT', '/fhir/Condition/asthma', asthma('Asthma, mild', 'asthma'));
  assert.equal(answer.status, 200, await answer.clone().text());
  const after = await changesOfAda();
  assert.equal(after.length, before + 1);
  assert.deepEqual(after[0], { kind: 'update', outcome: 'permitted', resource: 'Condition' });
});

test('a change that cannot be put on record is not made', async () => {
  const [before, version] = [(await changesOfAda()).length, await versionOf()];
  await owner.query('alter table audit.staged rename to staged_away');
  const answer = await send('PUT', '/fhir/Condition/asthma', asthma('Asthma, severe', 'asthma'));
  await owner.query('alter table audit.staged_away rename to staged');
  assert.ok(answer.status >= 500, String(answer.status));
  assert.equal(await versionOf(), version);
  assert.equal((await changesOfAda()).length, before);
});

test('a change that is refused leaves no event of a change', async () => {
  const [before, version] = [(await changesOfAda()).length, await versionOf()];
  const answer = await send('PUT', '/fhir/Condition/asthma', asthma('Asthma, gone', 'asthma'), {
    'if-match': 'W/"77"',
  });
  assert.equal(answer.status, 412);
  assert.equal(await versionOf(), version);
  assert.equal((await changesOfAda()).length, before);
});

test('one transaction that creates and changes is one event of each kind; a batch puts each of its writes on record', async () => {
  const before = (await changesOfAda()).length;
  assert.equal((await send('POST', '/fhir', bundle('transaction'))).status, 200);
  const kinds = (await changesOfAda()).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(0, kinds.length - before).toSorted(), ['create', 'update']);
  assert.equal((await send('POST', '/fhir', bundle('batch'))).status, 200);
  assert.equal((await changesOfAda()).length, before + 4);
});

test('a conditional create that finds what is there changes nothing and says so', async () => {
  const before = (await changesOfAda()).length;
  const answer = await send('POST', '/fhir/Condition', asthma('Again'), {
    'if-none-exist': 'patient=ada&_id=asthma',
  });
  assert.equal(answer.status, 200);
  assert.equal((await changesOfAda()).length, before);
  const created = await send('POST', '/fhir/Condition', asthma('New'), {
    'if-none-exist': 'patient=ada&_id=none',
  });
  assert.equal(created.status, 201);
  assert.deepEqual((await changesOfAda())[0], {
    kind: 'create',
    outcome: 'permitted',
    resource: 'Condition',
  });
});

test('a patch of what one may not see is refused before it is tried, so it tells nothing of what is there', async () => {
  const other = await as('other-gp');
  const path = '/fhir/Condition/asthma';
  const patched = async (value: string): Promise<string> => {
    const answer = await fetch(`${base}${path}`, {
      method: 'PATCH',
      headers: {
        cookie: other.cookiesAt(path),
        origin: base,
        'content-type': 'application/json-patch+json',
      },
      body: JSON.stringify([{ op: 'test', path: '/resourceType', value }]),
    });
    return `${answer.status} ${await answer.text()}`;
  };
  const [right, wrong] = [await patched('Condition'), await patched('Observation')];
  assert.match(right, /^403 /);
  assert.equal(right, wrong);
});

test('a GP elsewhere reads what Harbour Surgery wrote of somebody registered with both, and may not change it', async () => {
  await registerAda('ZZ0003');
  const path = '/fhir/Condition/asthma';
  const other = await as('other-gp');
  assert.equal((await other.getOnly(path)).status, 200);
  const version = await versionOf();
  const refused = await fetch(`${base}${path}`, {
    method: 'PUT',
    headers: { cookie: other.cookiesAt(path), origin: base, 'content-type': json },
    body: JSON.stringify(asthma('No asthma', 'asthma')),
  });
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /only Harbour and Quay Surgery may change it/);
  assert.equal(await versionOf(), version);
});

test('nobody makes a Patient of theirs into another person, whose record would be joined to it', async () => {
  const patient = JSON.parse((await services.store.read('Patient', 'ada'))!.content) as Record<
    string,
    unknown
  >;
  const [identifier] = patient['identifier'] as { system: string; value: string }[];
  const other = {
    ...patient,
    identifier: [{ ...identifier!, value: '9990000026' }],
    birthDate: '1961-05-02',
  };
  const entry = [{ request: { method: 'PUT', url: 'Patient/ada' }, resource: other }];
  const patch = [{ op: 'replace', path: '/birthDate', value: '1961-05-02' }];
  const tries = [
    await send('PUT', '/fhir/Patient/ada', other),
    await send('PATCH', '/fhir/Patient/ada', patch, { 'content-type': 'application/json-patch+json' }),
    await send('PUT', '/fhir/Patient?_id=ada', other),
    await send('POST', '/fhir', { resourceType: 'Bundle', type: 'transaction', entry }),
  ];
  for (const refused of tries) {
    assert.equal(refused.status, 403);
    assert.match(await refused.text(), /another-person/);
  }
  const moved = await send('PUT', '/fhir/Patient/ada', { ...patient, address: [{ city: 'Sandhythe' }] });
  assert.equal(moved.status, 200, await moved.clone().text());
});
