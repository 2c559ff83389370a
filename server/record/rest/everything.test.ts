import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from './test-server.ts';

const server = await testServer();

type Entry = { resource: { resourceType: string; id: string }; search: { mode: string } };
const named = (body: { entry?: Entry[] }) =>
  (body.entry ?? []).map(({ resource }) => `${resource.resourceType}/${resource.id}`).sort();

const put = (resource: { resourceType: string; id: string }) =>
  server.send('PUT', `${resource.resourceType}/${resource.id}`, resource);

const weight = (id: string, effectiveDateTime: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'Weight' },
  subject: { reference: 'Patient/ida' },
  effectiveDateTime,
  performer: [{ reference: 'Practitioner/nurse' }],
});

for (const resource of [
  { resourceType: 'Practitioner', id: 'nurse' },
  { resourceType: 'Practitioner', id: 'stranger' },
  { resourceType: 'Organization', id: 'surgery', name: 'Hill Surgery' },
  { resourceType: 'Patient', id: 'ida', managingOrganization: { reference: 'Organization/surgery' } },
  { resourceType: 'Patient', id: 'other' },
  weight('w1', '2025-01-10'),
  weight('w2', '2026-01-10'),
  { ...weight('w3', '2026-02-10'), subject: { reference: 'Patient/other' } },
  {
    resourceType: 'Appointment',
    id: 'a1',
    status: 'booked',
    start: '2026-03-01T10:00:00Z',
    end: '2026-03-01T10:15:00Z',
    participant: [
      { actor: { reference: 'Patient/ida' }, status: 'accepted' },
      { actor: { reference: 'Patient/other' }, status: 'accepted' },
    ],
  },
  {
    resourceType: 'Flag',
    id: 'f1',
    status: 'active',
    code: { text: 'Deaf' },
    subject: { reference: 'Patient/ida' },
  },
]) {
  assert.equal((await put(resource)).status, 201);
}

test('everything of a patient is what is filed under the patient, and whom it refers to', async () => {
  const { body } = await server.send('GET', 'Patient/ida/$everything');
  assert.deepEqual(named(body), [
    'Appointment/a1',
    'Flag/f1',
    'Observation/w1',
    'Observation/w2',
    'Organization/surgery',
    'Patient/ida',
    'Practitioner/nurse',
  ]);
  assert.equal(body.total, 5);
  const included = body.entry.filter(({ search }: Entry) => search.mode === 'include');
  assert.equal(included.length, 2);
});

test('it can be asked for page by page, and nothing is left out or told twice', async () => {
  const seen: string[] = [];
  let address: string | undefined = 'Patient/ida/$everything?_count=1';
  while (address !== undefined) {
    const { body } = await server.send('GET', address);
    const matches = body.entry.filter(({ search }: Entry) => search.mode === 'match');
    assert.ok(matches.length <= 2);
    seen.push(...named({ entry: matches }));
    address = body.link.find((link: { relation: string }) => link.relation === 'next')?.url;
  }
  assert.deepEqual(seen.sort(), [
    'Appointment/a1',
    'Flag/f1',
    'Observation/w1',
    'Observation/w2',
    'Patient/ida',
  ]);
});

test('it can be narrowed to types, to a stretch of time and to what changed', async () => {
  const types = await server.send('GET', 'Patient/ida/$everything?_type=Observation,Practitioner');
  assert.deepEqual(named(types.body), ['Observation/w1', 'Observation/w2', 'Practitioner/nurse']);
  const year = await server.send(
    'GET',
    'Patient/ida/$everything?_type=Observation&start=2026-01-01&end=2026-12-31',
  );
  assert.deepEqual(named(year.body), ['Observation/w2']);
  const { body } = await put({ ...weight('w1', '2025-01-11') });
  const since = await server.send(
    'GET',
    `Patient/ida/$everything?_since=${new Date(Date.parse(body.meta.lastUpdated) - 1).toISOString()}`,
  );
  assert.deepEqual(named(since.body), ['Observation/w1']);
});

test('parameters may come in a body', async () => {
  const body = { resourceType: 'Parameters', parameter: [{ name: '_type', valueString: 'Flag' }] };
  assert.deepEqual(named((await server.send('POST', 'Patient/ida/$everything', body)).body), ['Flag/f1']);
});

test('a wrong type, time or page link is refused', async () => {
  for (const query of ['_type=Flaag', '_since=soon', '_cursor=x', '_count=0']) {
    assert.equal((await server.send('GET', `Patient/ida/$everything?${query}`)).status, 400, query);
  }
});

/** Advice is given, such as that a narrative would be good. */
const isNoError = (issue: { severity: string }): boolean => issue.severity !== 'error';

test('$validate says what would be refused, and stores nothing', async () => {
  const bad = { resourceType: 'Patient', gender: 'unclear' };
  const { status, body } = await server.send('POST', 'Patient/$validate', bad);
  assert.equal(status, 200);
  assert.equal(body.issue[0].severity, 'error');
  assert.deepEqual(body.issue[0].expression, ['Patient.gender']);
  const good = {
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource: { resourceType: 'Patient' } }],
  };
  const fine = await server.send('POST', 'Patient/$validate', good);
  assert.ok(fine.body.issue.every(isNoError));
});

test('$validate looks at a stored resource, and against a profile when one is named', async () => {
  assert.ok((await server.send('GET', 'Patient/ida/$validate')).body.issue.every(isNoError));
  const unknown = await server.send('GET', 'Patient/ida/$validate?profile=http://example.org/none');
  assert.ok(!unknown.body.issue.every(isNoError));
  const gone = await server.send('GET', 'Patient/nobody/$validate?mode=delete');
  assert.equal(gone.body.issue[0].severity, 'error');
});

test('$meta gives the version, time and labels of a resource', async () => {
  const { body } = await server.send('GET', 'Patient/ida/$meta');
  assert.equal(body.parameter[0].valueMeta.versionId, '1');
});
