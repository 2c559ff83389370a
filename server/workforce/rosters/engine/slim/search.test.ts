import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallWard } from '../../small.fixture.ts';
import { contextOf } from '../context.fixture.ts';
import { modelOf } from '../model.ts';
import { Pool } from '../pool.ts';
import type { Board } from '../course.ts';
import { slimFirst } from './first.ts';
import { SlimSearch } from './search.ts';
import { slimsOf } from './slim.ts';

for (const isWhole of [true, false]) {
  const way = isWhole ? 'with a relaxation of the whole' : 'by neighbourhoods alone';
  test(`slim search ${way} makes a roster better, keeps every rule, and never claims a bound above it`, () => {
    const problem = smallWard(12, 3, 14);
    for (const { rules } of problem.people) Object.assign(rules[0] as object, { min: 6, max: 8 });
    const model = modelOf(problem, { isWhole: false });
    const slims = slimsOf(model) ?? [];
    const first = slimFirst(model, slims, () => false);
    assert.ok(first !== undefined);
    const costs: number[] = [];
    const bounds: number[] = [];
    const board: Board = {
      better: (standing) => void costs.push(standing.total()),
      bound: (bound) => void bounds.push(bound),
      lowest: () => bounds.at(-1) ?? -Infinity,
      ask: () => undefined,
      price: () => undefined,
      prices: () => undefined,
    };
    const context = contextOf(model, 3);
    const limits = {
      unit: 1,
      turns: 26,
      pool: new Pool(model),
      prices: undefined,
      isLead: true,
      isOver: () => false,
    };
    const best = new SlimSearch(context, slims, first, board, limits).run(isWhole);
    assert.ok(best.total() <= first.total());
    assert.ok(best.costs.every((cost) => Number.isFinite(cost)));
    assert.ok(bounds.length > 0);
    for (const bound of bounds) assert.ok(bound <= best.total(), `${bound} above ${best.total()}`);
    assert.deepEqual(
      costs,
      costs.toSorted((a, b) => b - a),
    );
  });
}
