import assert from 'node:assert/strict';
import { test } from 'node:test';
import { homeOf, ridOf } from '../rid.ts';
import type { Resource } from '../types.ts';
import { labelsOf, onlyElements, piecesOf, withoutLocation } from './index.ts';

const filed = (resource: Resource, patient?: string) => ({
  type: resource.resourceType,
  id: resource.id!,
  patientId: patient === undefined ? homeOf(resource.resourceType, resource.id!) : ridOf(patient),
  source: 'urn:example:source',
});
const coded = (system: string, code: string): Resource => ({
  resourceType: 'Condition',
  id: 'c',
  code: { coding: [{ system, code }] },
});

test('a result is a piece of the patient it is filed under', () => {
  const reading: Resource = { resourceType: 'Observation', id: 'o', subject: { reference: 'Patient/ada' } };
  const [piece, ...more] = piecesOf(reading, filed(reading, 'ada'));
  assert.deepEqual(more, []);
  assert.deepEqual([piece?.dataClass, piece?.patientId], ['results', ridOf('ada')]);
});

test('an appointment of two people is a piece of each of them', () => {
  const participant = ['ada', 'ben'].map((id) => ({ actor: { reference: `Patient/${id}` } }));
  const visit: Resource = { resourceType: 'Appointment', id: 'a', participant };
  const patients = piecesOf(visit, filed(visit)).map(({ patientId }) => patientId);
  assert.deepEqual(patients, [ridOf('ada'), ridOf('ben')].sort());
});

test('an organisation is in the directory, and a schedule is until it names a patient', () => {
  const trust: Resource = { resourceType: 'Organization', id: 't' };
  const diary: Resource = { resourceType: 'Schedule', id: 's', actor: [{ reference: 'Patient/ada' }] };
  assert.equal(piecesOf(trust, filed(trust))[0]?.dataClass, 'directory');
  assert.notEqual(piecesOf(diary, filed(diary))[0]?.dataClass, 'directory');
});

test('codes and security labels say what makes a resource sensitive', () => {
  assert.deepEqual(labelsOf(coded('http://snomed.info/sct', '86406008')), ['hiv']);
  assert.deepEqual(labelsOf(coded('http://hl7.org/fhir/sid/icd-10', 'F10.2')), ['substance-use']);
  assert.deepEqual(labelsOf(coded('http://snomed.info/sct', '195967001')), []);
  const system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
  const restricted = { security: [{ system, code: 'R' }] };
  assert.deepEqual(labelsOf({ resourceType: 'Flag', id: 'f', meta: restricted }), ['in-confidence']);
  assert.deepEqual(labelsOf({ resourceType: 'Patient', id: 'p', meta: restricted }), []);
});

test('where a protected person lives, is registered and can be reached is left out, and it is marked', () => {
  const whole: Resource = {
    resourceType: 'Patient',
    id: 'ada',
    meta: { versionId: '1', source: 'urn:surgery' },
    text: { status: 'generated', div: '<div>Dune Road</div>' },
    name: [{ family: 'Okafor' }],
    maritalStatus: { text: 'Married' },
    address: [{ city: 'Marram' }],
    telecom: [{ value: '01632 960000' }],
    generalPractitioner: [{ reference: 'Organization/1' }],
  };
  const shown = withoutLocation(whole);
  assert.doesNotMatch(JSON.stringify(shown), /Marram|01632|Organization|Dune|surgery/);
  assert.deepEqual(shown['maritalStatus'], { text: 'Married' });
  assert.equal(shown.meta?.security?.[0]?.code, 'REDACTED');
});

test('a minimum view keeps the elements it names, and says that it is a part', () => {
  const shown = onlyElements(
    { resourceType: 'Flag', id: 'f', code: { text: 'x' }, note: 'y' },
    new Set(['id', 'code']),
  );
  assert.deepEqual(Object.keys(shown), ['resourceType', 'id', 'meta', 'code']);
  assert.equal(shown.meta?.security?.[0]?.code, 'SUBSETTED');
});
