import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { leastOf } from './least.ts';

const many = 12;

test('the least of each set is found, with no more comparisons than each set would take by itself', () => {
  const sets = fc.array(fc.uniqueArray(fc.nat(many - 1)), { maxLength: 12 });
  const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: many, maxLength: many });
  fc.assert(
    fc.property(sets, values, (list, given) => {
      const { size, firsts, seconds, each } = leastOf(list, many);
      const numbers = [...given, Infinity];
      assert.equal(numbers.length, size);
      firsts.forEach((first, index) =>
        numbers.push(Math.min(numbers[first] as number, numbers[seconds[index] as number] as number)),
      );
      assert.deepEqual(
        each.map((number) => numbers[number]),
        list.map((set) => Math.min(...set.map((number) => given[number] as number))),
      );
      const alone = list.reduce((sum, set) => sum + Math.max(0, set.length - 1), 0);
      assert.ok(firsts.length <= alone, `${firsts.length} instead of ${alone}`);
    }),
  );
});

test('sets that share numbers share their comparisons', () => {
  const { firsts } = leastOf(
    [
      [0, 1, 2],
      [0, 1, 2, 3],
      [0, 1, 2, 4],
    ],
    5,
  );
  assert.equal(firsts.length, 4);
});
