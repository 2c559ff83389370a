import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { exceptionFault, exceptionInWords, partKeys, rsaBits, shortInWords } from './strength.ts';

/** A key in JWK form whose modulus has just so many bits, after leading zeros. */
const keyOf = (bits: number, zeros = 0): object => {
  const whole = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  whole[0] = 0xff >> (whole.length * 8 - bits);
  return {
    kty: 'RSA',
    kid: `k${bits}`,
    e: 'AQAB',
    n: Buffer.concat([Buffer.alloc(zeros), whole]).toString('base64url'),
  };
};

test('the length of an RSA key is that of its modulus, whatever zeros stand before it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(3), (bits, zeros) => {
      assert.equal(rsaBits(keyOf(bits, zeros)), bits);
    }),
  );
  assert.equal(rsaBits({ kty: 'RSA' }), 0);
  assert.equal(rsaBits({ kty: 'EC' }), undefined);
  assert.equal(rsaBits(null), undefined);
});

test('RSA of 3072 bits is taken, and of 2048 up to and with the last day of an exception; less never is', () => {
  const keys = [keyOf(3072), keyOf(3071), keyOf(2048), keyOf(2047), { kty: 'EC', crv: 'P-256' }];
  const taken = (day: string): number =>
    partKeys(keys, { day: '2027-03-31', reason: 'A reason to read.' }, day).taken.length;
  assert.deepEqual([taken('2027-03-31'), taken('2027-04-01')], [4, 2]);
  assert.deepEqual(
    partKeys(keys, undefined, '2026-11-22').short.map(({ bits }) => bits),
    [3071, 2048, 2047],
  );
  assert.equal(partKeys(keys, { day: '2040-01-01', reason: 'A long time.' }, '2031-01-01').taken.length, 2);
});

test('an exception has a day of the calendar before 2031 and a reason, and is told with whether it ended', () => {
  const reason = 'Keys change in spring.';
  assert.equal(exceptionFault({ day: '2030-12-31', reason }), undefined);
  assert.match(exceptionFault({ day: '2027-02-30', reason }) ?? '', /no day/);
  assert.match(exceptionFault({ day: '2031-01-01', reason }) ?? '', /at the latest/);
  assert.match(exceptionFault({ day: '2027-01-01', reason: ' ' }) ?? '', /Say why/);
  assert.match(
    exceptionInWords({ day: '2027-01-01', reason }, '2027-01-01'),
    /is taken until 2027-01-01: Keys/,
  );
  assert.match(exceptionInWords({ day: '2027-01-01', reason }, '2027-01-02'), /was taken until/);
  assert.match(shortInWords({ kid: undefined, bits: 2048 }), /without a kid/);
});
