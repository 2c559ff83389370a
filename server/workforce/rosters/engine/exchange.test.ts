import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard, withWishes } from '../small.fixture.ts';
import type { Problem, Wish } from '../types.ts';
import { randomFrom } from './context.ts';
import { canExchange, Exchange, exchanged, isCovered } from './exchange.ts';
import { costOf, modelOf, type Model } from './model.ts';
import { Standing } from './standing.ts';

/** Exactly as many as are wanted: too many is forbidden as well. */
const withExactCover = (problem: Problem): Problem => ({
  ...problem,
  cover: problem.cover.map((row) => ({ ...row, over: [{ count: Infinity, weight: Infinity }] })),
});

/** Three people, each of whom has each duty in turn. */
const days = 5;
const rotas = [
  [1, 1, 2, 0, 0],
  [0, 2, 0, 1, 1],
  [2, 0, 1, 2, 2],
];
const ward = withExactCover(withWishes(smallWard(3, 1, days)));
const model = modelOf(ward);
const start = new Standing(
  model,
  rotas.map((rota) => Uint8Array.from(rota)),
);

const run = { isOver: () => false };

/** The least cost of all rosters with each day's duties handed out in any way. */
function leastOfAll({ problem, people, choices }: Model, rosters: number[][]): number {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  let least = Infinity;
  for (let code = 0; code < orders.length ** problem.days; code++) {
    let rest = code;
    const tried = rosters.map((rota) => Uint8Array.from(rota));
    for (let day = 0; day < problem.days; day++, rest = Math.floor(rest / orders.length))
      orders[rest % orders.length]?.forEach((giver, person) => {
        (tried[person] as Uint8Array)[day] = rosters[giver]?.[day] ?? 0;
      });
    const cost = people.reduce((sum, person, place) => {
      return sum + costOf(person, tried[place] as Uint8Array, choices);
    }, 0);
    least = Math.min(least, cost);
  }
  return least;
}

/** Two earlies and, a week later, two nights, for each person two days later than for the one before. */
const rota = (shift: number): Uint8Array =>
  Uint8Array.from({ length: 14 }, (_, day) => {
    const turn = (day + shift * 2) % 18;
    return turn < 2 ? 1 : turn >= 9 && turn < 11 ? 2 : 0;
  });

const wish = (day: number, choice: number, weight: number): Wish => {
  return { day, choices: [choice], weight, id: 'request', words: 'asks not to have this' };
};

test('exchanges may lead anywhere where cover is exact, and not where one too many costs a little', () => {
  assert.ok(canExchange(model));
  assert.ok(!canExchange(modelOf(withWishes(smallWard(3, 1, days)))));
  assert.ok(!canExchange(modelOf(withExactCover(smallWard(3, 1, days)))), 'a hard sum');
  assert.ok(
    !canExchange(modelOf(withExactCover(withWishes(smallWard(1, 1, days))))),
    'nobody to exchange with',
  );
  assert.ok(isCovered(start));
});

test('where some may not have a duty that others have, everybody counts the same, and nobody is given it', () => {
  const [first, ...others] = ward.people;
  assert.ok(first !== undefined);
  const closed = { day: 3, choices: [1, 2], weight: Infinity, id: 'leave', words: 'is on leave' };
  const other = modelOf({ ...ward, people: [{ ...first, wishes: [...first.wishes, closed] }, ...others] });
  assert.ok(canExchange(other));
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const exchange = new Exchange(other, randomFrom(seed), start.days);
      assert.ok(exchange.isPossible);
      const found = exchange.run({ ...run, moves: 20_000, hot: 9, cold: 9 });
      assert.equal(found[0]?.[3], 0);
    }),
    { numRuns: 10 },
  );
});

test('a roster in which somebody has days that a rule forbids is given back as it is', () => {
  const [first, ...others] = start.days as [Uint8Array, ...Uint8Array[]];
  const forbidden = new Standing(model, [Uint8Array.from([2, 1, 0, 0, 0]), first, ...others.slice(1)]);
  const found = exchanged(randomFrom(1), forbidden, { ...run, moves: 20_000, hot: 9, cold: 1 });
  assert.equal(found, forbidden);
});

test('exchanges find the least cost of all rosters with the same cover, which trying all of them finds', () => {
  const least = leastOfAll(model, rotas);
  assert.ok(least < start.total());
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const exchange = new Exchange(model, randomFrom(seed), start.days);
      const found = new Standing(model, exchange.run({ ...run, moves: 200_000, hot: 9, cold: 0.2 }));
      assert.ok(isCovered(found));
      assert.equal(found.total(), least);
    }),
    { numRuns: 20 },
  );
});

test('where wishes alone tell duties apart, people take duties from each other, and the least cost of all is found', () => {
  const wishes = [
    [wish(0, 1, 6), wish(1, 1, 9), wish(3, 2, 4)],
    [wish(1, 2, 7), wish(2, 2, 3), wish(4, 2, 8)],
    [wish(0, 1, Infinity), wish(2, 2, Infinity), wish(3, 2, 5), wish(4, 1, 2)],
  ];
  const people = ward.people.map((person, place) => ({
    ...person,
    wishes: [...person.wishes, ...(wishes[place] ?? [])],
    rules: person.rules.filter(({ kind }) => kind !== 'pattern'),
  }));
  const alike = modelOf({ ...ward, people });
  const first = new Standing(alike, start.days);
  const least = leastOfAll(alike, rotas);
  assert.ok(least < first.total() && first.total() < Infinity);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const exchange = new Exchange(alike, randomFrom(seed), first.days);
      const found = new Standing(alike, exchange.run({ ...run, moves: 200_000, hot: 9, cold: 0.2 }));
      assert.ok(isCovered(found));
      assert.equal(found.total(), least);
    }),
    { numRuns: 20 },
  );
});

test('what exchanges give keeps cover and every rule, however hot, and one seed gives one roster', () => {
  const large = modelOf(withExactCover(withWishes(smallWard(9, 1, 14))));
  const first = new Standing(
    large,
    large.people.map((_, place) => rota(place)),
  );
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0.1, max: 50, noNaN: true }), (seed, heat) => {
      const again = (): Standing => {
        const exchange = new Exchange(large, randomFrom(seed), first.days);
        return new Standing(large, exchange.run({ ...run, moves: 60_000, hot: heat, cold: heat / 9 }));
      };
      const found = again();
      assert.deepEqual(found.counts, first.counts);
      assert.ok(found.costs.every((cost) => Number.isFinite(cost)));
      assert.deepEqual(again().days, found.days);
    }),
    { numRuns: 15 },
  );
});
