import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fortnight } from './slim.fixture.ts';
import { reduce } from '../generate.ts';
import { costOf, modelOf, type PersonModel } from '../model.ts';
import { slimFirst } from './first.ts';
import { standingIn, viewOf, withPart } from './view.ts';
import { slimsOf, type Slim } from './slim.ts';

const model = modelOf(fortnight(6));
const slims = slimsOf(model) ?? [];
const roster = slimFirst(model, slims, () => false);

const part = fc.record({
  places: fc.uniqueArray(fc.nat(5), { minLength: 1 }),
  from: fc.nat(12),
  length: fc.integer({ min: 1, max: 13 }),
});
const limits = { passes: 20, tolerance: 1e-6, coarse: 0, width: 4000 };
const prices = fc.array(fc.integer({ min: -40, max: 40 }), {
  minLength: model.cover.rows.length,
  maxLength: model.cover.rows.length,
});

test('days of a part cost what they cost in the whole roster, and keep every rule there', () => {
  assert.ok(roster !== undefined);
  let some = 0;
  fc.assert(
    fc.property(part, prices, ({ places, from, length }, all) => {
      const view = viewOf(model, slims, roster, { places, from, to: Math.min(14, from + length) });
      assert.ok(view.from <= from && view.to >= Math.min(14, from + length));
      const before = standingIn(view, view.days);
      const price = Float64Array.from(view.rows, (row) => all[row] as number);
      const cells = new Float64Array((view.to - view.from) * model.choices);
      const days = view.days.map((mine, index) => {
        reduce(view.model.people[index] as PersonModel, price, cells);
        const priced = (view.slims[index] as Slim).price(cells, limits);
        const [best] = priced?.found ?? [];
        if (best === undefined) return mine;
        const reduced = mine.reduce(
          (sum, choice, day) => sum + (cells[day * model.choices + choice] as number),
          0,
        );
        assert.ok(best.cost <= reduced + 1e-6, 'what is there now is no cheaper than the cheapest');
        assert.ok((priced?.bound ?? Infinity) <= best.cost + 1e-6);
        some += 1;
        return best.days;
      });
      const after = standingIn(view, days);
      const whole = withPart(roster, view, days);
      assert.ok(Math.abs(whole.total() - roster.total() - after.total() + before.total()) < 1e-6);
      places.forEach((place, index) => {
        const mine = whole.days[place] as Uint8Array;
        assert.deepEqual(mine.subarray(view.from, view.to), days[index]);
        assert.equal(costOf(model.people[place] as PersonModel, mine, model.choices), after.costs[index]);
      });
    }),
    { seed: 5, numRuns: 200 },
  );
  assert.ok(some > 300, String(some));
});

test('parts that two threads made apart are put together, and nobody breaks a rule by it', () => {
  assert.ok(roster !== undefined);
  let kept = 0;
  fc.assert(
    fc.property(part, part, prices, (one, other, all) => {
      const [mine, theirs] = [one, other].map(({ places, from, length }) => {
        const view = viewOf(model, slims, roster, { places, from, to: Math.min(14, from + length) });
        const price = Float64Array.from(view.rows, (row) => all[row] as number);
        const cells = new Float64Array((view.to - view.from) * model.choices);
        const days = view.days.map((now, index) => {
          reduce(view.model.people[index] as PersonModel, price, cells);
          return (view.slims[index] as Slim).price(cells, limits)?.found[0]?.days ?? now;
        });
        return { view, days };
      });
      assert.ok(mine !== undefined && theirs !== undefined);
      const base = withPart(roster, theirs.view, theirs.days);
      const both = withPart(base, mine.view, mine.days);
      for (const [place, days] of both.days.entries()) {
        assert.notEqual(costOf(model.people[place] as PersonModel, days, model.choices), Infinity);
        const index = mine.view.places.indexOf(place);
        if (index < 0) assert.deepEqual(days, base.days[place]);
        else if (
          Buffer.compare(days.subarray(mine.view.from, mine.view.to), mine.days[index] as Uint8Array) !== 0
        )
          kept += 1;
      }
    }),
    { seed: 6, numRuns: 200 },
  );
  assert.ok(kept > 0, 'somebody who may not have both keeps theirs');
});
