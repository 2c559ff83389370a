import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from './test-server.ts';

const server = await testServer();

type Entry = { fullUrl: string; resource: { resourceType: string; id: string }; search: { mode: string } };
const ids = (body: { entry?: Entry[] }, mode = 'match') =>
  (body.entry ?? []).filter(({ search }) => search.mode === mode).map(({ resource }) => resource.id);
const linkOf = (body: { link: { relation: string; url: string }[] }, relation: string) =>
  body.link.find((link) => link.relation === relation)?.url;
const put = (resource: { resourceType: string; id: string }) => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
});
const send = (type: string, entry: object[]) =>
  server.send('POST', '', { resourceType: 'Bundle', type, entry });

const nhs = 'https://fhir.nhs.uk/Id/nhs-number';
const person = (id: string, family: string, number: string) => ({
  resourceType: 'Patient',
  id,
  name: [{ family }],
  identifier: [{ system: nhs, value: number }],
});
const weight = (id: string, patient: string, value: number) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: `Patient/${patient}` },
  valueQuantity: { value, system: 'http://unitsofmeasure.org', code: 'kg' },
});
const stored = await send('transaction', [
  put(person('ida', 'Marsh', '9990000018')),
  put(person('ben', 'Reed', '9990000026')),
  ...[61, 62, 63, 64, 65].map((value) => put(weight(`w${value}`, 'ida', value))),
  put(weight('w90', 'ben', 90)),
]);
assert.equal(stored.status, 200, stored.text);

test('a search answers a bundle with a total, full URLs and how each entry got in', async () => {
  const { status, body } = await server.send('GET', 'Patient?family=marsh');
  assert.equal(status, 200);
  assert.equal(body.type, 'searchset');
  assert.equal(body.total, 1);
  assert.equal(body.entry[0].fullUrl, `${server.url}/Patient/ida`);
  assert.equal(body.entry[0].search.mode, 'match');
  assert.equal(linkOf(body, 'self'), `${server.url}/Patient?family=marsh`);
});

test('pages follow one another to the end, and nothing comes twice', async () => {
  const seen: string[] = [];
  let address: string | undefined = 'Observation?subject=Patient/ida&_count=2&_sort=-value-quantity';
  while (address !== undefined) {
    const { body } = await server.send('GET', address);
    seen.push(...ids(body));
    address = linkOf(body, 'next');
  }
  assert.deepEqual(seen, ['w65', 'w64', 'w63', 'w62', 'w61']);
});

test('included resources are marked as such', async () => {
  const { body } = await server.send('GET', 'Observation?_id=w61&_include=Observation:subject');
  assert.deepEqual(ids(body), ['w61']);
  assert.deepEqual(ids(body, 'include'), ['ida']);
});

test('a search by POST hides its parameters in the links to follow', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const { body } = await server.send(
    'POST',
    'Observation/_search?_count=2',
    'subject:Patient.family=Marsh',
    form,
  );
  assert.equal(ids(body).length, 2);
  const next = linkOf(body, 'next')!;
  assert.doesNotMatch(next, /Marsh/);
  const second = await server.send('GET', next);
  assert.equal(ids(second.body).length, 2);
  const third = await server.send('GET', linkOf(second.body, 'next')!);
  assert.equal(ids(third.body).length, 1);
  assert.equal((await server.send('GET', `${next}x`)).status, 410);
});

test('a parameter that is not known is named in the answer, or refused when the client is strict', async () => {
  const { body } = await server.send('GET', 'Patient?shoe-size=43&family=Reed');
  assert.deepEqual(ids(body), ['ben']);
  const outcome = body.entry.find(({ search }: Entry) => search.mode === 'outcome').resource;
  assert.equal(outcome.resourceType, 'OperationOutcome');
  assert.doesNotMatch(linkOf(body, 'self')!, /shoe-size/);
  const strict = await server.send('GET', 'Patient?shoe-size=43', undefined, { prefer: 'handling=strict' });
  assert.equal(strict.status, 400);
});

