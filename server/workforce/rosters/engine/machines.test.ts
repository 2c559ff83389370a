import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard } from '../small.fixture.ts';
import type { Rule } from '../types.ts';
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

const limit = (choice: number, max: number): Rule => ({
  kind: 'count',
  id: `most-${choice}`,
  words: 'has so many of one shift at most',
  amounts: [0, 1, 2].map((each) => (each === choice ? 1 : 0)),
  from: 0,
  to: 6,
  start: 0,
  min: 0,
  max,
  minWeight: 0,
  maxWeight: Infinity,
});

test('limits that the graph does not hold are kept, and the bound stays below the cheapest', () => {
  const problem = smallWard(1, 1);
  const own = problem.people[0];
  assert.ok(own !== undefined);
  own.rules.push(limit(1, 2), limit(2, 1));
  const model = modelOf(problem);
  const person = model.people[0];
  assert.ok(person !== undefined);
  assert.equal(person.loose.length, 2);
  const rosters = Array.from({ length: 3 ** 7 }, (_, number) =>
    Uint8Array.from([0, 1, 2, 3, 4, 5, 6], (day) => Math.floor(number / 3 ** day) % 3),
  ).filter((days) => costOf(person, days, 3) !== Infinity);
  const pricer = new Pricer();
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 21, maxLength: 21 }),
      fc.boolean(),
      (prices, isQuick) => {
        const cells = person.cells.map((cost, cell) => cost + (prices[cell] ?? 0));
        const paid = (days: Uint8Array): number =>
          days.reduce((sum, choice, day) => sum + (prices[day * 3 + choice] ?? 0), costOf(person, days, 3));
        const least = Math.min(...rosters.map(paid));
        pricer.isQuick = isQuick;
        const priced = pricer.price(person, cells, model.choices);
        assert.ok(priced !== undefined);
        assert.ok(Math.abs(paid(priced.days) - priced.cost) < 1e-9);
        assert.ok(priced.bound <= least + 1e-9);
        if (!isQuick) assert.ok(Math.abs(priced.cost - least) < 1e-9);
      },
    ),
    { numRuns: 100 },
  );
});

test('with days closed, the cheapest roster is that of trying every roster', () => {
  const model = modelOf(smallWard(1, 1));
  const person = model.people[0];
  assert.ok(person !== undefined);
  const rosters = Array.from({ length: 3 ** 7 }, (_, number) =>
    Uint8Array.from([0, 1, 2, 3, 4, 5, 6], (day) => Math.floor(number / 3 ** day) % 3),
  ).filter((days) => costOf(person, days, 3) !== Infinity);
  const pricer = new Pricer();
  const price = fc.integer({ min: -9, max: 9 });
  fc.assert(
    fc.property(
      fc.array(price, { minLength: 21, maxLength: 21 }),
      fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
      fc.nat(rosters.length - 1),
      (prices, decided, given) => {
        const kept = rosters[given] as Uint8Array;
        const cells = person.cells.map((cost, cell) => {
          const day = Math.floor(cell / 3);
          return decided[day] === true && kept[day] !== cell % 3 ? Infinity : cost + (prices[cell] ?? 0);
        });
        const paid = (days: Uint8Array): number =>
          days.reduce((sum, choice, day) => sum + (cells[day * 3 + choice] ?? 0), 0) +
          costOf(person, days, 3) -
          days.reduce((sum, choice, day) => sum + (person.cells[day * 3 + choice] ?? 0), 0);
        const priced = pricer.price(person, cells, 3);
        assert.equal(priced?.cost, Math.min(...rosters.map(paid)));
        assert.equal(paid(priced?.days ?? kept), priced?.cost);
      },
    ),
    { numRuns: 150 },
  );
});
