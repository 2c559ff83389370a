import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDefinitions } from './index.ts';

const definitions = openDefinitions();

test('every concrete R4 resource type is known, in alphabetical order', () => {
  assert.ok(definitions.resourceTypes.length >= 145);
  assert.deepEqual(definitions.resourceTypes, [...definitions.resourceTypes].sort());
  assert.ok(definitions.isResourceType('Patient'));
  assert.ok(!definitions.isResourceType('DomainResource'));
});

test('an element is found through data types, choices and content references', () => {
  assert.equal(definitions.element('Patient.name.family')?.types[0]?.code, 'string');
  assert.equal(definitions.element('Observation.component.valueQuantity.unit')?.path, 'Quantity.unit');
  assert.equal(definitions.element('Bundle.entry.link.url')?.types[0]?.code, 'uri');
  assert.equal(definitions.element('Patient.id')?.types[0]?.code, 'id');
  assert.equal(definitions.element('Patient.nonsense'), undefined);
  assert.equal(definitions.element('Patient.name')?.isArray, true);
});

test('a value set made of a whole code system, a filter or a list can be listed', () => {
  const gender = definitions.expand('http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1');
  assert.ok(gender.enumerable);
  assert.deepEqual(gender.concepts.map((concept) => concept.code).sort(), [
    'female',
    'male',
    'other',
    'unknown',
  ]);
  assert.equal(gender.check(undefined, 'banana'), false);
  const encounter = definitions.expand('http://terminology.hl7.org/ValueSet/v3-ActEncounterCode');
  assert.equal(encounter.check('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'AMB'), true);
});

test('a value set that rests on an outside terminology says so', () => {
  const codes = definitions.expand('http://hl7.org/fhir/ValueSet/observation-codes');
  assert.ok(!codes.enumerable);
  assert.match(codes.reason, /loinc/);
  assert.equal(codes.check('http://loinc.org', '8867-4'), undefined);
  assert.equal(codes.check('http://example.org/other', '8867-4'), false);
});

test('languages, media types and currencies are checked by their own rules', () => {
  const languages = definitions.expand('http://hl7.org/fhir/ValueSet/all-languages');
  assert.equal(languages.check(undefined, 'en-GB'), true);
  assert.equal(languages.check(undefined, 'english'), false);
  const money = definitions.expand('http://hl7.org/fhir/ValueSet/currencies');
  assert.equal(money.check(undefined, 'GBP'), true);
  assert.equal(money.check(undefined, 'QQQ'), false);
  const media = definitions.expand('http://hl7.org/fhir/ValueSet/mimetypes');
  assert.equal(media.check(undefined, 'application/fhir+json; charset=utf-8'), true);
  assert.equal(media.check(undefined, 'pdf'), false);
});

test('search parameters of a type include those of every resource', () => {
  const codes = definitions.searchParameters('Patient').map((parameter) => parameter.code);
  assert.ok(codes.includes('birthdate') && codes.includes('_lastUpdated') && codes.includes('_text'));
});

test('the patient compartment names the parameters that tie a type to a patient', () => {
  assert.deepEqual(definitions.patientCompartment.resources.get('Observation'), ['subject', 'performer']);
  assert.equal(definitions.patientCompartment.resources.has('Location'), false);
});

test('a cache file cut short is built again', () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'definitions-'));
  try {
    openDefinitions({ cacheDir });
    const [file = ''] = readdirSync(cacheDir);
    truncateSync(join(cacheDir, file), 1000);
    assert.ok(openDefinitions({ cacheDir }).structure('Patient'));
    assert.equal(readdirSync(cacheDir).length, 1);
  } finally {
    rmSync(cacheDir, { recursive: true });
  }
});
