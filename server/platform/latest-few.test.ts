import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LatestFew } from './latest-few.ts';

test('what was not used for longest goes first', () => {
  const few = new LatestFew<string>(3);
  for (const key of ['a', 'b', 'c']) few.set(key, key, 1);
  few.get('a');
  few.set('d', 'd', 1);
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => few.get(key)),
    ['a', undefined, 'c', 'd'],
  );
});

test('what is larger than all that may be kept is not kept, and what it replaces is gone', () => {
  const few = new LatestFew<string>(3);
  few.set('a', 'small', 1);
  few.set('a', 'large', 4);
  assert.equal(few.get('a'), undefined);
});

test('never more is kept than fits, and the last one that fits is always there', () => {
  const uses = fc.array(fc.record({ key: fc.constantFrom(...'abcdefgh'), size: fc.nat({ max: 6 }) }));
  fc.assert(
    fc.property(uses, (steps) => {
      const few = new LatestFew<number>(10);
      for (const { key, size } of steps) {
        few.set(key, size, size);
        assert.equal(few.get(key), size);
        const all = [...'abcdefgh'].map((each) => few.get(each) ?? 0);
        assert.ok(all.reduce((sum, each) => sum + each, 0) <= 10);
      }
    }),
  );
});
