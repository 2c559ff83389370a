import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../platform/errors.ts';
import { parseJson } from '../formats/index.ts';
import type { Resource } from '../types.ts';
import { fhirPathPatch } from './index.ts';

const patient = parseJson(`{
  "resourceType": "Patient", "id": "p", "active": true, "deceasedBoolean": false, "birthDate": "2000-01-01",
  "extension": [{"url": "http://e", "valueDecimal": 1.50}],
  "name": [{"use": "official", "family": "A", "given": ["B", "C"], "_given": [null, {"id": "g"}]}, {"use": "usual", "given": ["D"]}],
  "contact": [{"gender": "female"}]
}`);

type Parts = {
  type: string;
  path: string;
  name?: string;
  value?: string;
  index?: number;
  source?: number;
  destination?: number;
};

/** Parameters for operations; `value` is the JSON text of the properties beside the part's name. */
function parameters(operations: Parts[]): Resource {
  const parameter = operations.map(({ type, path, name, value, ...places }) => {
    const parts = [
      `{"name":"type","valueCode":"${type}"}`,
      `{"name":"path","valueString":${JSON.stringify(path)}}`,
      ...(name === undefined ? [] : [`{"name":"name","valueString":"${name}"}`]),
      ...(value === undefined ? [] : [`{"name":"value",${value}}`]),
      ...Object.entries(places).map(([key, place]) => `{"name":"${key}","valueInteger":${place}}`),
    ];
    return `{"name":"operation","part":[${parts.join()}]}`;
  });
  return parseJson(`{"resourceType":"Parameters","parameter":[${parameter.join()}]}`);
}

function patched(...operations: Parts[]): Record<string, unknown> {
  return JSON.parse(JSON.stringify(fhirPathPatch(patient, parameters(operations)))) as Record<
    string,
    unknown
  >;
}

test('a path may choose by content, position, type and extension', () => {
  const where = patched({
    type: 'replace',
    path: "Patient.name.where(use = 'official').family",
    value: '"valueString":"Z"',
  });
  assert.equal((where['name'] as { family: string }[])[0]?.family, 'Z');
  const last = patched({ type: 'replace', path: 'name.last().given.first()', value: '"valueString":"Z"' });
  assert.deepEqual((last['name'] as object[])[1], { use: 'usual', given: ['Z'] });
  const typed = patched({ type: 'delete', path: 'Patient.deceased.ofType(boolean)' });
  assert.ok(!('deceasedBoolean' in typed));
  const extension = patched({
    type: 'replace',
    path: "Patient.extension('http://e').value",
    value: '"valueCode":"x"',
  });
  assert.deepEqual(extension['extension'], [{ url: 'http://e', valueCode: 'x' }]);
});

test('values and their twins stay in step', () => {
  const moved = patched({ type: 'move', path: 'Patient.name[0].given', source: 1, destination: 0 });
  assert.deepEqual((moved['name'] as object[])[0], {
    use: 'official',
    family: 'A',
    given: ['C', 'B'],
    _given: [{ id: 'g' }, null],
  });
  const removed = patched({ type: 'delete', path: 'Patient.name[0].given[1]' });
  assert.deepEqual((removed['name'] as object[])[0], { use: 'official', family: 'A', given: ['B'] });
  const inserted = patched({
    type: 'insert',
    path: 'Patient.name[0].given',
    index: 1,
    value: '"_valueString":{"id":"n"}',
  });
  assert.deepEqual((inserted['name'] as { _given: unknown }[])[0]?._given, [null, { id: 'n' }, { id: 'g' }]);
});

test('an extension can be added to a primitive', () => {
  const value = '"part":[{"name":"url","valueUri":"http://t"},{"name":"value","valueDateTime":"2000"}]';
  const { _birthDate } = patched({ type: 'add', path: 'Patient.birthDate', name: 'extension', value });
  assert.deepEqual(_birthDate, { extension: [{ url: 'http://t', valueDateTime: '2000' }] });
});

test('exact decimals keep their text, both those that stay and those that come', () => {
  const value = '"valueExtension":{"url":"http://f","valueDecimal":2.00}';
  const after = fhirPathPatch(
    patient,
    parameters([{ type: 'add', path: 'Patient', name: 'extension', value }]),
  );
  assert.match(JSON.stringify(after), /1\.50.*2\.00/);
});

test('a choice may change its type, but never has two values', () => {
  const replaced = patched({ type: 'replace', path: 'Patient.deceased', value: '"valueDateTime":"2020"' });
  assert.equal(replaced['deceasedDateTime'], '2020');
  assert.ok(!('deceasedBoolean' in replaced));
  const added = patched({ type: 'add', path: 'Patient', name: 'multipleBirth', value: '"valueInteger":2' });
  assert.equal(added['multipleBirthInteger'], 2);
  assert.equal(
    problemOf({ type: 'add', path: 'Patient', name: 'deceased', value: '"valueDateTime":"2020"' }).status,
    422,
  );
});

