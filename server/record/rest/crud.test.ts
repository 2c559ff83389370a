import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from './test-server.ts';

const server = await testServer();

const ada = { resourceType: 'Patient', name: [{ family: 'Marsh', given: ['Ada'] }] };
const withId = (id: string, more: object = {}) => ({ ...ada, id, ...more });

test('a new resource gets an id, a version, a time and an address', async () => {
  const { status, headers, body } = await server.send('POST', 'Patient', ada);
  assert.equal(status, 201);
  assert.match(body.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.equal(headers.get('etag'), 'W/"1"');
  assert.equal(headers.get('location'), `${server.url}/Patient/${body.id}/_history/1`);
  assert.ok(headers.get('last-modified'));
  assert.equal(body.meta.versionId, '1');
});

test('what was stored is read again to the letter: 1.00 stays 1.00', async () => {
  const text =
    '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.00}}';
  const { body } = await server.send('POST', 'Observation', text, {
    'content-type': 'application/fhir+json',
  });
  const read = await server.send('GET', `Observation/${body.id}`);
  assert.match(read.text, /"value":1\.00\}/);
  const xml = await server.send('GET', `Observation/${body.id}`, undefined, {
    accept: 'application/fhir+xml',
  });
  assert.match(xml.headers.get('content-type') ?? '', /^application\/fhir\+xml/);
  assert.match(xml.text, /<value value="1\.00"\/>/);
});

test('a resource sent as XML is stored as one sent as JSON', async () => {
  const xml = '<Patient xmlns="http://hl7.org/fhir"><name><family value="Reed"/></name></Patient>';
  const { status, body } = await server.send('POST', 'Patient', xml, {
    'content-type': 'application/fhir+xml',
    accept: 'application/json',
  });
  assert.equal(status, 201);
  assert.deepEqual(body.name, [{ family: 'Reed' }]);
});

test('a client may choose the id with an update, and a second update makes a second version', async () => {
  assert.equal((await server.send('PUT', 'Patient/chosen', withId('chosen'))).status, 201);
  const again = await server.send('PUT', 'Patient/chosen', withId('chosen', { gender: 'female' }));
  assert.equal(again.status, 200);
  assert.equal(again.headers.get('etag'), 'W/"2"');
  assert.equal((await server.send('GET', 'Patient/chosen/_history/1')).body.gender, undefined);
  assert.equal((await server.send('GET', 'Patient/chosen/_history/2')).body.gender, 'female');
});

test('saying the same again makes no new version', async () => {
  await server.send('PUT', 'Patient/same', withId('same'));
  const again = await server.send('PUT', 'Patient/same', withId('same'));
  assert.equal(again.headers.get('etag'), 'W/"1"');
});

test('an update is refused when somebody else changed the resource first', async () => {
  await server.send('PUT', 'Patient/raced', withId('raced'));
  await server.send('PUT', 'Patient/raced', withId('raced', { gender: 'male' }), { 'if-match': 'W/"1"' });
  const late = await server.send('PUT', 'Patient/raced', withId('raced', { gender: 'female' }), {
    'if-match': 'W/"1"',
  });
  assert.equal(late.status, 412);
  assert.equal(late.body.issue[0].code, 'conflict');
});

test('an update with If-None-Match: * only creates', async () => {
  const headers = { 'if-none-match': '*' };
  assert.equal((await server.send('PUT', 'Patient/once', withId('once'), headers)).status, 201);
  assert.equal((await server.send('PUT', 'Patient/once', withId('once'), headers)).status, 412);
});

test('a client that has the version already is not sent it again', async () => {
  const { headers } = await server.send('PUT', 'Patient/known', withId('known'));
  const seen = await server.send('GET', 'Patient/known', undefined, {
    'if-none-match': headers.get('etag')!,
  });
  assert.equal(seen.status, 304);
  assert.equal(seen.text, '');
  const since = { 'if-modified-since': headers.get('last-modified')! };
  assert.equal((await server.send('GET', 'Patient/known', undefined, since)).status, 304);
});

test('HEAD tells what GET would, without the body', async () => {
  await server.send('PUT', 'Patient/head', withId('head'));
  const head = await server.send('HEAD', 'Patient/head');
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('etag'), 'W/"1"');
  assert.equal(head.text, '');
});

test('a deleted resource is gone, its history is not, and it can come back', async () => {
  await server.send('PUT', 'Patient/leaving', withId('leaving'));
  assert.equal((await server.send('DELETE', 'Patient/leaving')).status, 204);
  assert.equal((await server.send('GET', 'Patient/leaving')).status, 410);
  assert.equal((await server.send('GET', 'Patient/leaving/_history/2')).status, 410);
  assert.equal((await server.send('GET', 'Patient/leaving/_history/1')).status, 200);
  assert.equal((await server.send('DELETE', 'Patient/leaving')).status, 204);
  const back = await server.send('PUT', 'Patient/leaving', withId('leaving'));
  assert.equal(back.status, 201);
  assert.equal(back.headers.get('etag'), 'W/"3"');
});

