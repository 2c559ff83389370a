import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { sharedData } from '../../../test/support/shared-data.ts';
import { testServer } from './test-server.ts';

const server = await testServer();

const patient = (more: object = {}) => ({ resourceType: 'Patient', name: [{ family: 'Marsh' }], ...more });
const observation = (reference: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Weight' },
  subject: { reference },
  ...more,
});
const entry = (method: string, url: string, resource?: object, more: object = {}) => ({
  ...(resource && { resource }),
  request: { method, url },
  ...more,
});
const send = (type: string, entries: object[], headers = {}) =>
  server.send('POST', '', { resourceType: 'Bundle', type, entry: entries }, headers);
const statuses = (body: { entry: { response: { status: string } }[] }) =>
  body.entry.map(({ response }) => Number(response.status.slice(0, 3)));
const count = async (type: string) =>
  (await server.send('GET', `${type}/_history?_count=1000`)).body.entry?.length ?? 0;

const urn = 'urn:uuid:8f3d3f4e-3c0b-4d58-9a31-1f0f5a4f0a01';

test('a transaction stores all its entries, pointing at one another', async () => {
  const { status, body } = await send('transaction', [
    entry('POST', 'Observation', observation(urn)),
    entry('POST', 'Patient', patient(), { fullUrl: urn }),
  ]);
  assert.equal(status, 200);
  assert.equal(body.type, 'transaction-response');
  assert.deepEqual(statuses(body), [201, 201]);
  const [one, two] = body.entry.map((done: { response: { location: string } }) => done.response.location);
  const stored = await server.send('GET', one);
  assert.equal(`${stored.body.subject.reference}/_history/1`, two);
});

test('one bad entry refuses the whole transaction and says which, and nothing is stored', async () => {
  const before = await count('Patient');
  const { status, body } = await send('transaction', [
    entry('POST', 'Patient', patient()),
    entry('POST', 'Patient', patient({ gender: 'unclear', birthDate: '2026-02-30' })),
  ]);
  assert.equal(status, 400);
  const places = body.issue.map((issue: { expression: string[] }) => issue.expression[0]);
  assert.deepEqual(places.sort(), ['Bundle.entry[1].resource.birthDate', 'Bundle.entry[1].resource.gender']);
  assert.equal(await count('Patient'), before);
});

test('an update that came too late refuses the whole transaction', async () => {
  await server.send('PUT', 'Patient/late', patient({ id: 'late' }));
  const before = await count('Observation');
  const { status, body } = await send('transaction', [
    entry('POST', 'Observation', observation('Patient/late')),
    {
      resource: patient({ id: 'late', gender: 'male' }),
      request: { method: 'PUT', url: 'Patient/late', ifMatch: 'W/"7"' },
    },
  ]);
  assert.equal(status, 412);
  assert.deepEqual(body.issue[0].expression, ['Bundle.entry[1].request']);
  assert.equal(await count('Observation'), before);
});

test('deletes, creates, updates, patches and reads of one transaction each do their part', async () => {
  await server.send('PUT', 'Patient/gone', patient({ id: 'gone' }));
  await server.send('PUT', 'Patient/kept', patient({ id: 'kept' }));
  const patch = [{ op: 'add', path: '/gender', value: 'female' }];
  const binary = {
    resourceType: 'Binary',
    contentType: 'application/json-patch+json',
    data: Buffer.from(JSON.stringify(patch)).toString('base64'),
  };
  const { body } = await send('transaction', [
    entry('GET', 'Patient/new-one'),
    entry('PATCH', 'Patient/kept', binary),
    entry('PUT', 'Patient/new-one', patient({ id: 'new-one' })),
    entry('DELETE', 'Patient/gone'),
    entry('POST', 'Observation', observation('Patient/new-one')),
  ]);
  assert.deepEqual(statuses(body), [200, 200, 201, 204, 201]);
  assert.equal(body.entry[0].resource.id, 'new-one');
  assert.equal((await server.send('GET', 'Patient/gone')).status, 410);
  assert.equal((await server.send('GET', 'Patient/kept')).body.gender, 'female');
});

