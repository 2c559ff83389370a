import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingAge } from '../../test/support/reading-age.ts';
import { choiceWords, correctionWords, questionWords, rangeAdvice, spanWords, stoppedWords } from './mine.ts';

test('what a person is told of their choices is for a reader of 9 to 11', () => {
  for (const { title, does, doesNot } of Object.values(choiceWords)) {
    const all = [...does, ...doesNot].join(' ');
    assert.ok(readingAge(all) <= 11.5, `${title}: ${readingAge(all).toFixed(1)}`);
  }
});

test('what a person is told of answers and results is for a reader of 9 to 11', () => {
  const all = [questionWords, correctionWords, rangeAdvice, stoppedWords].flatMap((words) =>
    Object.values(words),
  );
  const text = all.filter((each) => each !== undefined).map((each) => `${each.replace(/\.$/, '')}.`);
  assert.ok(readingAge(text.join(' ')) <= 11.5);
});

test('what a parent may see at an age is said in words', () => {
  assert.equal(
    spanWords({ fromAge: 0, toAge: 12, only: null, unless: 'competent', classes: null, isNow: true }),
    'Up to 11 years: all of it, but not if a doctor or nurse wrote that the young person understands.',
  );
  assert.equal(
    spanWords({
      fromAge: 18,
      toAge: null,
      only: null,
      unless: null,
      classes: ['appointments'],
      isNow: false,
    }),
    'From 18 years: appointments.',
  );
});
