import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import type { Graph } from './graph.ts';
import { costOf, modelOf, type PersonModel } from './model.ts';
import { narrowed } from './narrow.ts';
import { Pricer } from './price.ts';

const rosters = Array.from({ length: 3 ** 7 }, (_, number) =>
  Uint8Array.from([0, 1, 2, 3, 4, 5, 6], (day) => Math.floor(number / 3 ** day) % 3),
);

function holds({ classOf, arcStart, arcClass, arcTarget, root }: Graph, days: Uint8Array): boolean {
  let node = root;
  for (const choice of days) {
    let next = -1;
    for (let arc = arcStart[node] as number; arc < (arcStart[node + 1] as number); arc++)
      if (arcClass[arc] === classOf[choice]) next = arcTarget[arc] as number;
    if (next < 0) return false;
    node = next;
  }
  return true;
}

test('a narrow graph holds every roster within reach of the cheapest, and no illegal one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 14, maxLength: 14 }),
      fc.integer({ min: 0, max: 30 }),
      (wishes, reach) => {
        const problem = smallWard(1, 1);
        for (let day = 0; day < 7; day++)
          for (const choice of [1, 2]) {
            const weight = wishes[2 * day + choice - 1] ?? 1;
            problem.people[0]?.wishes.push({ day, choices: [choice], weight, id: 'wish', words: '' });
          }
        const model = modelOf(problem);
        const thin = narrowed(model, new Float64Array(model.cover.rows.length), reach);
        const [wide, narrow] = [model, thin].map(({ people }) => people[0] as PersonModel);
        assert.ok(wide !== undefined && narrow !== undefined);
        const costs = rosters.map((days) => costOf(wide, days, 3));
        const least = Math.min(...costs);
        rosters.forEach((days, place) => {
          const cost = costs[place] as number;
          if (cost <= least + reach) assert.ok(holds(narrow.graph, days));
          if (cost === Infinity) assert.ok(!holds(narrow.graph, days));
        });
        assert.ok(narrow.graph.arcClass.length <= wide.graph.arcClass.length);
        assert.equal(new Pricer().price(narrow, narrow.cells, 3)?.cost, least);
      },
    ),
    { numRuns: 30 },
  );
});
