import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Resource } from '../types.ts';
import { ask, run, type Asked } from './made-up.fixture.ts';

test('fields come in the order asked, under their aliases, and those without values are left out', async () => {
  const { text } = await ask(
    '{ born: birthDate gender active resourceType __typename name { __typename use } }',
  );
  assert.equal(
    text,
    '{"data":{"born":"2000-01-01","active":true,"resourceType":"Patient","__typename":"Patient","name":[{"__typename":"HumanName","use":"official"},{"__typename":"HumanName","use":"usual"}]}}',
  );
});

test('exact decimals keep their text', async () => {
  assert.match((await ask('{ extension(url: "http://d") { valueDecimal } }')).text, /1\.50/);
});

test('extensions on primitives are asked for with an underscore', async () => {
  const { data } = await ask('{ _birthDate { extension { valueDateTime } } }');
  assert.deepEqual(data, { _birthDate: { extension: [{ valueDateTime: '2000-01-01T00:00:00Z' }] } });
});

test('lists are chosen from by the value of a child, by FHIRPath and by place', async () => {
  const { data } = await ask(`{
    byUse: name(use: official) { family }
    byText: name(use: "usual") { given }
    byNumber: telecom(rank: 2) { value }
    byList: telecom(system: [phone, fax]) { value }
    byPath: name(fhirpath: "given.count() = 1") { given }
    byIndex: name(fhirpath: "$index = 1") { given }
    byPlace: telecom(_offset: 1, _count: 1) { value }
    none: name(use: old) { family }
  }`);
  assert.deepEqual(data, {
    byUse: [{ family: 'A' }],
    byText: [{ given: ['D'] }],
    byNumber: [{ value: '1' }],
    byList: [{ value: '1' }],
    byPath: [{ given: ['D'] }],
    byIndex: [{ given: ['D'] }],
    byPlace: [{ value: '2' }],
  });
});

test('the same field asked for twice is one field with both selections', async () => {
  const { data } = await ask(
    '{ name { family } name { use } ...more } fragment more on Patient { name { given } }',
  );
  assert.deepEqual(data, {
    name: [
      { family: 'A', use: 'official', given: ['B', 'C'] },
      { use: 'usual', given: ['D'] },
    ],
  });
});

test('fragments apply where their type does', async () => {
  const { data } = await ask(
    '{ ... on Observation { status } ... on Patient { active } ... on Resource { id } ... { birthDate } contact { ... on PatientContact { gender } } }',
  );
  assert.deepEqual(data, {
    active: true,
    id: 'p',
    birthDate: '2000-01-01',
    contact: [{ gender: 'male' }, {}],
  });
});

test('references are resolved: contained, relative, and under the address of this server', async () => {
  const { data } = await ask(`{
    generalPractitioner { resource { id ... on Practitioner { gender } } }
    managingOrganization { resource(type: Organization) { name } patient: resource(type: Patient) { id } }
    contained { id ... on Organization { name } }
  }`);
  assert.deepEqual(data, {
    generalPractitioner: [
      { resource: { id: 'c', gender: 'female' } },
      { resource: { id: '1', gender: 'male' } },
    ],
    managingOrganization: { resource: { name: 'Trust' } },
    contained: [{ id: 'c' }, { id: 'o', name: 'O' }],
  });
});

test('a reference that leads nowhere is an error with a path, unless it is optional', async () => {
  const broken: Resource = { resourceType: 'Observation', id: 'b', subject: { reference: 'Patient/gone' } };
  const { body, status } = await run('{ subject { resource { id } } }', { focus: broken });
  assert.equal(status, 422);
  assert.deepEqual(body.errors?.[0]?.path, ['subject', 'resource']);
  assert.equal(body.data, null);
  assert.equal(body.errors?.[0]?.extensions.resource.resourceType, 'OperationOutcome');
  assert.deepEqual(
    (await run('{ id subject { resource(optional: true) { id } } }', { focus: broken })).data,
    { id: 'b', subject: {} },
  );
});

test('each level asks the source once', async () => {
  const asked: Asked = { reads: 0, searches: [] };
  const { data } = await run(
    '{ ObservationList { performer { resource { id } } subject { resource { ConditionList(_reference: patient) { id } } } } }',
    { asked },
  );
  assert.deepEqual(data, {
    ObservationList: [1, 2].map(() => ({
      performer: [{ resource: { id: '1' } }],
      subject: { resource: { ConditionList: [] } },
    })),
  });
  assert.equal(asked.reads, 1);
  assert.deepEqual(
    asked.searches.map((requests) => requests.length),
    [1, 2],
  );
});

