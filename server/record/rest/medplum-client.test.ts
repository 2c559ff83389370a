import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MedplumClient, OperationOutcomeError } from '@medplum/core';
import type { Bundle, Observation, Patient } from '@medplum/fhirtypes';
import { testServer } from './test-server.ts';

// A second client that somebody else wrote. Nothing in the API was made with it in hand.

const server = await testServer();
const client = new MedplumClient({
  baseUrl: new URL(server.url).origin,
  fhirUrlPath: 'fhir',
  fetch,
  cacheTime: 0,
});

const patient = await client.createResource<Patient>({
  resourceType: 'Patient',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
  name: [{ family: 'Okafor', given: ['Ada'] }],
  birthDate: '1962-07-09',
});

const observation = (value: number): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { reference: `Patient/${patient.id}` },
  effectiveDateTime: '2026-01-02',
  valueQuantity: { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
});

test('it reads what it created, by id, by reference and by version', async () => {
  const read = await client.readResource('Patient', patient.id);
  assert.equal(read.name?.[0]?.family, 'Okafor');
  const referred = await client.readReference<Patient>({ reference: `Patient/${patient.id}` });
  assert.equal(referred.id, patient.id);
  const version = await client.readVersion('Patient', patient.id, read.meta!.versionId!);
  assert.equal(version.birthDate, '1962-07-09');
});

test('it updates, patches, and reads the history', async () => {
  await client.updateResource<Patient>({
    ...(await client.readResource('Patient', patient.id)),
    gender: 'female',
  });
  await client.patchResource('Patient', patient.id, [{ op: 'add', path: '/active', value: true }]);
  const now = await client.readResource('Patient', patient.id);
  assert.deepEqual([now.gender, now.active], ['female', true]);
  const history: Bundle = await client.readHistory('Patient', patient.id);
  assert.equal(history.entry?.length, 3);
});

test('it searches, creates only when absent, and counts', async () => {
  await client.createResource(observation(61));
  await client.createResource(observation(88));
  const found = await client.searchResources('Observation', {
    subject: `Patient/${patient.id}`,
    'value-quantity': 'gt80',
  });
  assert.equal(found.length, 1);
  const again = await client.createResourceIfNoneExist<Patient>(
    { resourceType: 'Patient', name: [{ family: 'Another' }] },
    'identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018',
  );
  assert.equal(again.id, patient.id);
  const page = await client.search('Observation', 'code=8867-4&_count=1&_total=accurate');
  assert.deepEqual([page.total, page.entry?.length], [2, 1]);
});

test('it sends a batch, asks for everything, validates and asks by GraphQL', async () => {
  const batch = await client.executeBatch({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ resource: observation(70), request: { method: 'POST', url: 'Observation' } }],
  });
  assert.match(batch.entry?.[0]?.response?.status ?? '', /^201/);
  const everything = await client.readPatientEverything(patient.id);
  assert.ok((everything.entry?.length ?? 0) >= 4);
  const outcome = await client.validateResource(observation(1));
  assert.ok(outcome.issue.every((issue) => issue.severity !== 'error'));
  const answer = await client.graphql(`{ Patient(id: "${patient.id}") { name { family } } }`);
  assert.equal(answer.data.Patient.name[0].family, 'Okafor');
});

test('it is told what is wrong with a resource, and that a deleted one is gone', async () => {
  await assert.rejects(
    client.createResource({ ...patient, id: undefined, gender: 'banana' } as never),
    (error: unknown) =>
      error instanceof OperationOutcomeError && /gender/.test(JSON.stringify(error.outcome)),
  );
  const short = await client.createResource(observation(2));
  await client.deleteResource('Observation', short.id);
  await assert.rejects(client.readResource('Observation', short.id));
});
