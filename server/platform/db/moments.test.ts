import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readMoment } from './moments.ts';

test('a moment written by PostgreSQL in UTC is read to the millisecond', () => {
  const from = new Date('1000-01-01T00:00:00.000Z');
  fc.assert(
    fc.property(
      fc.date({ min: from, max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
      (date) => {
        const text = date.toISOString().replace('T', ' ').replace('Z', '+00');
        assert.equal(readMoment(text).getTime(), date.getTime());
        const whole = text.replace(/\.\d+/, '');
        assert.equal(readMoment(whole).getTime(), Math.floor(date.getTime() / 1000) * 1000);
      },
    ),
  );
});

test('moments in another time zone and endless ones go to the usual reader', () => {
  assert.equal(readMoment('2026-07-01 10:00:00+01').toISOString(), '2026-07-01T09:00:00.000Z');
  assert.equal(readMoment('infinity') as unknown, Infinity);
});
