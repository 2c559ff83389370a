import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../../small.fixture.ts';
import { coverBound, reduce } from '../generate.ts';
import { loadHighs } from '../highs.ts';
import { Master } from '../master.ts';
import { costOf, modelOf } from '../model.ts';
import { Saddle } from './saddle.ts';
import { ontoSimplex } from './simplex-nearest.ts';
import { slimsOf } from './slim.ts';

const highs = await loadHighs();

const problem = smallWard(12, 3, 14);
for (const { rules } of problem.people) Object.assign(rules[0] as object, { min: 6, max: 8 });
const model = modelOf(problem, { isWhole: false });
const places = model.people.map((_, place) => place);
const slims = slimsOf(model) ?? [];
const passes = { passes: 10, tolerance: 0.5, coarse: 5 };

test('the master of first-order steps ends as near to simplex as it is asked to, also where columns are off', () => {
  const exact = new Master(highs, model, places);
  const near = new Saddle(model, places, undefined, { near: 0.002, steps: 20_000 });
  const cells = new Float64Array(problem.days * model.choices);
  let solved = exact.solve();
  for (let round = 0; round < 6; round++) {
    for (const place of places) {
      const person = model.people[place] as (typeof model.people)[number];
      reduce(person, solved.prices, cells);
      for (const { days } of slims[place]?.price(cells, passes)?.found ?? [])
        for (const master of [exact, near]) master.add(place, days, costOf(person, days, model.choices));
    }
    const isOff = (_: unknown, index: number): boolean => round === 5 && index >= 12 && index % 3 === 0;
    for (const master of [exact, near]) master.setOff(isOff);
    solved = exact.solve();
    const found = near.solve();
    assert.ok(found.value >= solved.value - 1e-6, `${found.value} below ${solved.value}`);
    assert.ok(found.value <= solved.value * 1.002 + 1e-6, `${found.value} far above ${solved.value}`);
    const least = places.reduce(
      (sum, place) => sum + (found.dues[place] ?? 0),
      coverBound(model, found.prices, undefined, places.length),
    );
    assert.ok(least <= solved.value + 1e-6, `${least} above ${solved.value}`);
    near.columns.forEach((column, index) => {
      if (isOff(column, index)) assert.equal(found.x[index], 0);
    });
  }
  exact.dispose();
});

test('the nearest shares are 0 or more, add up to 1, and no others are nearer', () => {
  const value = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(5)), (given, moves) => {
      const all = given.length;
      const into = new Float64Array(all);
      const list = Int32Array.from(given, (_, index) => index);
      ontoSimplex(list, 0, all, Float64Array.from(given), new Float64Array(all), 0, into);
      assert.ok(Math.abs(into.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
      assert.ok(into.every((share) => share >= 0));
      const far = (shares: ArrayLike<number>): number =>
        given.reduce((sum, each, index) => sum + (each - (shares[index] as number)) ** 2, 0);
      for (const move of moves) {
        const other = into.map((share, index) => 0.9 * share + (index === move % all ? 0.1 : 0));
        assert.ok(far(into) <= far(other) + 1e-9);
      }
    }),
  );
});
