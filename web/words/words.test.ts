import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageWords, dateTimeWords, dateWords, shortDate } from './dates.ts';
import { countWords, nhsNumberWords, sizeWords } from './numbers.ts';
import { factName, factValue } from './record.ts';

test('dates are written out, as exact as they are', () => {
  assert.equal(dateWords('1950-03-01'), '1 March 1950');
  assert.equal(dateWords('1950-03'), 'March 1950');
  assert.equal(dateWords('1950'), '1950');
  assert.equal(dateWords(undefined), 'Date not recorded');
  assert.equal(shortDate('2008-09-21'), '21 Sep 2008');
});

test('times are those of the United Kingdom, in summer too', () => {
  assert.equal(dateTimeWords('2024-07-01T23:30:00Z'), '2 July 2024, 12:30am');
  assert.equal(dateTimeWords('2024-01-01T08:57:00+00:00'), '1 January 2024, 8:57am');
});

test('age is in years, and in months for a small child', () => {
  assert.equal(ageWords('1950-03-01', new Date('2026-02-28T12:00:00Z')), '75 years');
  assert.equal(ageWords('1950-03-01', new Date('2026-03-01T12:00:00Z')), '76 years');
  assert.equal(ageWords('2025-01-20', new Date('2026-03-19T12:00:00Z')), '13 months');
  assert.equal(ageWords('1950', new Date('2026-03-01T12:00:00Z')), undefined);
});

test('an NHS number is spaced 3 3 4', () => {
  assert.equal(nhsNumberWords('9990000018'), '999 000 0018');
});

test('counts and sizes read naturally', () => {
  assert.equal(countWords(1, 'source'), '1 source');
  assert.equal(countWords(1200, 'person', 'people'), '1,200 people');
  assert.equal(sizeWords(1_250_000), '1.3 MB');
});

test('facts and codes are worded', () => {
  assert.equal(factName('statusReason'), 'Reason for the status');
  assert.equal(factName('bodySite'), 'Part of the body');
  assert.equal(factValue('status', 'entered-in-error'), 'Entered in error');
  assert.equal(factValue('setting', 'EMER'), 'Emergency');
  assert.equal(factValue('endedOn', '2011-06-22'), '22 June 2011');
  assert.equal(factValue('dose', '2 puffs when needed'), '2 puffs when needed');
});
