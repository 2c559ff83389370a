import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../platform/errors.ts';
import type { GraphQlRequest, Source } from './index.ts';
import { ask, run } from './made-up.fixture.ts';

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
