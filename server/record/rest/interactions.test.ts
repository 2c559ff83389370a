import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowed, findShape } from './interactions.ts';

const named = (path: string, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') => {
  const found = findShape(path);
  return found && [found.shape.methods[method], found.target];
};

test('each path names one interaction', () => {
  assert.deepEqual(named('', 'POST'), ['bundle', {}]);
  assert.deepEqual(named('metadata', 'GET'), ['capabilities', {}]);
  assert.deepEqual(named('Patient', 'PUT'), ['conditional-update', { type: 'Patient' }]);
  assert.deepEqual(named('Patient/1', 'GET'), ['read', { type: 'Patient', id: '1' }]);
  assert.deepEqual(named('Patient/1/_history/2', 'GET'), [
    'vread',
    { type: 'Patient', id: '1', version: '2' },
  ]);
  assert.deepEqual(named('Patient/1/Observation', 'GET'), [
    'compartment',
    { type: 'Patient', id: '1', inside: 'Observation' },
  ]);
  assert.deepEqual(named('Patient/1/*', 'GET'), ['compartment', { type: 'Patient', id: '1', inside: '*' }]);
  assert.deepEqual(named('Patient/1/$everything', 'GET'), [
    'instance-operation',
    { type: 'Patient', id: '1', operation: 'everything' },
  ]);
  assert.deepEqual(named('$graphql', 'POST'), ['system-operation', { operation: 'graphql' }]);
});

test('a path that is no request of FHIR names nothing', () => {
  assert.equal(findShape('patient'), undefined);
  assert.equal(findShape('Patient/1/_history/2/3'), undefined);
});

test('Allow tells the methods of a path, HEAD with GET', () => {
  assert.deepEqual(allowed(findShape('Patient/1')!.shape), ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']);
});
