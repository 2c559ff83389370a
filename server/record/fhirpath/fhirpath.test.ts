import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile, createFhirPath, evaluate, exact } from './index.ts';
import { openDefinitions } from '../definitions/index.ts';
import type { Resource } from '../types.ts';

const patient: Resource = {
  resourceType: 'Patient',
  id: 'a',
  active: true,
  birthDate: '1970-03-01',
  name: [
    { use: 'official', family: 'Example', given: ['Ann', 'Bea'] },
    { use: 'usual', given: ['Annie'] },
  ],
  deceasedBoolean: false,
};

const observation: Resource = {
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'weight' },
  valueQuantity: { value: exact('82.50'), unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
};

test('paths, filters and indexes read a resource', () => {
  assert.deepEqual(evaluate("Patient.name.where(use = 'official').given", patient), ['Ann', 'Bea']);
  assert.deepEqual(evaluate('name[1].given', patient), ['Annie']);
  assert.deepEqual(evaluate('Patient.deceased', patient), [false]);
  assert.deepEqual(evaluate('Encounter.status', patient), []);
});

test('a choice is read by its name and told apart by its type', () => {
  assert.deepEqual(evaluate('Observation.value is Quantity', observation), [true]);
  assert.deepEqual(evaluate('Observation.value.ofType(string)', observation), []);
});

test('decimals keep their places', () => {
  assert.deepEqual(evaluate('value.value.toString()', observation), ['82.50']);
  assert.deepEqual(evaluate('value.value.precision()', observation), [2]);
});

test('quantities compare across units', () => {
  assert.deepEqual(evaluate("Observation.value > 80 'kg'", observation), [true]);
  assert.deepEqual(evaluate("Observation.value = 82500 'g'", observation), [true]);
  assert.deepEqual(evaluate("Observation.value > 1 'm'", observation), []);
});

test('dates of different precision do not decide', () => {
  assert.deepEqual(evaluate('birthDate < @1970-04', patient), [true]);
  assert.deepEqual(evaluate('birthDate = @1970-03', patient), []);
  assert.deepEqual(evaluate('@2020-01-31 + 1 month', patient), ['2020-02-29']);
});

test('a value without content but with extensions still exists', () => {
  const unknown: Resource = {
    resourceType: 'Patient',
    _birthDate: { extension: [{ url: 'http://example.org/why', valueString: 'x' }] },
  };
  assert.deepEqual(evaluate('birthDate.exists()', unknown), [true]);
  assert.deepEqual(evaluate('birthDate.hasValue()', unknown), [false]);
  assert.deepEqual(evaluate("birthDate.extension('http://example.org/why').value", unknown), ['x']);
});

test('an expression that cannot be read says where', () => {
  assert.throws(() => compile('name.given +'), { code: 'record/fhirpath-syntax' });
  assert.throws(() => compile('name.frobnicate()'), { code: 'record/fhirpath-failed' });
});

test('variables can be given', () => {
  assert.deepEqual(evaluate('name.given contains %wanted', patient, { wanted: 'Bea' }), [true]);
});

test('resolve() asks the surroundings', () => {
  const engine = createFhirPath(openDefinitions());
  const related = { ...observation, subject: { reference: 'Patient/a' } };
  const nodes = engine
    .compile('Observation.subject.resolve().birthDate')
    .nodes(engine.node(related), {}, { resolve: () => engine.node(patient) });
  assert.deepEqual(
    nodes.map((node) => node.value),
    ['1970-03-01'],
  );
});
