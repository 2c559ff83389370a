import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { covers, grantable, permits, readScope, type FhirScope } from './scopes.ts';

test('scopes of version 2 are read as the guide shows them', () => {
  const scope = readScope('patient/Observation.rs?category=http://example.org|laboratory');
  assert.equal(scope?.level, 'patient');
  assert.equal(scope?.type, 'Observation');
  assert.deepEqual([...scope!.actions], ['r', 's']);
  assert.equal(scope?.query, 'category=http://example.org|laboratory');
});

test('the words of version 1 mean what version 2 says: read is rs, write is cud', () => {
  assert.equal(lettersOf('user/Patient.read'), 'rs');
  assert.equal(lettersOf('user/Patient.write'), 'cud');
  assert.equal(lettersOf('system/*.*'), 'cruds');
});

test('letters out of order, unknown levels and empty actions are no scopes', () => {
  for (const text of [
    'patient/Observation.sr',
    'team/Patient.r',
    'user/Patient.',
    'user/patient.r',
    'user/Patient',
  ])
    assert.equal(readScope(text), undefined, text);
});

test('a program gets what it registered for, and never more', () => {
  const allowed = ['system/Patient.rs', 'system/Observation.cruds', 'openid'];
  assert.deepEqual(
    grantable(
      ['system/Patient.r', 'system/*.rs', 'system/Observation.read', 'user/Patient.r', 'openid'],
      allowed,
    ),
    ['system/Patient.r', 'system/Observation.read', 'openid'],
  );
});

test('a limit to some resources does not cover all of them', () => {
  assert.deepEqual(
    grantable(['patient/Observation.rs'], ['patient/Observation.rs?category=vital-signs']),
    [],
  );
});

const lettersOf = (text: string): string => [...readScope(text)!.actions].join('');
const anyScope = fc
  .tuple(
    fc.constantFrom('patient', 'user', 'system'),
    fc.constantFrom('*', 'Patient', 'Observation'),
    fc.subarray(['c', 'r', 'u', 'd', 's'], { minLength: 1 }),
    fc.option(fc.constantFrom('code=a', 'code=b'), { nil: undefined }),
  )
  .map(([level, type, letters, query]) =>
    readScope(`${level}/${type}.${letters.join('')}${query === undefined ? '' : `?${query}`}`),
  )
  .map((scope) => scope as FhirScope);

test('whatever is covered lets nothing be done that the limit does not', () => {
  fc.assert(
    fc.property(anyScope, anyScope, fc.constantFrom('c', 'r', 'u', 'd', 's'), (limit, scope, action) => {
      for (const type of ['Patient', 'Observation', 'Condition'])
        if (covers(limit, scope) && permits([scope], action as 'r', type))
          assert.ok(permits([limit], action as 'r', type));
    }),
  );
});
