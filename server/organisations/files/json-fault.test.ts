import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { jsonFaultAt } from './json-fault.ts';

test('the place of the first fault is found', () => {
  const cases: [text: string, at: number][] = [
    ['{"a": oops}', 6],
    ['{"a": 1,}', 8],
    ['[1, 2', 5],
    ['{"a" 1}', 5],
    ['[1] 2', 4],
    ['{"a": [1}', 8],
    ['', 0],
  ];
  for (const [text, at] of cases) assert.equal(jsonFaultAt(text), at, text);
});

test('in JSON there is no fault before its end', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, null, 1);
      assert.equal(jsonFaultAt(text), text.length);
    }),
  );
});
