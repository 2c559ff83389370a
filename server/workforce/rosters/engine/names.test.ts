import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Names } from './names.ts';

test('keys have numbers in the order in which they first come, as in a map', () => {
  const names = new Names();
  const key = fc.oneof(fc.nat(50), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(key, { maxLength: 3000, size: 'max' }), (keys) => {
      names.clear();
      const map = new Map<number, number>();
      for (const each of keys) {
        if (!map.has(each)) map.set(each, map.size);
        assert.equal(names.of(each), map.get(each));
      }
      assert.equal(names.size, map.size);
    }),
    { numRuns: 30 },
  );
});