test('a compartment holds what belongs to the patient, of one type or of all', async () => {
  const one = await server.send('GET', 'Patient/ben/Observation');
  assert.deepEqual(ids(one.body), ['w90']);
  const all = await server.send('GET', 'Patient/ben/*');
  assert.deepEqual(ids(all.body).sort(), ['ben', 'w90']);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const posted = await server.send('POST', 'Patient/ida/Observation/_search', 'value-quantity=gt63', form);
  assert.deepEqual(ids(posted.body).sort(), ['w64', 'w65']);
  assert.equal((await server.send('GET', 'Practitioner/1/Observation')).status, 404);
});

test('several types can be searched at once', async () => {
  const { body } = await server.send('GET', '?_type=Patient,Observation&_lastUpdated=gt2020-01-01');
  assert.equal(body.entry.length, 8);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal((await server.send('POST', '_search', '_type=Patient', form)).body.entry.length, 2);
});

test('_summary=count answers the number alone; _elements only what is asked for', async () => {
  const { body } = await server.send('GET', 'Observation?_summary=count');
  assert.equal(body.total, 6);
  assert.equal(body.entry, undefined);
  const part = await server.send('GET', 'Patient?_elements=identifier');
  assert.ok(
    part.body.entry.every(({ resource }: { resource: { name?: unknown } }) => resource.name === undefined),
  );
});

test('a search can be answered as XML', async () => {
  const answer = await server.send('GET', 'Patient?family=Reed&_format=xml');
  assert.match(answer.text, /<Bundle xmlns="http:\/\/hl7.org\/fhir">.*<resource><Patient>/s);
});

test('a conditional create makes one resource, however often and from however many sides it is sent', async () => {
  const condition = `identifier=${nhs}|9990000034`;
  const body = { resourceType: 'Patient', identifier: [{ system: nhs, value: '9990000034' }] };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => server.send('POST', 'Patient', body, { 'if-none-exist': condition })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 200, 200, 201]);
  assert.equal(new Set(answers.map(({ body: { id } }) => id)).size, 1);
});

test('a conditional update creates, then updates, and refuses when several match', async () => {
  const address = `Patient?identifier=${encodeURIComponent(`${nhs}|9990000042`)}`;
  const body = { resourceType: 'Patient', identifier: [{ system: nhs, value: '9990000042' }] };
  const made = await server.send('PUT', address, body);
  assert.equal(made.status, 201);
  const changed = await server.send('PUT', address, { ...body, gender: 'female' });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.id, made.body.id);
  assert.equal((await server.send('PUT', 'Patient?identifier:missing=false', body)).status, 412);
  assert.equal((await server.send('PUT', address, { ...body, id: 'other' })).status, 400);
});

test('a conditional patch and a conditional delete act on the one match', async () => {
  await send('transaction', [put(person('eve', 'Thorn', '9990000050'))]);
  const type = { 'content-type': 'application/json-patch+json' };
  const patch = [{ op: 'add', path: '/gender', value: 'female' }];
  const address = `Patient?identifier=${encodeURIComponent(`${nhs}|9990000050`)}`;
  assert.equal((await server.send('PATCH', address, patch, type)).body.gender, 'female');
  assert.equal((await server.send('DELETE', address)).status, 204);
  assert.equal((await server.send('GET', 'Patient/eve')).status, 410);
  assert.equal((await server.send('DELETE', address)).status, 204);
  assert.equal((await server.send('PATCH', address, patch, type)).status, 404);
  assert.equal((await server.send('DELETE', 'Observation?code=29463-7')).status, 412);
});

test('a condition that cannot be read, or is not there, is refused and changes nothing', async () => {
  for (const address of ['Patient', 'Patient?_format=json', 'Patient?identifier=']) {
    assert.equal((await server.send('DELETE', address)).status, 400, address);
  }
  assert.equal((await server.send('DELETE', 'Patient?shoe-size=43')).status, 400);
  assert.equal((await server.send('PUT', 'Patient', { resourceType: 'Patient' })).status, 400);
  const body = { resourceType: 'Patient' };
  assert.equal((await server.send('POST', 'Patient', body, { 'if-none-exist': 'shoe-size=43' })).status, 400);
});

const about = (reference: string) => ({ ...weight('x', 'x', 70), id: undefined, subject: { reference } });

