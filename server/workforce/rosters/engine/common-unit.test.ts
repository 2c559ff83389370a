import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { commonUnit, raised } from './common-unit.ts';

test('the unit of weights is the greatest of which all are multiples as they are written', () => {
  assert.equal(commonUnit([]), 1);
  assert.equal(commonUnit([10, 25, -15]), 5);
  assert.equal(commonUnit([0.5, 2]), 0.5);
  assert.equal(commonUnit([0.75, 0.6]), 0.15);
  assert.equal(commonUnit([0.001, 3]), 0.001);
});

test('a bound is never raised past a cost that can be paid, and not at all where weights are thirds', () => {
  assert.equal(raised(4 / 3, commonUnit([1 / 3, 2])), 4 / 3);
  assert.equal(raised(1.333333, commonUnit([0.333333, 2])), 1.333333);
  const weight = fc.oneof(
    fc.integer({ min: 1, max: 500 }),
    fc.integer({ min: 1, max: 5000 }).map((each) => each / 1000),
    fc.integer({ min: 1, max: 50 }).map((each) => each / 3),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(weight, fc.nat(20)), { minLength: 1, maxLength: 8 }), (paid) => {
      const cost = paid.reduce((sum, [each, times]) => sum + each * times, 0);
      assert.ok(raised(cost, commonUnit(paid.map(([each]) => each))) <= cost + 1e-6);
    }),
  );
});
