import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kappa, outcomeOf, type Opinion, type Verdict } from './rules.ts';

const opinion = (reviewer: string, verdict: Verdict, personId?: string): Opinion => ({
  reviewer,
  verdict,
  personId,
  reason: 'test',
  note: undefined,
  given: new Date(0),
});

test('one opinion decides a case that one reviewer looks at', () => {
  assert.equal(outcomeOf([], false).state, 'waiting');
  assert.equal(outcomeOf([opinion('AB', 'same', 'p')], false).state, 'same');
});

test('a case for two reviewers waits for the second, and is decided when they agree', () => {
  assert.equal(outcomeOf([opinion('AB', 'same', 'p')], true).state, 'waiting');
  assert.equal(outcomeOf([opinion('AB', 'same', 'p'), opinion('CD', 'same', 'p')], true).state, 'same');
});

test('two reviewers who differ, also only in the person they mean, leave it to a third', () => {
  const two = [opinion('AB', 'same', 'p'), opinion('CD', 'same', 'q')];
  assert.equal(outcomeOf(two, true).state, 'disputed');
  assert.equal(outcomeOf([...two, opinion('EF', 'different')], true).state, 'different');
});

const times = (n: number, pair: [Verdict, Verdict]) => Array.from({ length: n }, () => pair);

test('kappa of the worked example of Cohen (20 yes, 15 no, 5 and 10 differ) is 0.4', () => {
  const pairs = [
    ...times(20, ['same', 'same']),
    ...times(15, ['different', 'different']),
    ...times(5, ['same', 'different']),
    ...times(10, ['different', 'same']),
  ];
  assert.ok(Math.abs(kappa(pairs)! - 0.4) < 1e-9);
  assert.equal(kappa([]), undefined);
  assert.equal(kappa(times(3, ['same', 'same'])), undefined);
});
