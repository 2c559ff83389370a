import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard, withWishes } from '../small.fixture.ts';
import { costOf, modelOf, type PersonModel } from './model.ts';
import { canWalk, Walk } from './walk.ts';

const days = 7;
const model = modelOf(withWishes(smallWard(4, 1)));
const person = model.people[0] as PersonModel;

const stretch = fc
  .record({ from: fc.nat(days - 1), choices: fc.array(fc.nat(2), { minLength: 1, maxLength: days }) })
  .map(({ from, choices }) => ({ from, choices: choices.slice(0, days - from) }));

test('people are followed along graphs where these hold all rules and no sum is hard', () => {
  assert.ok(canWalk(model));
  assert.ok(!canWalk(modelOf(model.problem, { isWhole: false })));
  assert.ok(!canWalk(modelOf(smallWard(1, 1))));
});

test('along a graph a change costs what the two whole rosters differ by, and is forbidden where a rule forbids it', () => {
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), (changes) => {
      const walk = new Walk(person, new Uint8Array(days), model.choices);
      for (const { from, choices } of changes) {
        const wanted = walk.days.slice();
        wanted.set(choices, from);
        const after = costOf(person, wanted, model.choices);
        const more = walk.change(wanted, from, from + choices.length);
        assert.equal(more, after - costOf(person, walk.days, model.choices));
        if (more < Infinity) walk.take(wanted, from, from + choices.length);
      }
    }),
    { numRuns: 300 },
  );
});

test('the cheapest days of a stretch are those that trying all days finds', () => {
  const prices = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3 * days, maxLength: 3 * days });
  fc.assert(
    fc.property(stretch, stretch, prices, (first, { from, choices }, list) => {
      const start = new Uint8Array(days);
      start.set(first.choices, first.from);
      const walk = new Walk(person, start, model.choices);
      fc.pre(walk.isPossible);
      const to = from + choices.length;
      const costs = Float64Array.from(list.slice(0, 3 * choices.length));
      const worth = (roster: Uint8Array): number =>
        costOf({ ...person, cells: new Float64Array(3 * days) }, roster, model.choices) +
        roster.subarray(from, to).reduce((sum, choice, day) => sum + (costs[day * 3 + choice] as number), 0);
      const wanted = start.slice();
      assert.ok(walk.cheapest(costs, from, to, wanted));
      let least = Infinity;
      for (let code = 0; code < 3 ** choices.length; code++) {
        const other = start.slice();
        for (let day = from, rest = code; day < to; day++, rest = Math.floor(rest / 3)) other[day] = rest % 3;
        least = Math.min(least, worth(other));
      }
      assert.equal(worth(wanted), least);
    }),
    { numRuns: 100 },
  );
});
