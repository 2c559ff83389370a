import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Resource } from '../../types.ts';
import { openDefinitions, type ElementInfo } from '../index.ts';

const base = 'http://hl7.org/fhir/StructureDefinition/';

function profile(type: string, element: object[], more: object = {}): Resource {
  return {
    resourceType: 'StructureDefinition',
    url: `http://example.org/StructureDefinition/${type}-profile`,
    name: 'Example',
    status: 'draft',
    kind: 'resource',
    abstract: false,
    type,
    baseDefinition: base + type,
    derivation: 'constraint',
    differential: { element },
    ...more,
  };
}

function elementsOf(...resources: Resource[]): Map<string, ElementInfo> {
  const definitions = openDefinitions({ packages: [{ name: 'test', version: '1', resources }] });
  const structure = definitions.structure(String(resources.at(-1)?.['url']));
  return new Map(structure?.elements.map((element) => [element.id, element]));
}

test('a constraint on an element keeps everything else of its base', () => {
  const elements = elementsOf(
    profile('Patient', [{ id: 'Patient.name', path: 'Patient.name', min: 1, max: '2' }]),
  );
  assert.equal(elements.get('Patient.name')?.min, 1);
  assert.equal(elements.get('Patient.name')?.max, 2);
  assert.equal(elements.get('Patient.name')?.isArray, true);
  assert.equal(elements.get('Patient.gender')?.binding?.strength, 'required');
});

test('constraining inside a data type opens it', () => {
  const elements = elementsOf(
    profile('Patient', [{ id: 'Patient.name.family', path: 'Patient.name.family', min: 1 }]),
  );
  assert.equal(elements.get('Patient.name.family')?.min, 1);
  assert.equal(elements.get('Patient.name.given')?.isArray, true);
});

test('slices start optional and inherit the rest; paths without ids are understood', () => {
  const elements = elementsOf(
    profile('Patient', [
      {
        path: 'Patient.identifier',
        slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' },
        min: 1,
      },
      { path: 'Patient.identifier', sliceName: 'local', max: '1' },
      { path: 'Patient.identifier.system', fixedUri: 'http://example.org/local', min: 1 },
    ]),
  );
  assert.equal(elements.get('Patient.identifier')?.slicing?.discriminators[0]?.path, 'system');
  assert.equal(elements.get('Patient.identifier:local')?.min, 0);
  assert.deepEqual(elements.get('Patient.identifier:local.system')?.fixed, {
    type: 'uri',
    value: 'http://example.org/local',
  });
  assert.equal(elements.get('Patient.identifier.system'), undefined);
});

test('a choice named by its type becomes a slice of the choice', () => {
  const elements = elementsOf(
    profile('Observation', [{ id: 'Observation.valueQuantity', path: 'Observation.valueQuantity', min: 1 }]),
  );
  const slice = elements.get('Observation.value[x]:valueQuantity');
  assert.deepEqual(
    slice?.types.map((type) => type.code),
    ['Quantity'],
  );
  assert.equal(elements.get('Observation.value[x]')?.slicing?.discriminators[0]?.type, 'type');
});

test('a content reference can be constrained without touching what it refers to', () => {
  const elements = elementsOf(
    profile('Questionnaire', [
      { id: 'Questionnaire.item.item.text', path: 'Questionnaire.item.item.text', min: 1 },
    ]),
  );
  assert.equal(elements.get('Questionnaire.item.item.text')?.min, 1);
  assert.equal(elements.get('Questionnaire.item.text')?.min, 0);
});

test('a profile of a profile inherits slices and adds invariants', () => {
  const parent = profile('Patient', [
    {
      id: 'Patient.name',
      path: 'Patient.name',
      slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' },
    },
    { id: 'Patient.name:official', path: 'Patient.name', sliceName: 'official', min: 1 },
    { id: 'Patient.name:official.use', path: 'Patient.name.use', fixedCode: 'official' },
  ]);
  const constraint = {
    key: 'x-1',
    severity: 'error',
    human: 'Family is needed',
    expression: 'family.exists()',
  };
  const child = profile(
    'Patient',
    [{ id: 'Patient.name:official', path: 'Patient.name', sliceName: 'official', constraint: [constraint] }],
    {
      url: 'http://example.org/StructureDefinition/child',
      baseDefinition: parent['url'],
    },
  );
  const elements = elementsOf(parent, child);
  assert.equal(elements.get('Patient.name:official')?.min, 1);
  assert.equal(elements.get('Patient.name:official')?.constraints.at(-1)?.key, 'x-1');
  assert.equal(elements.get('Patient.name:official.use')?.fixed?.value, 'official');
});

test('a profile that names an element its base does not have is refused', () => {
  const wrong = profile('Patient', [{ id: 'Patient.colour', path: 'Patient.colour', min: 1 }]);
  assert.throws(() => elementsOf(wrong), { code: 'record/profile-path' });
});
