import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../platform/errors.ts';
import { openDefinitions } from '../definitions/index.ts';
import { parseJson } from '../formats/index.ts';
import type { Resource } from '../types.ts';
import {
  executeGraphQl,
  type GraphQlRequest,
  type SearchPage,
  type SearchRequest,
  type Source,
} from './index.ts';

const definitions = openDefinitions();

const patient = parseJson(`{
  "resourceType": "Patient", "id": "p", "active": true, "birthDate": "2000-01-01", "_birthDate": {"extension": [{"url": "http://t", "valueDateTime": "2000-01-01T00:00:00Z"}]},
  "contained": [{"resourceType": "Practitioner", "id": "c", "gender": "female"}, {"resourceType": "Organization", "id": "o", "name": "O"}],
  "extension": [{"url": "http://e", "valueString": "x"}, {"url": "http://d", "valueDecimal": 1.50}],
  "name": [{"use": "official", "family": "A", "given": ["B", "C"]}, {"use": "usual", "given": ["D"]}],
  "telecom": [{"system": "phone", "value": "1", "rank": 2}, {"system": "email", "value": "2"}],
  "contact": [{"gender": "male", "name": {"family": "X"}}, {"name": {"family": "Y"}}],
  "generalPractitioner": [{"reference": "#c"}, {"reference": "Practitioner/1"}],
  "managingOrganization": {"reference": "https://ics.example/fhir/Organization/1"}
}`);
const others: Resource[] = [
  { resourceType: 'Practitioner', id: '1', name: [{ family: 'P' }], gender: 'male' },
  { resourceType: 'Organization', id: '1', name: 'Trust' },
  {
    resourceType: 'Observation',
    id: '1',
    subject: { reference: 'Patient/p' },
    performer: [{ reference: 'Practitioner/1' }],
  },
  {
    resourceType: 'Observation',
    id: '2',
    subject: { reference: 'Patient/p' },
    performer: [{ reference: 'Practitioner/1' }],
  },
];

type Asked = { reads: number; searches: SearchRequest[][]; pageLimit?: number };

function memorySource(asked: Asked): Source {
  const all = [patient, ...others];
  return {
    read(targets) {
      asked.reads += 1;
      return Promise.resolve(
        targets.map(({ type, id }) => all.find((one) => one.resourceType === type && one.id === id)),
      );
    },
    search(requests) {
      asked.searches.push(requests);
      return Promise.resolve(
        requests.map(({ type, count = 10, cursor = 'cursor-1' }): SearchPage => {
          const found = all.filter(({ resourceType }) => resourceType === type);
          const offset = Number(cursor.slice('cursor-'.length)) - 1;
          const pageSize = Math.min(count, asked.pageLimit ?? count);
          const page = found.slice(offset, offset + pageSize);
          const entries = page.map((resource) => ({ resource, mode: 'match', score: 1 }));
          const end = offset + pageSize;
          return {
            entries,
            total: found.length,
            offset,
            pageSize,
            ...(found.length > end ? { next: `cursor-${end + 1}` } : {}),
          };
        }),
      );
    },
  };
}

async function run(document: string, more: Partial<GraphQlRequest> & { asked?: Asked } = {}) {
  const { asked = { reads: 0, searches: [] }, ...request } = more;
  const source = memorySource(asked);
  const result = await executeGraphQl({
    document,
    definitions,
    source,
    baseUrls: ['https://ics.example/fhir'],
    ...request,
  });
  return {
    ...result,
    text: JSON.stringify(result.body),
    data: JSON.parse(JSON.stringify(result.body)).data as unknown,
  };
}

function ask(document: string, more: Partial<GraphQlRequest> & { asked?: Asked } = {}) {
  return run(document, { focus: patient, ...more });
}

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

const refused: [name: string, document: string, more?: Partial<GraphQlRequest>][] = [
  ['an unknown field', '{ nmae { family } }'],
  ['an unknown field in an empty list', '{ photo { nmae } }'],
  [
    'an unknown field of a resolved resource',
    '{ generalPractitioner { resource { birthDate gender photo { nmae } } } }',
  ],
  ['a field that the resolved resource does not have', '{ managingOrganization { resource { gender } } }'],
  ['an unknown argument', '{ name(useful: official) { family } }'],
  ['an argument on a primitive', '{ birthDate(_count: 1) }'],
  ['fields of a primitive', '{ birthDate { year } }'],
  ['an object without fields', '{ name }'],
  ['an unknown directive', '{ name @upper { family } }'],
  ['a slice without a path', '{ name @slice { family } }'],
  ['a slice of the first', '{ name @slice(path: "use") @first { family } }'],
  ['two values for a singleton', '{ name @flatten { given @singleton } }'],
  ['values of different types under one name', '{ x: active telecom @flatten { x: rank } }'],
  ['an unknown fragment', '{ ...none }'],
  ['a fragment that uses itself', '{ ...a } fragment a on Patient { ...b } fragment b on Patient { ...a }'],
  ['an unknown type', '{ ... on Animal { id } }'],
  ['a variable that is not declared', '{ name(use: $use) { family } }'],
  ['a variable that is missing', 'query q($use: code!) { name(use: $use) { family } }'],
  [
    'a variable of the wrong type',
    'query q($yes: Boolean) { active @skip(if: $yes) }',
    { variables: { yes: 'yes' } },
  ],
  ['a skip without a condition', '{ active @skip }'],
  ['FHIRPath that cannot be read', '{ name(fhirpath: "family.(") { family } }'],
  ['a negative count', '{ name(_count: -1) { family } }'],
  ['a search without what it refers to', '{ ConditionList { id } }'],
  ['a search by what is no reference', '{ ConditionList(_reference: code) { id } }'],
  ['a cursor within a resource', '{ ConditionConnection(_reference: patient, _cursor: "x") { count } }'],
  ['a mutation', 'mutation { active }'],
  ['several operations without a name', 'query a { id } query b { id }'],
  ['an operation that is not there', 'query a { id }', { operationName: 'b' }],
  ['what is not GraphQL', '{ name { family }'],
  ['nothing', ''],
];