test('a reference to a version of an entry gets the version that is stored', async () => {
  await server.send('PUT', 'Patient/dated', patient({ id: 'dated' }));
  const { body } = await send('transaction', [
    entry('PUT', 'Patient/dated', patient({ id: 'dated', gender: 'other' }), { fullUrl: urn }),
    entry('POST', 'Observation', observation(`${urn}/_history/99`)),
  ]);
  const stored = await server.send('GET', body.entry[1].response.location);
  assert.equal(stored.body.subject.reference, 'Patient/dated/_history/2');
});

test('a reference to nothing refuses the transaction', async () => {
  const { status, body } = await send('transaction', [entry('POST', 'Observation', observation(urn))]);
  assert.equal(status, 400);
  assert.deepEqual(body.issue[0].expression, ['Bundle.entry[0].resource']);
});

test('a batch does what it can and tells of each entry', async () => {
  const { status, body } = await send('batch', [
    entry('POST', 'Patient', patient()),
    entry('POST', 'Patient', patient({ gender: 'unclear' })),
    entry('GET', 'Patient/nobody'),
    entry('PUT', 'Patient/by-batch', patient({ id: 'by-batch' })),
    entry('BREW', 'Patient'),
  ]);
  assert.equal(status, 200);
  assert.equal(body.type, 'batch-response');
  assert.deepEqual(statuses(body), [201, 400, 404, 201, 400]);
  assert.equal(body.entry[1].response.outcome.resourceType, 'OperationOutcome');
});

test('in a batch a refusal of the store touches its own entry only', async () => {
  const late = {
    resource: patient({ id: 'b1' }),
    request: { method: 'PUT', url: 'Patient/b1', ifMatch: 'W/"9"' },
  };
  const { body } = await send('batch', [entry('PUT', 'Patient/b2', patient({ id: 'b2' })), late]);
  assert.deepEqual(statuses(body), [201, 412]);
  assert.equal((await server.send('GET', 'Patient/b2')).status, 200);
});

test('two entries of a batch may change the same resource, one after the other', async () => {
  const { body } = await send('batch', [
    entry('PUT', 'Patient/twice', patient({ id: 'twice' })),
    entry('PUT', 'Patient/twice', patient({ id: 'twice', gender: 'male' })),
  ]);
  assert.deepEqual(statuses(body), [201, 200]);
});

test('an entry of a batch may not refer to another entry', async () => {
  const { body } = await send('batch', [
    entry('POST', 'Patient', patient(), { fullUrl: urn }),
    entry('POST', 'Observation', observation(urn)),
  ]);
  assert.deepEqual(statuses(body), [201, 400]);
});

test('a bundle answers with the stored resources when the client prefers so', async () => {
  for (const type of ['batch', 'transaction']) {
    const { body } = await send(type, [entry('POST', 'Patient', patient())], {
      prefer: 'return=representation',
    });
    assert.equal(body.entry[0].resource.name[0].family, 'Marsh');
  }
});

test('a bundle of another kind, or no bundle, is refused', async () => {
  assert.equal((await send('collection', [])).status, 400);
  assert.equal((await server.send('POST', '', patient())).status, 400);
});

test('an empty transaction is well', async () => {
  const { status, body } = await send('transaction', []);
  assert.equal(status, 200);
  assert.equal(body.entry, undefined);
});

const synthea = sharedData('synthea');

test(
  "a whole patient's bundle of hundreds of entries is stored in one go",
  { skip: synthea.skip },
  async () => {
    const file = readdirSync(synthea.path).filter((name) => name.endsWith('.json.gz'))[0]!;
    const text = gunzipSync(readFileSync(path.join(synthea.path, file))).toString();
    const sent = JSON.parse(text);
    const { status, body } = await server.send('POST', '', sent, { prefer: 'return=representation' });
    assert.equal(status, 200);
    assert.equal(body.entry.length, sent.entry.length);
    assert.deepEqual(new Set(statuses(body)), new Set([201]));
    const references = JSON.stringify(body).match(/"reference":"[^"#][^"]*"/g) ?? [];
    const stored = new Set(
      body.entry.map((done: { fullUrl: string }) => done.fullUrl.slice(server.url.length + 1)),
    );
    assert.ok(references.length > sent.entry.length);
    assert.deepEqual(
      references.map((found) => found.slice(13, -1)).filter((reference) => !stored.has(reference)),
      [],
    );
  },
);
