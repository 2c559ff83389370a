import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import { unitOf } from './common-unit.ts';
import { contextOf } from './context.fixture.ts';
import { modelOf, type Model } from './model.ts';
import { Pricer } from './price.ts';
import { construct, Standing } from './standing.ts';
import { Warm } from './warm.ts';

/** A small ward where the number of shifts is a hard limit, or a wish; wishes let annealing follow graphs, and begin anew. */
function wardWith(weight: number): Model {
  const problem = smallWard(7, 1, 14);
  const limits = { min: 5, max: 8, minWeight: weight, maxWeight: weight };
  for (const { rules } of problem.people)
    for (const rule of rules) if (rule.kind === 'count') Object.assign(rule, limits);
  return modelOf(problem);
}

for (const [words, weight, turns] of [
  ['a hard limit', Infinity, 4],
  ['a wish', 6, 12],
] as const) {
  test(`annealing again with ${words} on shifts gives a legal roster that costs no more than the one before`, () => {
    const model = wardWith(weight);
    const places = model.people.map((_, place) => place);
    const first = construct(model, new Pricer(), places);
    assert.ok(!('place' in first));
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const context = contextOf(model, seed);
        const warm = new Warm(context, unitOf(model));
        let standing = new Standing(model, first);
        for (let turn = 0; turn < turns; turn++) {
          const next = warm.turn(context, standing);
          assert.ok(next.total() <= standing.total() + 1e-6);
          assert.ok(next.costs.every((cost) => Number.isFinite(cost)));
          standing = next;
        }
      }),
      { numRuns: 3 },
    );
  });
}
