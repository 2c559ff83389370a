import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNhsNumber } from '../people/index.ts';
import { nhsNumber, nhsNumbersThere } from './nhs-numbers.ts';

test('numbers are valid, never issued, and never used twice', () => {
  const seen = new Set<string>();
  for (let place = 0; place < 1_200_000; place++) seen.add(nhsNumber(place));
  assert.equal(seen.size, 1_200_000);
  for (const number of seen) assert.ok(number.startsWith('9') && isNhsNumber(number));
});

test('the first 900,000 are from the range kept for tests, and there are enough for England', () => {
  assert.ok(nhsNumber(0).startsWith('999') && nhsNumber(899_999).startsWith('999'));
  assert.ok(!nhsNumber(900_000).startsWith('999'));
  assert.ok(nhsNumbersThere > 60_000_000);
  assert.ok(isNhsNumber(nhsNumber(nhsNumbersThere - 1)));
  assert.throws(() => nhsNumber(nhsNumbersThere), RangeError);
});
