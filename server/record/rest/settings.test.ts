import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from './test-server.ts';

const strict = await testServer({ brokenReferences: 'refuse', baseUrl: 'https://ics.example/fhir' });
const open = await testServer();

const about = (reference: string) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Weight' },
  subject: { reference },
});

test('a reference to what is not stored is accepted, because feeds come out of order', async () => {
  assert.equal((await open.send('POST', 'Observation', about('Patient/nobody'))).status, 201);
});

test('where a deployment wants it so, a reference to what is not stored is refused', async () => {
  const { status, body } = await strict.send('POST', 'Observation', about('Patient/nobody'));
  assert.equal(status, 400);
  assert.equal(body.issue[0].code, 'not-found');
  const patient = {
    resource: { resourceType: 'Patient', id: 'p' },
    request: { method: 'PUT', url: 'Patient/p' },
  };
  const entry = [{ resource: about('Patient/p'), request: { method: 'POST', url: 'Observation' } }, patient];
  assert.equal(
    (await strict.send('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).status,
    200,
  );
  await strict.send('DELETE', 'Patient/p');
  assert.equal((await strict.send('POST', 'Observation', about('Patient/p'))).status, 400);
});

test('addresses in answers are those that clients use', async () => {
  const { headers, body } = await strict.send('POST', 'Patient', { resourceType: 'Patient' });
  assert.equal(headers.get('location'), `https://ics.example/fhir/Patient/${body.id}/_history/1`);
});

test('every answer may be kept by nobody and is taken for no page', async () => {
  for (const path of ['metadata', 'Patient/nobody']) {
    const { headers } = await open.send('GET', path);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
});
