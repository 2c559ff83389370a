import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleText, sheetCellWords } from './policy.ts';
import { chosenWords, plainList } from './privacy.ts';

test('a cell of the register is told in words: purposes, names and days; what is words already stays', () => {
  assert.equal(sheetCellWords('PATADMIN, HCOMPL'), 'to arrange care; to check how information is used');
  assert.equal(sheetCellWords('social-care, hiv'), 'social care, HIV');
  assert.equal(
    sheetCellWords('2026-11-02 to no end, to be looked at again by 2027-04-01'),
    '2 November 2026 to no end, to be looked at again by 1 April 2027',
  );
  assert.equal(
    sheetCellWords('6(1)(e) public task; implied-consent'),
    '6(1)(e) public task; implied consent',
  );
});

test('a rule is shown before it is filled, with its blanks', () => {
  assert.equal(ruleText('As {role} you may not do this with {class}.'), 'As … you may not do this with ….');
});

test('what is chosen among many is told by the shorter way', () => {
  const all = ['identity', 'hiv', 'social-care', 'plans'];
  assert.equal(chosenWords(all, all), 'Everything');
  assert.equal(chosenWords(['identity', 'social-care', 'plans'], all), 'Everything but HIV');
  assert.equal(chosenWords(['hiv', 'plans'], all), 'HIV, plans');
  assert.equal(chosenWords([], all), 'Nothing');
  assert.equal(plainList([], 'Nobody by role'), 'Nobody by role');
});
