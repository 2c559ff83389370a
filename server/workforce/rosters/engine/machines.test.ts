import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import { costOf, modelOf } from './model.ts';
import { Pricer } from './price.ts';

test('the cheapest roster of a person costs no more than any legal one, whatever the prices', () => {
  const model = modelOf(smallWard(1, 1));
  const person = model.people[0];
  assert.ok(person !== undefined);
  const pricer = new Pricer();
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 21, maxLength: 21 }),
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 7, maxLength: 7 }),
      (prices, any) => {
        const cells = person.cells.map((cost, cell) => cost + (prices[cell] ?? 0));
        const priced = pricer.price(person, cells, model.choices);
        assert.ok(priced !== undefined);
        const paid = (days: Uint8Array): number =>
          days.reduce((sum, choice, day) => sum + (prices[day * 3 + choice] ?? 0), costOf(person, days, 3));
        assert.equal(paid(priced.days), priced.cost);
        assert.ok(priced.cost <= paid(Uint8Array.from(any)));
      },
    ),
    { numRuns: 300 },
  );
});
