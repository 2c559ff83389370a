import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { costOf, modelOf, type PersonModel } from '../model.ts';
import { Pricer } from '../price.ts';
import { slimFirst } from './first.ts';
import { choices, days, fortnight } from './slim.fixture.ts';
import { slimsOf, type Slim } from './slim.ts';

const cellsOf = fc.array(fc.integer({ min: -40, max: 40 }), {
  minLength: days * choices,
  maxLength: days * choices,
});
const limits = { passes: 20, tolerance: 1e-6, coarse: 0 };

function pricing(): { model: ReturnType<typeof modelOf>; person: PersonModel; slim: Slim } {
  const model = modelOf(fortnight());
  const person = model.people[0];
  const slim = slimsOf(model)?.[0];
  assert.ok(person !== undefined && slim !== undefined);
  return { model, person, slim };
}

test('slim pricing never claims a bound above the cheapest days, keeps every rule, and is exact with a wide beam', () => {
  const { model, person, slim } = pricing();
  const pricer = new Pricer();
  let found = 0;
  fc.assert(
    fc.property(cellsOf, fc.constantFrom(2, 12, 4000), (list, width) => {
      const cells = Float64Array.from(list);
      const exact = pricer.price(person, cells, choices);
      const priced = slim.price(cells, { ...limits, width });
      assert.ok(exact !== undefined && priced !== undefined);
      assert.ok(priced.bound <= exact.cost + 1e-6, `${priced.bound} above ${exact.cost}`);
      if (width > 1000) {
        assert.ok(Math.abs((priced.found[0]?.cost ?? Infinity) - exact.cost) < 1e-6);
        assert.ok(priced.bound >= exact.cost - 1e-6, `${priced.bound} is not exact: ${exact.cost}`);
      }
      for (const { days: mine, cost } of priced.found) {
        found += 1;
        assert.ok(cost >= exact.cost - 1e-6);
        assert.equal(costOf(person, mine, model.choices), slim.costOf(person.cells, mine));
        const spent = mine.reduce((sum, choice, day) => sum + (cells[day * choices + choice] as number), 0);
        assert.ok(Math.abs(spent - cost) < 1e-6);
      }
    }),
    { numRuns: 60 },
  );
  assert.ok(found > 40, `${found} found`);
});

test('where some cells are closed, slim pricing uses none of them', () => {
  const { slim } = pricing();
  fc.assert(
    fc.property(cellsOf, fc.array(fc.nat(days - 1), { maxLength: 5 }), (list, free) => {
      const cells = Float64Array.from(list);
      for (const day of free) cells.fill(Infinity, day * choices + 1, (day + 1) * choices);
      for (const { days: mine } of slim.price(cells, limits)?.found ?? [])
        for (const day of free) assert.equal(mine[day], 0);
    }),
    { numRuns: 40 },
  );
});

test('many people have a first roster that keeps every rule, one after the other', () => {
  const model = modelOf(fortnight(400), { isWhole: false });
  const first = slimFirst(model, slimsOf(model) ?? [], () => false);
  assert.ok(first !== undefined && Number.isFinite(first.costs.reduce((sum, cost) => sum + cost, 0)));
});

test('rules of other kinds than sequences, hard sums and hard blocks are left to exact pricing', () => {
  const problem = fortnight();
  Object.assign(problem.people[0]?.rules[0] as object, { maxWeight: 10 });
  assert.equal(slimsOf(modelOf(problem)), undefined);
});
