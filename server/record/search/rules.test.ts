import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { split, takePrefix, unescape } from './asking/split.ts';
import { readDate } from './dates.ts';
import { hashReference, hashText, mixToken, seedOf, toBigInt, typeToken } from './hash.ts';
import { precisionRange } from './numbers.ts';
import { normalise, soundex } from './words.ts';

function range(text: string): [string, string] | undefined {
  const found = { low: 0, high: 0 };
  if (!readDate(text, found)) return undefined;
  return [new Date(found.low).toISOString(), new Date(found.high).toISOString()];
}

test('a date covers what its precision says, in London', () => {
  assert.deepEqual(range('2019'), ['2019-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z']);
  assert.deepEqual(range('2019-05'), ['2019-04-30T23:00:00.000Z', '2019-05-31T23:00:00.000Z']);
  assert.deepEqual(range('2019-03-31'), ['2019-03-31T00:00:00.000Z', '2019-03-31T23:00:00.000Z']);
  assert.deepEqual(range('2019-12-31'), ['2019-12-31T00:00:00.000Z', '2020-01-01T00:00:00.000Z']);
  assert.deepEqual(range('2019-05-01T10:00'), ['2019-05-01T09:00:00.000Z', '2019-05-01T09:01:00.000Z']);
  assert.deepEqual(range('2019-05-01T10:00:00+05:30'), [
    '2019-05-01T04:30:00.000Z',
    '2019-05-01T04:30:01.000Z',
  ]);
  assert.deepEqual(range('2019-05-01T10:00:00.25Z'), [
    '2019-05-01T10:00:00.250Z',
    '2019-05-01T10:00:00.260Z',
  ]);
  assert.deepEqual(
    range('1970-06-01'),
    ['1970-05-31T23:00:00.000Z', '1970-06-01T23:00:00.000Z'],
    'British Standard Time',
  );
});

test('what is no date is not read as one', () => {
  for (const text of [
    '',
    'soon',
    '2019-13',
    '2019-02-30',
    '2019-00-01',
    '2019-05-01T25:00',
    '2019-05-01T10:61',
    '20190501',
    '2019-05-01T10:00:00+5',
  ]) {
    assert.equal(range(text), undefined, text);
  }
  assert.deepEqual(range('2020-02-29')?.[0], '2020-02-29T00:00:00.000Z');
});

test('every moment lies in the range of its own text, at every precision', () => {
  const moments = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, (moment) => {
      const parts = new Intl.DateTimeFormat('sv-SE', {
        timeZone: 'Europe/London',
        dateStyle: 'short',
      }).format(moment);
      for (const text of [parts, parts.slice(0, 7), parts.slice(0, 4), moment.toISOString()]) {
        const found = { low: 0, high: 0 };
        assert.ok(readDate(text, found), text);
        assert.ok(
          found.low <= moment.getTime() && moment.getTime() < found.high,
          `${moment.toISOString()} in ${text}`,
        );
      }
    }),
  );
});

test('a number stands for what rounds to it: the examples of the FHIR specification', () => {
  assert.deepEqual(precisionRange('100'), { value: 100, low: 99.5, high: 100.5 });
  assert.deepEqual(precisionRange('100.00'), { value: 100, low: 99.995, high: 100.005 });
  assert.deepEqual(precisionRange('1e2'), { value: 100, low: 95, high: 105 });
  assert.deepEqual(precisionRange('5.40e-3'), { value: 0.0054, low: 0.005395, high: 0.005405 });
  assert.deepEqual(precisionRange('-0.5'), { value: -0.5, low: -0.55, high: -0.45 });
  assert.equal(precisionRange('five'), undefined);
});

test('words are compared without accents, case or spare spaces', () => {
  assert.equal(normalise('  Siân   O’Brien '), 'sian o’brien');
  assert.equal(normalise('ŁÓDŹ'.replace('Ł', 'L')), 'lodz');
  assert.equal(normalise('Straße'), 'strasse');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => normalise(normalise(text)) === normalise(text)),
  );
});

test('soundex gives the codes of the published examples', () => {
  // US National Archives, "The Soundex Indexing System".
  const examples = {
    Washington: 'w252',
    Lee: 'l000',
    Gutierrez: 'g362',
    Pfister: 'p236',
    Jackson: 'j250',
    Tymczak: 't522',
    Ashcraft: 'a261',
  };
  for (const [name, code] of Object.entries(examples)) assert.equal(soundex(name), code, name);
  assert.equal(soundex('李'), '');
});

test('escaped separators are part of a value', () => {
  assert.deepEqual(
    split('a\\,b,c', ',').map((part) => unescape(part)),
    ['a,b', 'c'],
  );
  assert.deepEqual(
    split('urn:x|a\\|b', '|').map((part) => unescape(part)),
    ['urn:x', 'a|b'],
  );
  assert.equal(unescape('\\\\'), '\\');
  assert.deepEqual(takePrefix('ge2019'), { prefix: 'ge', rest: '2019' });
  assert.deepEqual(takePrefix('2019'), { prefix: 'eq', rest: '2019' });
});

test('hashes of different texts differ, and so do their tokens', () => {
  const seen = new Map<bigint, string>();
  for (let i = 0; i < 200_000; i++) {
    const out = { hi: 0, lo: 0 };
    hashText(`http://loinc.org/${i}`, out);
    const hash = toBigInt(out.hi, out.lo);
    assert.equal(seen.get(hash), undefined);
    seen.set(hash, String(i));
  }
  const seed = seedOf('Observation.code');
  const one = { hi: 0, lo: 0 };
  const other = { hi: 0, lo: 0 };
  mixToken(seed, 1, 1, 2, 3, 4, 1, one);
  mixToken(seed, 1, 3, 4, 1, 2, 1, other);
  assert.notDeepEqual(one, other);
  assert.equal(one.lo & 1, 1);
  assert.equal(typeToken('Patient').lo & 1, 1);
});

test('a reference hash is the last 64 bits of the rid, xor a constant, without the lowest bit', () => {
  const out = { hi: 0, lo: 0 };
  hashReference({ hi: 0x0000000f, lo: 0x000000f0 }, '00347da0-395c-40ed-ae52-96f1587480b5', out);
  assert.equal(
    toBigInt(out.hi, out.lo),
    BigInt.asIntN(64, (0xae5296f1587480b5n ^ 0x0000000f000000f0n) & ~1n),
  );
});
