import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallWard } from '../small.fixture.ts';
import { choose } from './choose.ts';
import { loadHighs } from './highs.ts';
import { Master } from './master.ts';
import { modelOf } from './model.ts';
import { Pricer } from './price.ts';
import { construct, Standing } from './standing.ts';

test('people beyond those wanted cost nothing in the master where no weight says so', async () => {
  const problem = smallWard(6, 1);
  for (const row of problem.cover) {
    row.under = [{ count: Infinity, weight: 30 }];
    row.over = [];
  }
  const model = modelOf(problem);
  const places = model.people.map((_, place) => place);
  const first = construct(model, new Pricer(), places);
  assert.ok(!('place' in first));
  const standing = new Standing(model, first);
  assert.ok(standing.counts.some((count) => count > 1));
  const highs = await loadHighs();
  const master = new Master(highs, model, places);
  first.forEach((days, place) => master.add(place, days, standing.costs[place] ?? 0));
  assert.equal(master.solve().value, standing.total());
  const { columns } = choose(highs, model, places, master.columns, undefined, {
    maxNodes: 10,
    cutoff: standing.total() + 1,
    isOver: () => false,
    secondsLeft: 10,
  });
  assert.equal(columns?.length, places.length);
});
