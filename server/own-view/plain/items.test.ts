import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOf, type Entry } from './items.ts';

const rangeOf = (measure: NonNullable<Entry['measure']>): string => {
  const entry: Entry = {
    kind: 'result',
    key: 'a-test',
    group: 'a-test',
    title: 'A test',
    standing: 'current',
    facts: {},
    measure,
    said: [],
  };
  return testOf({ key: 'a-test', title: 'A test', entries: [entry] }, undefined).range;
};

test('a number is beside the range it came with, and without one nothing is said of it', () => {
  assert.equal(rangeOf({ text: '52 mmol/mol', value: 52, high: 41 }), 'above');
  assert.equal(rangeOf({ text: '40 mmol/mol', value: 40, high: 41 }), 'usual');
  assert.equal(rangeOf({ text: '52 mmol/mol', value: 52 }), 'not-said');
});

test('an answer in words has no range to miss, unless the laboratory flagged it', () => {
  assert.equal(rangeOf({ text: 'Has free school meals' }), 'in-words');
  assert.equal(rangeOf({ text: 'Positive', flag: 'abnormal' }), 'unusual');
});
