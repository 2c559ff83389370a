import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { applyPatch, createPatch } from 'rfc6902';
import { Problem } from '../../platform/errors.ts';
import { parseJson, parseJsonValue } from '../formats/index.ts';
import type { Json } from '../types.ts';
import { applyJsonPatch, jsonPatch } from './index.ts';

const observation = parseJson(
  '{"resourceType":"Observation","id":"1","status":"final","note":[{"text":"a"}],"valueQuantity":{"value":1.00,"unit":"kg"}}',
);

function patched(operations: string): string {
  return JSON.stringify(jsonPatch(observation, parseJsonValue(operations)));
}

function problemOf(operations: string): Problem {
  try {
    patched(operations);
  } catch (problem) {
    assert.ok(problem instanceof Problem, String(problem));
    return problem;
  }
  return assert.fail('no problem was found');
}

test('numbers keep their text, both those that stay and those that come', () => {
  const text = patched('[{"op":"add","path":"/referenceRange","value":[{"low":{"value":0.50}}]}]');
  assert.match(text, /"value":1\.00/);
  assert.match(text, /"value":0\.50/);
});

test('a copied exact number stays exact', () => {
  assert.match(patched('[{"op":"copy","from":"/valueQuantity/value","path":"/x"}]'), /"x":1\.00/);
});

test('a test compares numbers by value, to the last digit', () => {
  for (const value of ['1', '1.0', '1.000', '10e-1', '0.01e2'])
    patched(`[{"op":"test","path":"/valueQuantity/value","value":${value}}]`);
  for (const value of ['"1.00"', '1.01', '-1', '1.00000000000000000001', 'null', 'true']) {
    const problem = problemOf(`[{"op":"test","path":"/valueQuantity/value","value":${value}}]`);
    assert.equal(problem.code, 'record/patch-test-failed');
    assert.equal(problem.status, 422);
  }
});

test('what a patch empties is left out, and may be filled again by a later operation', () => {
  assert.doesNotMatch(patched('[{"op":"remove","path":"/note/0"}]'), /note/);
  assert.doesNotMatch(patched('[{"op":"remove","path":"/note/0/text"}]'), /note/);
  assert.match(
    patched('[{"op":"remove","path":"/note/0"},{"op":"add","path":"/note/-","value":{"text":"b"}}]'),
    /"note":\[{"text":"b"}\]/,
  );
});

test('the resource given is not changed, nor are the values of the patch', () => {
  const before = JSON.stringify(observation);
  const operations = parseJsonValue(
    '[{"op":"add","path":"/note/-","value":{"text":"b"}},{"op":"add","path":"/note/1/time","value":"2020"}]',
  );
  const given = JSON.stringify(operations);
  jsonPatch(observation, operations);
  assert.equal(JSON.stringify(observation), before);
  assert.equal(JSON.stringify(operations), given);
});

const faults: [name: string, operations: string, status: number, place: string | undefined][] = [
  ['a patch that is no list', '{}', 400, undefined],
  ['an operation that is no object', '[1]', 400, 'operation 1'],
  [
    'an unknown op',
    '[{"op":"test","path":"/status","value":"final"},{"op":"mend","path":"/id"}]',
    400,
    'operation 2',
  ],
  ['no path', '[{"op":"remove"}]', 400, 'operation 1'],
  ['a path that is no pointer', '[{"op":"remove","path":"status"}]', 400, 'operation 1'],
  ['no value', '[{"op":"add","path":"/language"}]', 400, 'operation 1'],
  ['no from', '[{"op":"move","path":"/language"}]', 400, 'operation 1'],
  ['__proto__', '[{"op":"add","path":"/__proto__/x","value":1}]', 400, 'operation 1'],
  ['nothing to remove', '[{"op":"remove","path":"/language"}]', 422, 'operation 1'],
  ['nothing to replace', '[{"op":"replace","path":"/note/1","value":{}}]', 422, 'operation 1'],
  ['a place beyond the end', '[{"op":"add","path":"/note/2","value":{}}]', 422, 'operation 1'],
  ['a place that is no number', '[{"op":"add","path":"/note/x","value":{}}]', 422, 'operation 1'],
  ['a place with a leading zero', '[{"op":"remove","path":"/note/00"}]', 422, 'operation 1'],
  ['a built-in name', '[{"op":"remove","path":"/constructor"}]', 422, 'operation 1'],
  ['a step into text', '[{"op":"add","path":"/status/x","value":1}]', 422, 'operation 1'],
  [
    'a step into an exact number',
    '[{"op":"add","path":"/valueQuantity/value/rawJSON","value":1}]',
    422,
    'operation 1',
  ],
  ['a move into itself', '[{"op":"move","from":"/note","path":"/note/0/x"}]', 422, 'operation 1'],
  ['removing everything', '[{"op":"remove","path":""}]', 422, 'operation 1'],
  ['another type', '[{"op":"replace","path":"/resourceType","value":"Patient"}]', 422, undefined],
];

for (const [name, operations, status, place] of faults) {
  test(`${name} is refused with its place`, () => {
    const problem = problemOf(operations);
    assert.equal(problem.status, status);
    assert.equal(problem.place, place);
  });
}

test('any difference between two documents can be applied, as another implementation does', () => {
  const document = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(document, document, (before, after) => {
      fc.pre(!JSON.stringify([before, after]).includes('__proto__'));
      const operations = createPatch(before, after);
      const theirs = structuredClone(before);
      assert.deepEqual(applyPatch(theirs, operations).filter(Boolean), []);
      assert.deepEqual(applyJsonPatch(before as Json, operations as unknown as Json), theirs);
    }),
  );
});