test('a list that is not there yet can be filled', () => {
  const { telecom } = patched({
    type: 'insert',
    path: 'Patient.telecom',
    index: 0,
    value: '"valueContactPoint":{"value":"1"}',
  });
  assert.deepEqual(telecom, [{ value: '1' }]);
});

test('what a patch empties is left out, and may be filled again by a later operation', () => {
  assert.ok(!('contact' in patched({ type: 'delete', path: 'Patient.contact[0].gender' })));
  const filled = patched(
    { type: 'delete', path: 'Patient.contact[0].gender' },
    { type: 'add', path: 'Patient.contact[0]', name: 'gender', value: '"valueCode":"male"' },
  );
  assert.deepEqual(filled['contact'], [{ gender: 'male' }]);
});

test('deleting what is not there changes nothing', () => {
  assert.deepEqual(patched({ type: 'delete', path: 'Patient.gender' }), JSON.parse(JSON.stringify(patient)));
});

test('a bundle entry takes a whole resource', () => {
  const bundle = parseJson('{"resourceType":"Bundle","entry":[{"fullUrl":"urn:a"}]}');
  const value = '"resource":{"resourceType":"Basic","id":"1"}';
  const after = fhirPathPatch(
    bundle,
    parameters([{ type: 'add', path: 'Bundle.entry[0]', name: 'resource', value }]),
  );
  assert.deepEqual(after['entry'], [{ fullUrl: 'urn:a', resource: { resourceType: 'Basic', id: '1' } }]);
});

function problemOf(...operations: Parts[]): Problem {
  try {
    patched(...operations);
  } catch (problem) {
    assert.ok(problem instanceof Problem, String(problem));
    return problem;
  }
  return assert.fail('no problem was found');
}

const faults: [name: string, operation: Parts, status: number][] = [
  ['an unknown type', { type: 'mend', path: 'Patient' }, 400],
  ['a path that is no FHIRPath', { type: 'delete', path: 'Patient..(' }, 400],
  ['a path with an operator', { type: 'delete', path: 'Patient.name | Patient.contact' }, 400],
  ['a function that leads to no place', { type: 'delete', path: 'Patient.name.count()' }, 400],
  ['an expression that cannot be evaluated', { type: 'delete', path: 'Patient.name.where(mend())' }, 400],
  ['no value', { type: 'replace', path: 'Patient.active' }, 400],
  ['no name', { type: 'add', path: 'Patient', value: '"valueCode":"male"' }, 400],
  ['no index', { type: 'insert', path: 'Patient.name', value: '"valueHumanName":{}' }, 400],
  ['a path that leads to two elements', { type: 'delete', path: 'Patient.name' }, 422],
  [
    'a path that leads to nothing',
    { type: 'replace', path: 'Patient.gender', value: '"valueCode":"male"' },
    422,
  ],
  [
    'an element that is there already',
    { type: 'add', path: 'Patient', name: 'active', value: '"valueBoolean":true' },
    422,
  ],
  [
    'an element that FHIR does not have',
    { type: 'add', path: 'Patient', name: 'nmae', value: '"valueString":"a"' },
    422,
  ],
  [
    'a value of the wrong type',
    { type: 'replace', path: 'Patient.name[0]', value: '"valueAddress":{"city":"a"}' },
    422,
  ],
  ['text for a boolean', { type: 'replace', path: 'Patient.active', value: '"valueString":"true"' }, 422],
  [
    'a part named after nothing',
    { type: 'add', path: 'Patient', name: 'contact', value: '"part":[{"name":"x","valueCode":"a"}]' },
    422,
  ],
  [
    'an index outside the list',
    { type: 'insert', path: 'Patient.name', index: 3, value: '"valueHumanName":{"text":"a"}' },
    422,
  ],
  ['a source outside the list', { type: 'move', path: 'Patient.name', source: 2, destination: 0 }, 422],
  ['a move in no list', { type: 'move', path: 'Patient.active', source: 0, destination: 0 }, 422],
  ['deleting the resource', { type: 'delete', path: 'Patient' }, 422],
];

for (const [name, operation, status] of faults) {
  test(`${name} is refused with the number of the operation`, () => {
    const problem = problemOf({ type: 'delete', path: 'Patient.language' }, operation);
    assert.equal(problem.status, status);
    assert.equal(problem.place, 'operation 2');
  });
}

test('a body that is not Parameters is refused', () => {
  assert.throws(() => fhirPathPatch(patient, { resourceType: 'Patient' }), Problem);
});