test('Prefer decides what a write answers', async () => {
  const minimal = await server.send('POST', 'Patient', ada, { prefer: 'return=minimal' });
  assert.equal(minimal.text, '');
  assert.ok(minimal.headers.get('location'));
  const outcome = await server.send('POST', 'Patient', ada, { prefer: 'return=OperationOutcome' });
  assert.equal(outcome.body.resourceType, 'OperationOutcome');
  const word = await server.send('DELETE', 'Patient/never-was', undefined, {
    prefer: 'return=OperationOutcome',
  });
  assert.equal(word.status, 200);
});

test('a JSON Patch and a FHIRPath Patch change part of a resource', async () => {
  await server.send('PUT', 'Patient/patched', withId('patched'));
  const operations = [{ op: 'add', path: '/gender', value: 'other' }];
  const type = { 'content-type': 'application/json-patch+json' };
  const one = await server.send('PATCH', 'Patient/patched', operations, type);
  assert.equal(one.status, 200);
  assert.equal(one.body.gender, 'other');
  const parts = [
    { name: 'type', valueCode: 'replace' },
    { name: 'path', valueString: 'Patient.gender' },
    { name: 'value', valueCode: 'female' },
  ];
  const parameters = { resourceType: 'Parameters', parameter: [{ name: 'operation', part: parts }] };
  const two = await server.send('PATCH', 'Patient/patched', parameters);
  assert.equal(two.body.gender, 'female');
  assert.equal(two.headers.get('etag'), 'W/"3"');
});

