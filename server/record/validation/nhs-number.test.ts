import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as holds, integer, property } from 'fast-check';
import { isNhsNumber } from './nhs-number.ts';

test('the worked examples of the NHS Data Model and Dictionary are valid', () => {
  assert.ok(isNhsNumber('9434765919'));
  assert.ok(isNhsNumber('4010232137'));
});

test('a number whose check digit would be 10, and text that is not ten digits, are not valid', () => {
  assert.equal(isNhsNumber('9000000000'), false);
  for (const text of ['', '943476591', '94347659190', '943 476 5919', '943476591X'])
    assert.equal(isNhsNumber(text), false);
});

test('changing any one digit makes a valid number invalid', () => {
  holds(
    property(integer({ min: 0, max: 9 }), integer({ min: 1, max: 9 }), (at, change) => {
      const digits = [...'9434765919'];
      digits[at] = String((Number(digits[at]) + change) % 10);
      return !isNhsNumber(digits.join(''));
    }),
  );
});
