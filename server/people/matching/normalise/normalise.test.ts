import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isNhsNumber } from '../../nhs-number.ts';
import { normalise } from './index.ts';
import { nameWords, soundex } from './names.ts';

test('the same name in other letters is the same name, and the letters it came in are kept', () => {
  const record = normalise({ given: ['Zoë'], family: ["O'Brien-Smith"] });
  assert.equal(record.given, 'zoe');
  assert.equal(record.family, 'obriensmith');
  assert.deepEqual(record.original, { given: 'Zoë' });
  assert.equal(normalise({ family: ['Иванова'] }).family, 'ivanova');
  assert.equal(normalise({ family: ['Παπαδόπουλος'] }).family, 'papadopoylos');
});

test('short forms have the root of the whole name', () => {
  assert.equal(normalise({ given: ['Liz'] }).givenRoot, normalise({ given: ['Elizabeth'] }).givenRoot);
  assert.equal(normalise({ given: ['Mohd'] }).givenRoot, normalise({ given: ['Muhammad'] }).givenRoot);
});

test('what stands where a name should is no name', () => {
  for (const text of ['Baby Boy', 'UNKNOWN', 'n/a', 'Twin One', '(deceased)', 'Mrs', ''])
    assert.deepEqual(nameWords(text), [], text);
});

test('a whole name in one text is taken apart', () => {
  const record = normalise({ fullNames: ['Dr Stephen Henry Killik'] });
  assert.equal(record.given, 'stephen');
  assert.equal(record.family, 'killik');
  assert.deepEqual(record.middle, ['henry']);
});

test('names used before are among the names', () => {
  const record = normalise({ family: ['Jones'], previousNames: [{ family: 'Smith' }] });
  assert.deepEqual(record.names, ['jones', 'smith']);
});

test('Soundex gives the codes of the published examples', () => {
  const examples = {
    washington: 'w252',
    lee: 'l000',
    gutierrez: 'g362',
    pfister: 'p236',
    jackson: 'j250',
    tymczak: 't522',
  };
  for (const [name, code] of Object.entries(examples)) assert.equal(soundex(name), code, name);
});

test('dates of birth are read in every common form', () => {
  for (const text of [
    '1950-03-01',
    '19500301',
    '01/03/1950',
    '1.3.1950',
    '1 Mar 1950',
    '1950-03-01T00:00:00Z',
    '1950/3/1',
  ])
    assert.equal(normalise({ birthDate: text }).birthDate, '1950-03-01', text);
});

test('a date of birth that cannot be keeps the parts that can', () => {
  const record = normalise({ birthDate: '1702-81-05' });
  assert.deepEqual(
    [record.birthDate, record.birthYear, record.birthMonth, record.birthDay],
    [undefined, '1702', undefined, '05'],
  );
  assert.equal(normalise({ birthDate: '1950' }).birthYear, '1950');
  assert.equal(normalise({ birthDate: '1951-02-30' }).birthDate, undefined);
  assert.equal(normalise({ birthDate: '1900-01-01' }).birthYear, undefined);
});

const postcode = (text: string) => normalise({ addresses: [{ postcode: text }] }).postcode;

test('O and 0 in a postcode are put right by where they stand', () => {
  assert.equal(postcode('LS1 40P'), 'ls14op');
  assert.equal(postcode('SWIA 1AA'), 'sw1a1aa');
  assert.equal(postcode('ZZ99 3VZ'), undefined);
  assert.equal(postcode('4011'), '4011');
});

test('telephone numbers in three forms are one number', () => {
  const { phones } = normalise({
    phones: ['+44 (0)7700 900123', '07700 900123', '00447700900123', '12', '0000000000'],
  });
  assert.deepEqual(phones, ['07700900123']);
});

test('only a valid NHS number counts as one', () => {
  assert.equal(normalise({ nhsNumber: '943 476 5919' }).nhsNumber, '9434765919');
  assert.equal(normalise({ nhsNumber: '9434765918' }).nhsNumber, undefined);
});

test('whatever comes in, what is compared is plain', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  fc.assert(
    fc.property(text, text, text, text, (given, family, birthDate, code) => {
      const record = normalise({
        given: [given],
        family: [family],
        birthDate,
        nhsNumber: family,
        addresses: [{ lines: [given], place: family, postcode: code }],
        phones: [given],
        sex: birthDate,
      });
      const { original: _, ...compared } = record;
      for (const value of Object.values(compared).flat()) assert.match(String(value), /^[\x20-\x7e]+$/);
      if (record.nhsNumber !== undefined) assert.ok(isNhsNumber(record.nhsNumber));
    }),
    { numRuns: 2_000 },
  );
});