test('a FHIRPath Patch may be sent as XML', async () => {
  await server.send('PUT', 'Patient/patched-xml', withId('patched-xml', { gender: 'male' }));
  const xml = `<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
    <part><name value="type"/><valueCode value="delete"/></part>
    <part><name value="path"/><valueString value="Patient.gender"/></part></parameter></Parameters>`;
  const answer = await server.send('PATCH', 'Patient/patched-xml', xml, {
    'content-type': 'application/fhir+xml',
    accept: 'application/fhir+json',
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.body.gender, undefined);
});

test('a patch may not spoil a resource, nor change its id', async () => {
  await server.send('PUT', 'Patient/guarded', withId('guarded'));
  const type = { 'content-type': 'application/json-patch+json' };
  const spoil = await server.send(
    'PATCH',
    'Patient/guarded',
    [{ op: 'add', path: '/gender', value: 'maybe' }],
    type,
  );
  assert.equal(spoil.status, 400);
  assert.deepEqual(spoil.body.issue[0].expression, ['Patient.gender']);
  const rename = await server.send(
    'PATCH',
    'Patient/guarded',
    [{ op: 'replace', path: '/id', value: 'b' }],
    type,
  );
  assert.equal(rename.status, 400);
  assert.equal((await server.send('GET', 'Patient/guarded')).headers.get('etag'), 'W/"1"');
});

test('twenty patches at once are all kept', async () => {
  await server.send('PUT', 'Patient/busy', withId('busy', { telecom: [{ system: 'phone', value: '0' }] }));
  const type = { 'content-type': 'application/json-patch+json' };
  const patches = Array.from({ length: 20 }, (_, index) => [
    { op: 'add', path: '/telecom/-', value: { system: 'phone', value: `n${index}` } },
  ]);
  const answers = await Promise.all(
    patches.map((patch) => server.send('PATCH', 'Patient/busy', patch, type)),
  );
  const { body } = await server.send('GET', 'Patient/busy');
  assert.equal(body.telecom.length, 21);
  assert.ok(answers.every(({ status }) => status === 200));
});

test('history lists versions newest first, page after page, deletions too', async () => {
  for (const gender of ['male', 'female', 'other']) {
    await server.send('PUT', 'Patient/old', withId('old', { gender }));
  }
  await server.send('DELETE', 'Patient/old');
  const { body } = await server.send('GET', 'Patient/old/_history?_count=3');
  assert.equal(body.type, 'history');
  assert.deepEqual(
    body.entry.map((entry: { request: { method: string } }) => entry.request.method),
    ['DELETE', 'PUT', 'PUT'],
  );
  const next = body.link.find((link: { relation: string }) => link.relation === 'next').url;
  const rest = await server.send('GET', next);
  assert.equal(rest.body.entry.length, 1);
  assert.equal(rest.body.entry[0].resource.meta.versionId, '1');
  assert.equal(
    rest.body.link.some((link: { relation: string }) => link.relation === 'next'),
    false,
  );
});

test('the history of a type and of everything stays in order while it is read', async () => {
  for (const path of ['Patient/_history', '_history']) {
    const seen: string[] = [];
    let address: string | undefined = `${path}?_count=7`;
    while (address !== undefined) {
      const { body } = await server.send('GET', address);
      for (const entry of body.entry) seen.push(`${entry.fullUrl} ${entry.response.etag}`);
      if (seen.length < 20) await server.send('POST', 'Patient', ada);
      address = body.link.find((link: { relation: string }) => link.relation === 'next')?.url;
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.length > 20);
  }
});

test('history can be asked for since a moment', async () => {
  const { body: before } = await server.send('PUT', 'Patient/since', withId('since'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await server.send('PUT', 'Patient/since', withId('since', { gender: 'male' }));
  const moment = new Date(Date.parse(before.meta.lastUpdated) + 1).toISOString();
  const { body } = await server.send('GET', `Patient/since/_history?_since=${moment}`);
  assert.equal(body.entry.length, 1);
});

test('a reference by URN in a resource sent by itself stays as it was sent', async () => {
  const reference = 'urn:uuid:0195e1d2-7a64-7000-8000-0000000000bb';
  const flag = { resourceType: 'Flag', status: 'active', code: { text: 'x' }, subject: { reference } };
  const { status, body } = await server.send('POST', 'Flag', flag);
  assert.equal(status, 201);
  assert.equal(body.subject.reference, reference);
});

test('a parameter that history does not know is passed over, or refused when the client is strict', async () => {
  assert.equal((await server.send('GET', 'Patient/old/_history?colour=red')).status, 200);
  const strict = { prefer: 'handling=strict' };
  const refused = await server.send('GET', 'Patient/old/_history?colour=red', undefined, strict);
  assert.equal(refused.status, 400);
  assert.deepEqual(refused.body.issue[0].expression, ['http.colour']);
  assert.equal((await server.send('GET', 'Patient/old/_history?_count=1', undefined, strict)).status, 200);
});

test('a document sent as it is becomes a Binary, and can be fetched as it is or as FHIR', async () => {
  const made = await server.send('POST', 'Binary', 'A letter: café', {
    'content-type': 'text/plain; charset=utf-8',
    accept: 'application/fhir+json',
  });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.body.resourceType, 'Binary');
  const plain = await server.send('GET', `Binary/${made.body.id}`, undefined, { accept: 'text/plain' });
  assert.equal(plain.text, 'A letter: café');
  assert.equal(plain.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.equal(plain.headers.get('content-disposition'), 'attachment');
  assert.match(plain.headers.get('content-security-policy') ?? '', /sandbox/);
  const fhir = await server.send('GET', `Binary/${made.body.id}`, undefined, {
    accept: 'application/fhir+json',
  });
  assert.equal(Buffer.from(fhir.body.data, 'base64').toString(), 'A letter: café');
});

test('history can be asked for what was current at a moment', async () => {
  const { body: first } = await server.send('PUT', 'Patient/at', withId('at'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await server.send('PUT', 'Patient/at', withId('at', { gender: 'male' }));
  const { body } = await server.send('GET', `Patient/at/_history?_at=${first.meta.lastUpdated}`);
  assert.deepEqual(
    body.entry.map(({ resource }: { resource: { meta: object } }) => resource.meta),
    [first.meta],
  );
});

test('X-Provenance stores who did it together with what was done', async () => {
  const provenance = {
    resourceType: 'Provenance',
    recorded: '2026-03-01T10:00:00Z',
    agent: [{ who: { display: 'A test' } }],
  };
  const { body } = await server.send('POST', 'Patient', ada, { 'x-provenance': JSON.stringify(provenance) });
  const { body: all } = await server.send('GET', 'Provenance/_history');
  const targets = all.entry.map((entry: { resource: { target: unknown } }) => entry.resource.target);
  assert.deepEqual(targets, [[{ reference: `Patient/${body.id}` }]]);
});

test('_elements and _summary give part of a resource, marked as such', async () => {
  await server.send('PUT', 'Patient/part', withId('part', { gender: 'female' }));
  const { body } = await server.send('GET', 'Patient/part?_elements=gender');
  assert.equal(body.name, undefined);
  assert.equal(body.meta.tag[0].code, 'SUBSETTED');
  const pretty = await server.send('GET', 'Patient/part?_pretty=true&_format=json');
  assert.match(pretty.text, /\n {2}"resourceType"/);
});
