import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageOn, daysBetween, holdsAt, ukDay } from './moments.ts';

test('a span holds at its first moment and not at its last', () => {
  const span = { from: 10, to: 20 };
  assert.deepEqual(
    [9, 10, 19, 20].map((at) => holdsAt(span, at)),
    [false, true, true, false],
  );
  assert.equal(holdsAt({ from: 10, to: null }, 1e15), true);
});

test('age is whole years lived', () => {
  assert.equal(ageOn('2010-05-12', '2026-05-11'), 15);
  assert.equal(ageOn('2010-05-12', '2026-05-12'), 16);
  assert.equal(ageOn('2008-02-29', '2026-02-28'), 17);
  assert.equal(ageOn('2008-02-29', '2026-03-01'), 18);
});

test('days between two days are counted over a change of clocks', () => {
  assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
});

test('a day in the United Kingdom begins an hour earlier in summer, and is told the same again', () => {
  for (let turn = 0; turn < 2; turn++) {
    assert.equal(ukDay(Date.parse('2026-05-11T22:59:59Z')), '2026-05-11');
    assert.equal(ukDay(Date.parse('2026-05-11T23:00:00Z')), '2026-05-12');
    assert.equal(ukDay(Date.parse('2026-01-11T23:59:59Z')), '2026-01-11');
  }
});
