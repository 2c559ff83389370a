import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fairnessOf, gini, spread } from './fairness.ts';

test('nothing is unequal when all have the same, or when there is nothing', () => {
  assert.equal(gini([4, 4, 4]), 0);
  assert.equal(gini([0, 0]), 0);
  assert.equal(gini([]), 0);
  assert.equal(spread([]), 0);
});

test('the Gini coefficient of one who has all among n is 1 - 1/n; of 1, 2, 3 it is 2/9', () => {
  assert.ok(Math.abs(gini([0, 0, 0, 8]) - 0.75) < 1e-12);
  assert.ok(Math.abs(gini([3, 1, 2]) - 2 / 9) < 1e-12);
});

test('the Gini coefficient does not change with order or scale, and lies from 0 to below 1', () => {
  const counts = fc.array(fc.nat(50), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 9 }), (list, factor) => {
      const value = gini(list);
      const other = gini(list.toReversed().map((each) => each * factor));
      return value >= -1e-12 && value < 1 && Math.abs(value - other) < 1e-9;
    }),
  );
});

test('moving a night from who has more to who has fewer never makes it less fair', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 2, maxLength: 12 }), (list) => {
      const sorted = list.toSorted((a, b) => a - b);
      const gap = sorted.at(-1)! - sorted[0]!;
      if (gap < 2) return true;
      const evened = [sorted[0]! + 1, ...sorted.slice(1, -1), sorted.at(-1)! - 1];
      return gini(evened) <= gini(sorted) + 1e-12;
    }),
  );
});

test('burdens are measured for one full-time person; who has no contracted hours is left out', () => {
  const none = { weekends: 0, holidays: 0, refused: 0 };
  const { nights } = fairnessOf([
    { nights: 8, share: 1, ...none },
    { nights: 4, share: 0.5, ...none },
    { nights: 9, share: 0, ...none },
  ]);
  assert.deepEqual(nights, { gini: 0, spread: 0 });
});
