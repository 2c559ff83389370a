import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { testServer } from './test-server.ts';

const server = await testServer();

const json = { 'content-type': 'application/fhir+json' };
const refused = async (
  status: number,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => {
  const answer = await server.send(method, path, body, headers);
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.body.resourceType, 'OperationOutcome');
  const [issue] = answer.body.issue;
  assert.ok(issue.severity === 'error' || issue.severity === 'fatal');
  assert.ok(issue.code && issue.details.text);
  return { ...answer, issue };
};

test('JSON that breaks off is refused with line and column', async () => {
  const { issue } = await refused(400, 'POST', 'Patient', '{"resourceType":"Patient",\n "name":[', json);
  assert.equal(issue.extension[0].valueInteger, 2);
  assert.ok(issue.diagnostics);
});

test('XML that is not well formed, or has a document type, is refused', async () => {
  const xml = { 'content-type': 'application/fhir+xml', accept: 'application/json' };
  await refused(400, 'POST', 'Patient', '<Patient xmlns="http://hl7.org/fhir"><name></Patient>', xml);
  const bomb = '<!DOCTYPE a [<!ENTITY b "c">]><Patient xmlns="http://hl7.org/fhir"/>';
  await refused(400, 'POST', 'Patient', bomb, xml);
});

test('errors are told in XML to those who ask for XML', async () => {
  const answer = await server.send('GET', 'Patient/nobody', undefined, { accept: 'application/fhir+xml' });
  assert.equal(answer.status, 404);
  assert.match(answer.text, /<OperationOutcome xmlns="http:\/\/hl7.org\/fhir">/);
});

test('a body in another media type is refused, and so is a wish for one', async () => {
  await refused(415, 'POST', 'Patient', 'x', { 'content-type': 'text/plain' });
  await refused(415, 'POST', 'Patient', '{}', { 'content-type': 'application/fhir+json; fhirVersion=3.0' });
  await refused(406, 'GET', 'Patient/1', undefined, { accept: 'image/png' });
  await refused(406, 'GET', 'Patient/1?_format=turtle');
});

test('a body that is too large is refused, whether its length is told or not', async () => {
  const large = JSON.stringify({ resourceType: 'Patient', name: [{ text: 'x'.repeat(1024 * 1024) }] });
  await refused(413, 'POST', 'Patient', large, json);
});

test('a body that nests too deeply is refused', async () => {
  const deep = `{"resourceType":"Patient","extension":${'[{"url":"a","extension":'.repeat(300)}[]${'}]'.repeat(300)}}`;
  await refused(400, 'POST', 'Patient', deep, json);
});

test('text that is not UTF-8 is refused', async () => {
  const bytes = Buffer.concat([
    Buffer.from('{"resourceType":"Patient","id":"'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('"}'),
  ]);
  const answer = await fetch(`${server.url}/Patient`, { method: 'POST', headers: json, body: bytes });
  assert.equal(answer.status, 400);
});

test('an unknown type, path, operation and resource are not found', async () => {
  await refused(404, 'GET', 'Pateint/1');
  await refused(404, 'GET', 'patient/1');
  await refused(404, 'GET', 'Patient/1/2/3/4');
  await refused(404, 'GET', '$make-tea');
  await refused(404, 'GET', 'Patient/nobody/$everything');
  await refused(404, 'GET', 'Patient/nobody/_history/1');
  await refused(404, 'GET', 'Patient/nobody/_history');
});

test('a method that an address does not answer is told which it does', async () => {
  const { headers } = await refused(405, 'DELETE', 'metadata');
  assert.equal(headers.get('allow'), 'GET, HEAD');
  await refused(405, 'POST', 'Patient/1', {});
});

test('an id that FHIR does not allow is refused', async () => {
  await refused(400, 'GET', `Patient/${'x'.repeat(65)}`);
  await refused(400, 'PUT', 'Patient/a_b', { resourceType: 'Patient', id: 'a_b' });
});

test('the type and id of the body must be those of the address', async () => {
  const type = await refused(400, 'POST', 'Patient', { resourceType: 'Observation' });
  assert.deepEqual(type.issue.expression, ['Patient.resourceType']);
  const id = await refused(400, 'PUT', 'Patient/one', { resourceType: 'Patient', id: 'two' });
  assert.deepEqual(id.issue.expression, ['Patient.id']);
  await refused(400, 'PUT', 'Patient/one', { resourceType: 'Patient' });
});

test('every fault of a resource is told with its place, and no value of a person is repeated', async () => {
  const { body, text } = await refused(400, 'POST', 'Patient', {
    resourceType: 'Patient',
    name: [{ family: 'Quillfeather' }],
    birthDate: '2026-02-30',
    gender: 'F',
    shoeSize: 43,
  });
  const places = body.issue.map((issue: { expression: string[] }) => issue.expression[0]);
  assert.deepEqual(places.sort(), ['Patient', 'Patient.birthDate', 'Patient.gender']);
  assert.match(text, /shoeSize/);
  assert.doesNotMatch(text, /Quillfeather|2026-02-30/);
});

test('an empty body, a body that is no resource and a wrong patch are refused', async () => {
  await refused(400, 'POST', 'Patient', '', json);
  await refused(400, 'POST', 'Patient', '[]', json);
  await refused(400, 'POST', 'Patient', '"Patient"', json);
  await server.send('PUT', 'Patient/target', { resourceType: 'Patient', id: 'target' });
  const type = { 'content-type': 'application/json-patch+json' };
  await refused(400, 'PATCH', 'Patient/target', [{ op: 'jump', path: '/id' }], type);
  await refused(415, 'PATCH', 'Patient/target', { resourceType: 'Patient', id: 'target' });
  await refused(404, 'PATCH', 'Patient/nobody', [{ op: 'add', path: '/active', value: true }], type);
});

test('a page link that was changed is refused', async () => {
  await refused(400, 'GET', 'Patient/_history?_cursor=abc');
  await refused(400, 'GET', 'Patient/_history?_count=-1');
  await refused(400, 'GET', 'Patient/_history?_since=yesterday');
  await refused(
    400,
    'PUT',
    'Patient/target',
    { resourceType: 'Patient', id: 'target' },
    { 'if-match': 'latest' },
  );
});

test('keys that JavaScript treats specially do no harm', async () => {
  await refused(400, 'POST', 'Patient', '{"resourceType":"Patient","__proto__":{"admin":true}}', json);
  assert.equal(({} as { admin?: boolean }).admin, undefined);
});

test('a request that is cut off leaves the server well', async () => {
  const { port } = new URL(server.url);
  const socket = net.connect(Number(port), '127.0.0.1');
  socket.write(
    'POST /fhir/Patient HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\nContent-Length: 900\r\n\r\n{"res',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  assert.equal((await server.send('GET', 'metadata')).status, 200);
});
