import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { placesOf } from './clusters.ts';
import { randomEvents, replayed, runEvents, statesDiffer } from '../../bench/identity-events.ts';
import type { TieKind } from './types.ts';

const node = (name: string, nhsNumber?: string) => ({
  patientId: name,
  homeId: `home of ${name}`,
  active: true,
  nhsNumber,
});
const tie = (patientId: string, otherId: string, ord: number, kind: TieKind = 'matched') => ({
  patientId,
  otherId,
  ord,
  kind,
});
const persons = (...given: Parameters<typeof placesOf>): Record<string, string> =>
  Object.fromEntries(
    [...placesOf(...given)].map(([patientId, { personId }]) => [patientId, personId.at(-1)!]),
  );

test('patients tied to each other are one person, named after the oldest home', () => {
  const nodes = [node('a'), node('b'), node('c'), node('d')];
  assert.deepEqual(persons(nodes, [tie('c', 'b', 1), tie('b', 'a', 2)]), { a: 'a', b: 'a', c: 'a', d: 'd' });
});

test('each patient but the one at home knows the tie it hangs on', () => {
  const places = placesOf([node('a'), node('b'), node('c')], [tie('c', 'b', 1), tie('b', 'a', 2)]);
  assert.equal(places.get('a')?.via, undefined);
  assert.equal(places.get('b')?.via?.ord, 2);
  assert.equal(places.get('c')?.via?.ord, 1);
});

test('two NHS numbers never meet in one person, not even by way of a third patient', () => {
  const nodes = [node('a', '1'), node('b'), node('c', '2')];
  assert.deepEqual(persons(nodes, [tie('b', 'a', 1), tie('c', 'b', 2, 'same')]), { a: 'a', b: 'a', c: 'c' });
});

test('what was decided to differ stays apart, whatever ties it', () => {
  const nodes = [node('a'), node('b'), node('c')];
  const ties = [tie('b', 'a', 1), tie('c', 'b', 2), tie('a', 'c', 3, 'different')];
  assert.deepEqual(persons(nodes, ties), { a: 'a', b: 'a', c: 'c' });
});

test('a patient that is gone ties nobody together', () => {
  const nodes = [node('a'), { ...node('b'), active: false }, node('c')];
  assert.deepEqual(persons(nodes, [tie('b', 'a', 1), tie('c', 'b', 2)]), { a: 'a', c: 'c' });
});

test('the order in which patients and ties are given makes no difference', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
      const { nodes, ties } = replayed(randomEvents(seed, 60, 12), 12);
      const straight = persons(nodes, ties);
      assert.deepEqual(persons(nodes.toReversed(), ties.toReversed()), straight);
    }),
    { numRuns: 50 },
  );
});

test('thousands of random links, merges, unlinks and replacements end as a replay from nothing does', () => {
  for (const seed of [1, 2, 3]) {
    const events = randomEvents(seed, 2_000);
    assert.equal(statesDiffer(runEvents(events, 60), replayed(events, 60)), undefined);
  }
});

test('leaving a person restores both exactly', () => {
  const before = randomEvents(9, 500);
  const there: typeof before = [...before, { kind: 'tie', tie: tie('p07', 'p31', 10_000, 'same') }];
  const back: typeof before = [...there, { kind: 'untie', patientId: 'p07', otherId: 'p31', of: 'same' }];
  assert.equal(statesDiffer(runEvents(back, 60), runEvents(before, 60)), undefined);
});
