import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import { unitOf } from './common-unit.ts';
import { contextOf } from './context.fixture.ts';
import { modelOf } from './model.ts';
import { Pricer } from './price.ts';
import { construct, Standing } from './standing.ts';
import { Warm } from './warm.ts';

const problem = smallWard(7, 1, 14);
for (const { rules } of problem.people)
  for (const rule of rules) if (rule.kind === 'count') Object.assign(rule, { min: 5, max: 8 });
const model = modelOf(problem);
const places = model.people.map((_, place) => place);
const first = construct(model, new Pricer(), places);

test('annealing again gives a legal roster that costs no more than the one before', () => {
  assert.ok(typeof first !== 'number');
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const context = contextOf(model, seed);
      const warm = new Warm(context, unitOf(model));
      let standing = new Standing(model, first);
      for (let turn = 0; turn < 6; turn++) {
        const next = warm.turn(context, standing);
        assert.ok(next.total() <= standing.total() + 1e-6);
        assert.ok(next.costs.every((cost) => Number.isFinite(cost)));
        standing = next;
      }
    }),
    { numRuns: 5 },
  );
});
