import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantedPeople } from './wish.ts';

const fresh = { demonstration: undefined, isEmpty: true, isOutside: false };
const making = { people: 700, state: 'making', step: 'Loading', share: 0.4 } as const;

test('a new data folder starts with five thousand made-up people', () => {
  assert.equal(wantedPeople({}, fresh), 5000);
  assert.equal(wantedPeople({ people: '20000' }, fresh), 20_000);
  assert.equal(wantedPeople({ empty: true }, fresh), undefined);
});

test('nobody is made up where somebody is', () => {
  assert.equal(wantedPeople({}, { ...fresh, isEmpty: false }), undefined);
  assert.throws(() => wantedPeople({ people: '700' }, { ...fresh, isEmpty: false }), /not empty/);
});

test('an outside database gets made-up people only when asked', () => {
  assert.equal(wantedPeople({}, { ...fresh, isOutside: true }), undefined);
  assert.equal(wantedPeople({ people: '700' }, { ...fresh, isOutside: true }), 700);
});

test('a demonstration that was cut off goes on, one that is ready does not', () => {
  assert.equal(wantedPeople({}, { ...fresh, isEmpty: false, demonstration: making }), 700);
  assert.equal(wantedPeople({}, { ...fresh, demonstration: { ...making, state: 'ready' } }), undefined);
  assert.equal(wantedPeople({ empty: true }, { ...fresh, demonstration: making }), undefined);
});

test('a wrong number of people is refused', () => {
  for (const people of ['0', '99', 'many', '1.5', '9000000'])
    assert.throws(() => wantedPeople({ people }, fresh), /not a number of people/);
  assert.throws(() => wantedPeople({ people: '700', empty: true }, fresh), /contradict/);
});
