import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import type { Problem } from '../types.ts';
import { contextOf } from './context.fixture.ts';
import { modelOf } from './model.ts';
import { solvePart } from './part.ts';
import { Pricer } from './price.ts';
import { construct, Standing } from './standing.ts';
import { windowOf } from './window.ts';

/** Two weeks with soft hours and days off as well, so that what is before and behind a part costs something. */
function ward(): Problem {
  const problem = smallWard(7, 1, 14);
  for (const { rules } of problem.people) {
    for (const rule of rules) if (rule.kind === 'count') Object.assign(rule, { min: 5, max: 8 });
    const hours = { amounts: [0, 16, 23], from: 0, to: 13, start: 0, min: 130, max: 135 };
    const free = { choices: [0], min: 2, max: 9, minWeight: 3, maxWeight: 1, openEnd: false };
    rules.push({ ...free, kind: 'run', id: 'free', words: '', before: 'unknown' });
    rules.push({ ...hours, kind: 'count', id: 'hours', words: '', minWeight: 1, maxWeight: 2 });
  }
  return problem;
}

const model = modelOf(ward());
const places = model.people.map((_, place) => place);
const first = construct(model, new Pricer(), places);

const context = (seed: number) => contextOf(modelOf(ward(), { isWhole: false }), seed);

const part = fc
  .record({
    places: fc.uniqueArray(fc.nat(6), { minLength: 1 }),
    from: fc.nat(12),
    length: fc.integer({ min: 1, max: 13 }),
  })
  .map(({ length, ...rest }) => ({ ...rest, to: Math.min(14, rest.from + length) }));

test('what somebody does in a part costs there what it costs in the whole roster, and what others do counts', () => {
  assert.ok(!('place' in first));
  const whole = new Standing(model, first);
  const pricer = new Pricer();
  fc.assert(
    fc.property(
      part,
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 42, maxLength: 42 }),
      (chosen, prices) => {
        const inside = windowOf(model, first, chosen.from, chosen.to, false, { places: chosen.places });
        assert.ok(typeof inside !== 'number');
        const now = chosen.places.map((place) => (first[place] as Uint8Array).slice(chosen.from, chosen.to));
        const before = new Standing(inside, now);
        const moved = first.map((days) => days.slice());
        const others = inside.people.map((person, index) => {
          const cells = person.cells.map((cost, cell) => cost + (prices[cell] ?? 0));
          const priced = pricer.price(person, cells, 3);
          assert.ok(priced !== undefined);
          moved[chosen.places[index] as number]?.set(priced.days, chosen.from);
          const own = priced.days.reduce((sum, choice, day) => sum + (prices[day * 3 + choice] ?? 0), 0);
          const after = new Standing(inside, before.days.with(index, priced.days));
          assert.ok(Math.abs((after.costs[index] as number) - (priced.cost - own)) < 1e-9);
          return priced.days;
        });
        const gain = before.total() - new Standing(inside, others).total();
        assert.ok(Math.abs(whole.total() - new Standing(model, moved).total() - gain) < 1e-6);
      },
    ),
    { numRuns: 200 },
  );
});

test('a part that is solved makes the roster better by just that, or leaves it; the same seed ends the same', () => {
  assert.ok(!('place' in first));
  let better = 0;
  fc.assert(
    fc.property(part, fc.nat(100), (chosen, seed) => {
      const best = new Standing(model, first);
      const solve = () => solvePart(context(seed), best, chosen, { effort: 1000, unit: 1 });
      const { outcome, found } = solve();
      assert.equal(found === undefined, outcome !== 'better');
      assert.deepEqual(solve().found?.days, found?.days);
      if (found === undefined) return;
      better += 1;
      assert.ok(found.total() < best.total());
      found.days.forEach((days, place) => {
        for (let day = 0; day < 14; day++)
          if (!chosen.places.includes(place) || day < chosen.from || day >= chosen.to)
            assert.equal(days[day], first[place]?.[day]);
      });
    }),
    { numRuns: 30 },
  );
  assert.ok(better > 0);
});