test('arguments become search parameters', async () => {
  const asked: Asked = { reads: 0, searches: [] };
  await run(
    'query q($codes: [String]) { ObservationList(value_quantity: "gt5", code: $codes, _id: [1, two], _sort: "-date", _count: 5) { id } }',
    {
      asked,
      variables: { codes: ['a,b', 'c'] },
    },
  );
  await ask('{ ObservationConnection(_reference: patient, category: "vital-signs") { count } }', { asked });
  assert.deepEqual(asked.searches.flat(), [
    {
      type: 'Observation',
      parameters: [
        ['value-quantity', 'gt5'],
        ['code', 'a\\,b,c'],
        ['_id', '1,two'],
        ['_sort', '-date'],
      ],
      count: 5,
    },
    {
      type: 'Observation',
      parameters: [
        ['category', 'vital-signs'],
        ['patient', 'Patient/p'],
      ],
    },
  ]);
});

test('a list is whole, however small the pages of the source', async () => {
  const asked: Asked = { reads: 0, searches: [], pageLimit: 1 };
  const { data } = await run('{ all: ObservationList { id } some: ObservationList(_count: 1) { id } }', {
    asked,
  });
  assert.deepEqual(data, { all: [{ id: '1' }, { id: '2' }], some: [{ id: '1' }] });
});

test('a connection tells of the search and its pages', async () => {
  const { data } = await run(
    '{ ObservationConnection(_count: 1) { count offset pagesize first next edges { mode score resource { id } } } }',
  );
  assert.deepEqual(data, {
    ObservationConnection: {
      count: 2,
      offset: 0,
      pagesize: 1,
      next: 'cursor-2',
      edges: [{ mode: 'match', score: 1, resource: { id: '1' } }],
    },
  });
  const asked: Asked = { reads: 0, searches: [] };
  await run('{ ObservationConnection(_cursor: "cursor-2") { count } PatientConnection() { count } }', {
    asked,
  });
  assert.deepEqual(asked.searches[0], [
    { type: 'Observation', parameters: [], cursor: 'cursor-2' },
    { type: 'Patient', parameters: [] },
  ]);
});

test('a single resource is read by its id', async () => {
  assert.deepEqual((await run('{ Patient(id: p) { id } }')).data, { Patient: { id: 'p' } });
  assert.equal((await run('{ Patient(id: "gone") { id } }')).status, 422);
});

test('variables, defaults, @skip and @include choose fields', async () => {
  const document =
    'query q($yes: Boolean = true, $use: code!) { active @skip(if: $yes) birthDate @include(if: $yes) name(use: $use) { given } }';
  assert.deepEqual((await ask(document, { variables: { use: 'usual' } })).data, {
    birthDate: '2000-01-01',
    name: [{ given: ['D'] }],
  });
  assert.deepEqual((await ask(document, { variables: { use: 'usual', yes: false } })).data, {
    active: true,
    name: [{ given: ['D'] }],
  });
});

test('flattening lifts children up, as lists where the field is one', async () => {
  assert.deepEqual((await ask('{ contact @flatten { gender name @flatten { family } } }')).data, {
    gender: ['male'],
    family: ['X', 'Y'],
  });
  assert.deepEqual((await ask('{ name @flatten @first { given family @singleton } }')).data, {
    given: ['B', 'C'],
    family: 'A',
  });
  assert.deepEqual((await ask('{ name @first { family } }')).data, { name: { family: 'A' } });
  assert.deepEqual((await ask('{ generalPractitioner @flatten { resource @flatten { gender } } }')).data, {
    gender: ['female', 'male'],
  });
});

test('slicing puts the value of an expression into the name', async () => {
  assert.deepEqual(
    (await ask('{ name @flatten @slice(path: "use") { given @first @singleton family } }')).data,
    {
      'given.official': 'B',
      'family.official': ['A'],
      'given.usual': 'D',
    },
  );
  assert.deepEqual((await ask('{ telecom @slice(fhirpath: "system") { value } }')).data, {
    'telecom.phone': [{ value: '1' }],
    'telecom.email': [{ value: '2' }],
  });
  assert.deepEqual((await ask('{ name @flatten @slice(path: "$index") { use @singleton } }')).data, {
    'use.0': 'official',
    'use.1': 'usual',
  });
});
