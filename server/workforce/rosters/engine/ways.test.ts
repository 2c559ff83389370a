import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnWay, nextWay, wayOf, type Way } from './ways.ts';

const act = (): void => undefined;

/** Goes so many turns, each of which takes `spent` and gains what `gain` says. */
function go(ways: Way[], turns: number, spent: number, gain: (way: Way) => number): void {
  for (let turn = 0; turn < turns; turn++) {
    const way = nextWay(ways);
    learnWay(way, gain(way), spent);
  }
}

test('most of the effort goes where most is gained, and each other way has its least share', () => {
  const ways = [0.1, 0.1, 0.1].map((least) => wayOf(least, { gained: 1, spent: 100 }, act));
  const [good, ...others] = ways as [Way, Way, Way];
  go(ways, 1000, 100, (way) => (way === good ? 5 : 0));
  const all = ways.reduce((sum, { spent }) => sum + spent, 0);
  for (const { spent } of others) assert.ok(spent > 0.08 * all && spent < 0.13 * all, `${spent} of ${all}`);
});

test('a way that is hoped to gain much goes first, and one that takes much waits until its share is enough for it', () => {
  const small = wayOf(0.1, { gained: 1, spent: 100 }, act);
  const hopeful = wayOf(0.1, { gained: 50, spent: 1000 }, act);
  const large = wayOf(0.1, { gained: 0, spent: 1000 }, act);
  assert.equal(nextWay([small, hopeful, large]), hopeful);
  go([small, large], 50, 100, () => 1);
  assert.equal(large.spent, 0);
  go([small, large], 60, 100, () => 1);
  assert.ok(large.spent > 0);
});
