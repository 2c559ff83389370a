import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { dateFrom, matchReasons, understand } from './person-query.ts';

test('a date of birth is understood in the ways people write it', () => {
  for (const text of [
    '1950-03-01',
    '1/3/1950',
    '01.03.1950',
    '1 3 1950',
    '1 March 1950',
    '1st mar 1950',
    '01031950',
  ]) {
    assert.equal(dateFrom(text), '1950-03-01', text);
  }
  assert.equal(dateFrom('March 1950'), '1950-03');
  assert.equal(dateFrom('1950'), '1950');
});

test('what is no real date is refused', () => {
  for (const text of ['31/2/1950', '1/13/1950', 'yesterday', '1 3 50', '1750', '1 2 3 1950', '']) {
    assert.equal(dateFrom(text), undefined, text);
  }
});

test('every real day of the last century is read back the same', () => {
  const days = fc.date({ min: new Date('1901-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year, month, day] = iso.split('-');
      assert.equal(dateFrom(iso), iso);
      assert.equal(dateFrom(`${day}/${month}/${year}`), iso);
    }),
  );
});

test('the words of a name count in any order, without titles', () => {
  assert.deepEqual(understand({ name: 'OKAFOR, Mrs  Ada' }), { query: { words: ['okafor', 'ada'] } });
});

test('an NHS number is understood with spaces, and refused with a wrong digit', () => {
  assert.deepEqual(understand({ nhsNumber: '943 476 5919' }), {
    query: { words: [], nhsNumber: '9434765919' },
  });
  const wrong = understand({ nhsNumber: '943 476 5918' });
  assert.equal('misfits' in wrong && wrong.misfits[0]?.field, 'nhsNumber');
});

test('nothing typed is said kindly', () => {
  assert.deepEqual(understand({ name: '  ' }), {
    misfits: [{ field: 'name', text: 'Enter a name, a date of birth or an NHS number' }],
  });
});

test('a match says why it is one', () => {
  const found = { names: ['Mrs Ada Okafor'], born: '1950-03-01', nhsNumbers: ['9434765919'] };
  assert.deepEqual(matchReasons({ words: ['ada'], born: '1950-03', nhsNumber: '9434765919' }, found), [
    'Same NHS number',
    'Same month of birth',
    'Each name matches whole',
  ]);
  assert.deepEqual(matchReasons({ words: ['oka'] }, found), ['Names begin with what you typed']);
});
