import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import { contextOf } from './context.fixture.ts';
import { generate } from './generate.ts';
import { loadHighs } from './highs.ts';
import { lacksOf } from './lack.ts';
import { Master } from './master.ts';
import { addCounts, costOf, modelOf, type Model } from './model.ts';
import { Pricer } from './price.ts';
import { construct, Standing } from './standing.ts';
import { Tree } from './tree.ts';

/** The least cost of two people, by trying all their rosters. */
function leastOfTwo(model: Model): number {
  const lists = model.people.map((person) =>
    Array.from({ length: 3 ** 7 }, (_, number) =>
      Uint8Array.from([0, 1, 2, 3, 4, 5, 6], (day) => Math.floor(number / 3 ** day) % 3),
    ).flatMap((days) => {
      const cost = costOf(person, days, 3);
      const counts = new Int32Array(model.cover.rows.length);
      addCounts(person, days, 3, counts, 1);
      return cost === Infinity ? [] : [{ cost, counts }];
    }),
  );
  let least = Infinity;
  for (const one of lists[0] ?? []) {
    for (const two of lists[1] ?? []) {
      let cost = one.cost + two.cost;
      for (let row = 0; row < one.counts.length && cost < least; row++)
        cost += model.cover.costs[row]?.[(one.counts[row] ?? 0) + (two.counts[row] ?? 0)] ?? 0;
      least = Math.min(least, cost);
    }
  }
  return least;
}

test('branch and bound ends with the least cost that trying every roster finds', async () => {
  const highs = await loadHighs();
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 14, maxLength: 14 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 14, maxLength: 14 }),
      (wishes, weights) => {
        const problem = smallWard(2, 1);
        problem.people.forEach((person, place) => {
          for (let day = 0; day < 7; day++)
            person.wishes.push({
              day,
              choices: [1 + (day % 2)],
              weight: wishes[place * 7 + day] ?? 1,
              id: 'request-off',
              words: 'asks to be free',
            });
        });
        problem.cover.forEach((row, index) => {
          row.under = [{ count: Infinity, weight: 4 * (weights[index] ?? 1) }];
          row.over = [{ count: Infinity, weight: 1 }];
        });
        const model = modelOf(problem);
        const pricer = new Pricer();
        const first = construct(model, pricer, [0, 1]);
        assert.ok(!('place' in first));
        const context = contextOf(model, 1);
        const lacks = lacksOf(model);
        const master = new Master(highs, model, [0, 1], undefined, lacks);
        let best = new Standing(model, first).total();
        first.forEach((days, place) => {
          const person = model.people[place];
          if (person !== undefined) master.add(place, days, costOf(person, days, 3));
        });
        const { bound } = generate(context, master, { places: [0, 1] }, { tolerance: 0.01, maxRounds: 500 });
        const least = leastOfTwo(model);
        assert.ok(bound <= least + 1e-6);
        const tree = new Tree(context, master, [0, 1], bound, lacks, { size: { most: 40, kept: 20 } });
        for (let step = 0; !tree.isEmpty && step < 1000; step++) {
          const found = tree.step(best - 1 + 1e-4, 0.01);
          if (found !== undefined)
            best = Math.min(
              best,
              new Standing(
                model,
                found.map(({ days }) => days),
              ).total(),
            );
          assert.ok(Math.min(tree.bound, best) <= least + 1e-6);
        }
        tree.dispose();
        assert.ok(tree.isEmpty);
        assert.equal(best, least);
      },
    ),
    { numRuns: 3, endOnFailure: true },
  );
});
