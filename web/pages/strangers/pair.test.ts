import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairOf } from './pair.ts';

const typed = { nhsNumber: '999 000 0018', day: '1', month: '3', year: '1950' };

test('a number with spaces and a date in three parts are a pair', () => {
  assert.deepEqual(pairOf(typed), { nhsNumber: '9990000018', born: '1950-03-01' });
});

const fields = (more: Partial<typeof typed>) => {
  const found = pairOf({ ...typed, ...more });
  return 'misfits' in found ? found.misfits.map(({ field }) => field) : [];
};

test('what is wrong is said, each with its field', () => {
  assert.deepEqual(fields({ nhsNumber: '999' }), ['nhs-number']);
  assert.deepEqual(fields({ day: '31', month: '2' }), ['born-day']);
  assert.deepEqual(fields({ year: '50' }), ['born-day']);
  assert.deepEqual(fields({ nhsNumber: '', day: '' }), ['nhs-number', 'born-day']);
});