test('a transaction resolves references that name a search, and conditional entries', async () => {
  const { status, body } = await send('transaction', [
    {
      resource: about(`Patient?identifier=${nhs}|9990000018`),
      request: { method: 'POST', url: 'Observation' },
    },
    {
      resource: about(`Patient?identifier=${nhs}|9990000069`),
      request: { method: 'POST', url: 'Observation' },
    },
    {
      resource: { resourceType: 'Patient', identifier: [{ system: nhs, value: '9990000069' }] },
      request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${nhs}|9990000069` },
    },
    {
      resource: person('ben', 'Reed', '9990000026'),
      request: { method: 'PUT', url: `Patient?identifier=${nhs}|9990000026` },
    },
    { request: { method: 'GET', url: 'Patient?family=Reed' } },
  ]);
  assert.equal(status, 200, JSON.stringify(body));
  const first = await server.send('GET', body.entry[0].response.location);
  assert.equal(first.body.subject.reference, 'Patient/ida');
  const second = await server.send('GET', body.entry[1].response.location);
  assert.equal(`${second.body.subject.reference}/_history/1`, body.entry[2].response.location);
  assert.deepEqual(ids(body.entry[4].resource), ['ben']);
  const none = await send('transaction', [
    { resource: about('Patient?family=Nobody'), request: { method: 'POST', url: 'Observation' } },
  ]);
  assert.equal(none.status, 400);
});

test('GraphQL reads a resource, follows references and searches', async () => {
  const query =
    '{ Observation(id: "w61") { id subject { resource { ... on Patient { name { family } } } } } }';
  const system = await server.send('POST', '$graphql', JSON.stringify({ query }), {
    'content-type': 'application/json',
  });
  assert.equal(system.status, 200, system.text);
  assert.deepEqual(system.body.data.Observation.subject.resource.name, [{ family: 'Marsh' }]);
  const own = encodeURIComponent('{ id ObservationList(_reference: subject) { id } }');
  const instance = await server.send('GET', `Patient/ben/$graphql?query=${own}`);
  assert.deepEqual(instance.body.data, { id: 'ben', ObservationList: [{ id: 'w90' }] });
  assert.equal((await server.send('GET', '$graphql')).status, 400);
});

test('services are found by how near they are, and a broken place is named with a way out', async () => {
  // The town hall of Leeds; the station is about 0.5 km away.
  await server.send('PUT', 'Location/hall', {
    resourceType: 'Location',
    id: 'hall',
    position: { latitude: 53.8, longitude: -1.5496 },
  });
  await server.send('PUT', 'HealthcareService/walk-in', {
    resourceType: 'HealthcareService',
    id: 'walk-in',
    location: [{ reference: 'Location/hall' }],
  });
  const near = async (distance: string): Promise<string[]> =>
    ids((await server.send('GET', `HealthcareService?location.near=53.7958|-1.5469|${distance}`)).body);
  assert.deepEqual(await near('0.6|km'), ['walk-in']);
  assert.deepEqual(await near('400|m'), []);
  const { status, body } = await server.send('GET', 'Location?near=153.8|-1.5|5');
  assert.equal(status, 400);
  const [issue] = body.issue;
  assert.match(JSON.stringify(issue), /-90 to 90.*Mend the value/);
  assert.deepEqual(issue.expression ?? issue.location, ['http.near']);
});

test('the capability statement names what is there', async () => {
  const { body } = await server.send('GET', 'metadata');
  assert.equal(body.fhirVersion, '4.0.1');
  const { resource, operation, interaction } = body.rest[0];
  const patient = resource.find(({ type }: { type: string }) => type === 'Patient');
  assert.ok(patient.searchParam.some(({ name }: { name: string }) => name === 'birthdate'));
  assert.ok(patient.searchInclude.includes('Patient:general-practitioner'));
  assert.ok(patient.searchRevInclude.includes('Observation:subject'));
  assert.ok(patient.operation.some(({ name }: { name: string }) => name === 'everything'));
  const location = resource.find(({ type }: { type: string }) => type === 'Location');
  assert.ok(
    location.searchParam.some(
      ({ name, type }: { name: string; type: string }) => name === 'near' && type === 'special',
    ),
  );
  assert.ok(operation.some(({ name }: { name: string }) => name === 'export'));
  assert.ok(interaction.some(({ code }: { code: string }) => code === 'transaction'));
  const issues = (await server.send('POST', 'CapabilityStatement/$validate', body)).body.issue;
  assert.deepEqual(
    issues.filter(({ severity }: { severity: string }) => severity === 'error'),
    [],
  );
});
