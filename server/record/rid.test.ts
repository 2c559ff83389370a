import assert from 'node:assert/strict';
import { test } from 'node:test';
import { homeOf, ridOf } from './rid.ts';
import { isResourceType, resourceTypes, typeName, typeNumber } from './resource-types.ts';

test('a lower-case UUID stands for itself', () => {
  assert.equal(ridOf('00347da0-395c-40ed-ae52-96f1587480b5'), '00347da0-395c-40ed-ae52-96f1587480b5');
});

test('any other id becomes a version 8 UUID, always the same, and case matters', () => {
  assert.match(ridOf('example'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(ridOf('example'), ridOf('example'));
  assert.notEqual(ridOf('example'), ridOf('Example'));
  assert.notEqual(ridOf('00347DA0-395C-40ED-AE52-96F1587480B5'), '00347da0-395c-40ed-ae52-96f1587480b5');
});

test('a resource without a patient is never filed in the range of a patient with the same id', () => {
  assert.equal(homeOf('Patient', 'example'), ridOf('example'));
  assert.notEqual(homeOf('Observation', 'example'), ridOf('example'));
  assert.notEqual(homeOf('Observation', 'example'), homeOf('Device', 'example'));
});

test('each resource type has its own number, and the number leads back', () => {
  assert.deepEqual([...resourceTypes].sort(), [...resourceTypes]);
  for (const type of resourceTypes) assert.equal(typeName(typeNumber(type)), type);
  assert.equal(isResourceType('Patient'), true);
  assert.equal(isResourceType('Resource'), false);
});
