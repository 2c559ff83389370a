import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '../../record/types.ts';
import { isSame } from './state.ts';

const values = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

test('two values are the same exactly when their texts are', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      assert.equal(isSame(a, b), JSON.stringify(a) === JSON.stringify(b));
      assert.ok(isSame(a, structuredClone(a)));
    }),
  );
});

test('the order of names and of list entries counts', () => {
  assert.equal(isSame({ a: 1, b: 2 }, { b: 2, a: 1 }), false);
  assert.equal(isSame([1, 2], [2, 1]), false);
  assert.equal(isSame([1, 2], [1, 2, 3]), false);
  assert.equal(isSame({ a: [] }, { a: {} }), false);
  assert.equal(isSame(null, {}), false);
});
