import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eicar, smallClamd } from '../../platform/scanning/clamd.fixture.ts';
import { createFileDoor } from '../../platform/scanning/index.ts';
import { testServer } from './test-server.ts';

const clamd = await smallClamd();
after(() => clamd.stop());
const files = createFileDoor({ by: 'scanner', place: clamd.place, patienceMs: 300 }, () => new Date(), {
  onFound: async () => undefined,
  onSilent: () => undefined,
});
const server = await testServer({}, undefined, undefined, files);
const { send } = server;

const bad = eicar.toString('base64');
const good = Buffer.from('A letter that harms nobody.').toString('base64');
const fhir = { accept: 'application/fhir+json' };
const absent = (code: string) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: code }],
});
const letters = {
  resourceType: 'DocumentReference',
  id: 'letters',
  status: 'current',
  description: 'Two letters',
  content: [bad, good].map((data) => ({ attachment: { contentType: 'application/pdf', data } })),
};
const contents = (resource: { content: { attachment: object }[] }) =>
  resource.content.map(({ attachment }) => attachment);
const withheld = [
  { contentType: 'application/pdf', _data: absent('masked') },
  { contentType: 'application/pdf', data: good },
];

const made = await send('POST', 'Binary', eicar.toString(), { 'content-type': 'text/plain', ...fhir });
const place = new URL(made.headers.get('location') ?? 'missing:').pathname.replace(
  /^\/fhir\/|\/_history.*$/g,
  '',
);
await send('PUT', 'DocumentReference/letters', letters);

test('a malicious Binary is kept and given to nobody, as a file or as FHIR', async () => {
  assert.equal(made.status, 201);
  assert.deepEqual(made.body._data, absent('masked'));
  const { body } = await send('GET', 'Binary?_summary=count', undefined, fhir);
  assert.equal(body.total, 1);
  for (const accept of ['application/octet-stream', 'application/fhir+json', 'application/fhir+xml']) {
    const answer = await send('GET', place, undefined, { accept });
    assert.equal(answer.status, 403, accept);
    assert.ok(!answer.text.includes(bad) && !answer.text.includes(eicar.toString()));
    assert.match(answer.text, /virus scanner found something harmful/);
  }
});

test('of a document only the malicious content stays away, in every answer that holds it', async () => {
  const read = await send('GET', 'DocumentReference/letters');
  assert.deepEqual(contents(read.body), withheld);
  assert.equal(read.body.meta.tag[0].code, 'SUBSETTED');
  assert.equal(read.body.description, 'Two letters');
  assert.equal(read.headers.get('etag'), null, 'it must not be written back as if it were whole');
  const pages = ['DocumentReference', 'DocumentReference/letters/_history'];
  for (const page of pages) {
    const found = await send('GET', page);
    assert.deepEqual(contents(found.body.entry[0].resource), withheld, page);
  }
  const xml = await send('GET', 'DocumentReference/letters?_format=xml');
  assert.ok(!xml.text.includes(bad) && xml.text.includes(good));
  const batch = await send('POST', '', {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [{ request: { method: 'GET', url: 'DocumentReference/letters' } }],
  });
  assert.ok(!batch.text.includes(bad) && batch.text.includes(good));
});

test('a query that gives the content another name does not get it either', async () => {
  const query = '{ DocumentReference(id: "letters") { content { attachment { harmless: data } } } }';
  const { body, text } = await send('POST', '$graphql', JSON.stringify({ query }), {
    'content-type': 'application/json',
  });
  assert.ok(!text.includes(bad));
  assert.deepEqual(contents(body.data.DocumentReference), [{ harmless: null }, { harmless: good }]);
  const inBatch = await send('POST', '', {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [{ request: { method: 'GET', url: `$graphql?query=${encodeURIComponent(query)}` } }],
  });
  assert.ok(!inBatch.text.includes(bad) && inBatch.text.includes(good));
});

test('an export holds the rest of the line', async () => {
  const begun = await send('GET', '$export?_type=DocumentReference', undefined, { prefer: 'respond-async' });
  const address = begun.headers.get('content-location')!;
  let status = await send('GET', address);
  while (status.status === 202) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    status = await send('GET', address);
  }
  const file = await send('GET', status.body.output[0].url);
  assert.deepEqual(contents(JSON.parse(file.text)), withheld);
});

test('a content is found however its name and its letters are written', async () => {
  const text = JSON.stringify({ ...letters, id: 'written' })
    .replaceAll('"data"', '"d\\u0061ta"')
    .replaceAll('/', '\\/');
  await send('PUT', 'DocumentReference/written', text, { 'content-type': 'application/fhir+json' });
  assert.deepEqual(contents((await send('GET', 'DocumentReference/written')).body), withheld);
});

test('numbers of a curve are no file, and a record without files is not touched', async () => {
  const before = clamd.asked.length;
  const curve = {
    resourceType: 'Observation',
    id: 'curve',
    status: 'final',
    code: { text: 'ECG' },
    valueSampledData: { origin: { value: 1.5 }, period: 10, dimensions: 1, data: '12 13 E U L 15.5' },
  };
  await send('PUT', 'Observation/curve', curve);
  assert.equal((await send('GET', 'Observation/curve')).body.valueSampledData.data, '12 13 E U L 15.5');
  assert.equal(clamd.asked.length, before);
});

test('while the scanner does not answer, what was not scanned yet stays away and can be asked for again', async () => {
  const other = Buffer.from('Another letter, not seen before.').toString('base64');
  clamd.manner = 'closes';
  await send('PUT', 'DocumentReference/new', {
    ...letters,
    id: 'new',
    content: [{ attachment: { contentType: 'text/plain', data: other } }],
  });
  await send('PUT', 'Binary/new', {
    resourceType: 'Binary',
    id: 'new',
    contentType: 'text/plain',
    data: other,
  });
  const [document] = contents((await send('GET', 'DocumentReference/new')).body);
  assert.deepEqual(document, { contentType: 'text/plain', _data: absent('temp-unknown') });
  const file = await send('GET', 'Binary/new', undefined, { accept: 'text/plain' });
  assert.equal(file.status, 503);
  assert.equal(file.headers.get('retry-after'), '5');
  assert.match(file.text, /Try again in a minute/);
  clamd.manner = 'well';
  assert.equal((await send('GET', 'Binary/new', undefined, { accept: 'text/plain' })).status, 200);
  assert.deepEqual(contents((await send('GET', 'DocumentReference/new')).body), [
    { contentType: 'text/plain', data: other },
  ]);
});
