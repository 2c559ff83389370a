import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isNhsNumber } from './nhs-number.ts';
import { observed, personFor } from './rules.ts';

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

const holder = { personId: 'p1', birthDate: '1950-03-01' };

test('the same NHS number and date of birth is the same person', () => {
  const patient = { patientId: 'a', active: true, nhsNumber: '9434765919', birthDate: '1950-03-01' };
  assert.deepEqual(personFor(patient, holder), {
    personId: 'p1',
    method: 'nhs-number-and-birth-date',
    claimsNumber: false,
  });
});

test('the same NHS number with another date of birth stays apart', () => {
  const patient = { patientId: 'a', active: true, nhsNumber: '9434765919', birthDate: '1950-03-02' };
  assert.equal(personFor(patient, holder).personId, undefined);
  assert.equal(personFor(patient, holder).claimsNumber, false);
});

test('a patient without a whole date of birth stays apart', () => {
  const patient = observed('a', {
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' }],
    birthDate: '1950-03',
  });
  assert.equal(patient.birthDate, undefined);
  assert.equal(personFor(patient, holder).personId, undefined);
});

const number = (value: string, use?: string): unknown => ({
  system: 'https://fhir.nhs.uk/Id/nhs-number',
  value,
  use,
});

test('an old, temporary or mistyped NHS number is not used', () => {
  for (const identifier of [
    number('9434765919', 'old'),
    number('9434765919', 'temp'),
    number('9434765910'),
  ]) {
    assert.equal(observed('a', { identifier: [identifier] }).nhsNumber, undefined);
  }
});
