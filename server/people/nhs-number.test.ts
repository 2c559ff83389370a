import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isNhsNumber } from './nhs-number.ts';

test('the worked example of the NHS Data Dictionary passes Modulus 11', () => {
  assert.equal(isNhsNumber('9434765919'), true);
  assert.equal(isNhsNumber('4010232137'), true);
});

test('a changed digit always fails Modulus 11', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
      const digits = [...'9434765919'];
      digits[place] = String((Number(digits[place]) + by) % 10);
      return !isNhsNumber(digits.join(''));
    }),
  );
});

test('spaces, letters and nine digits are not an NHS number', () => {
  for (const text of ['943 476 5919', '943476591', '94347659190', 'ABCDEFGHIJ', ''])
    assert.equal(isNhsNumber(text), false);
});