for (const [name, document, more] of refused) {
  test(`${name} is refused`, async () => {
    const { body, status } = await ask(document, more);
    assert.ok(status >= 400 && status < 500);
    assert.equal(body.data, null);
    assert.equal(body.errors?.length, 1);
  });
}

const systemRefused: [name: string, document: string][] = [
  ['a read without an id', '{ Patient { id } }'],
  ['a field of a resource', '{ active }'],
  ['an unknown search parameter', '{ PatientList(colour: red) { id } }'],
  ['a reverse search', '{ ConditionList(_reference: patient) { id } }'],
  ['included resources', '{ ConditionList(_include: "Condition:subject") { id } }'],
];

for (const [name, document] of systemRefused) {
  test(`${name} is refused at system level`, async () => {
    assert.equal((await run(document)).status, 400);
  });
}

test('what costs too much is refused whole, before or while it is answered', async () => {
  const nested = `{ ${'generalPractitioner { resource { ... on Patient { '.repeat(20)}id${' } } }'.repeat(20)} }`;
  const fragments = Array.from(
    { length: 20 },
    (_none, index) => `fragment f${index} on Patient { ...f${index + 1} ...f${index + 1} }`,
  );
  const bomb = `{ ...f0 } ${fragments.join(' ')} fragment f20 on Patient { id }`;
  for (const document of [nested, bomb]) {
    const { body } = await ask(document);
    assert.equal(body.errors?.[0]?.extensions.code, 'too-costly');
  }
  for (const limits of [{ values: 3 }, { resources: 1 }, { searches: 1 }, { matches: 1 }]) {
    const { body } = await run(
      '{ a: ObservationList { id performer { resource { id } } } b: ObservationList { id } }',
      { limits },
    );
    assert.equal(body.errors?.[0]?.extensions.code, 'too-costly', JSON.stringify(limits));
  }
  assert.equal((await run('{ ObservationList(_count: 1) { id } }', { limits: { matches: 1 } })).status, 200);
});

function failing(problem: Problem): Source {
  return { read: () => Promise.reject(problem), search: () => Promise.reject(problem) };
}

test('what the source refuses is told as a GraphQL error; what breaks is thrown', async () => {
  const refusal = new Problem('search/value', 400, 'The date is not a date.');
  const { body, status } = await run('{ PatientList(birthdate: x) { id } }', { source: failing(refusal) });
  assert.equal(status, 400);
  assert.equal(body.errors?.[0]?.message, 'The date is not a date.');
  await assert.rejects(
    run('{ Patient(id: p) { id } }', { source: failing(new Problem('platform/db', 503, 'Down.')) }),
    Problem,
  );
});

test('an error tells where it is in the query, and quotes no values', async () => {
  const { body, text } = await ask('{\n  name(family: "Secretname") {\n    nmae\n  }\n}');
  assert.deepEqual(body.errors?.[0]?.locations, [{ line: 3, column: 5 }]);
  assert.doesNotMatch(text, /Secretname/);
  assert.doesNotMatch((await ask('{ "Secretname" }')).text, /Secretname/);
});

test('the schema can be asked for, at system level and on a resource', async () => {
  const type = '{ __type(name: "PatientContact") { name fields { name } } }';
  const { data } = await run(type);
  const { __type } = data as { __type: { name: string; fields: { name: string }[] } };
  assert.equal(__type.name, 'PatientContact');
  assert.ok(__type.fields.some(({ name }) => name === 'gender'));
  const query =
    '{ id schema: __schema { ...names } ...active } fragment names on __Schema { queryType { name } } fragment active on Patient { active }';
  assert.deepEqual((await ask(query)).data, {
    id: 'p',
    schema: { queryType: { name: 'Patient' } },
    active: true,
  });
  assert.equal((await run('{ __schema { queryType { nmae } } }')).status, 400);
});
