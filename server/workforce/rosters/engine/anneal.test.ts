import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallWard, withWishes } from '../small.fixture.ts';
import { Anneal } from './anneal.ts';
import { randomFrom } from './context.ts';
import { costOf, modelOf } from './model.ts';

for (const [words, model, isQuick] of [
  ['rule by rule', modelOf(smallWard(6, 2), { isWhole: false }), false],
  ['along graphs', modelOf(withWishes(smallWard(6, 2))), true],
] as const) {
  test(`annealing ${words} keeps every rule of every person, even where there are too few people`, () => {
    const anneal = new Anneal(model, randomFrom(3));
    assert.equal(anneal.isQuick, isQuick);
    let told = 0;
    anneal.run({
      moves: 60_000,
      hot: 30,
      cold: 0.5,
      hard: [100, 40_000],
      cover: [50, 10_000],
      isOver: () => false,
      better(roster, cost) {
        told += 1;
        assert.equal(cost, anneal.total());
        for (const [place, person] of model.people.entries())
          assert.notEqual(costOf(person, roster[place] ?? new Uint8Array(7), 3), Infinity);
      },
    });
    assert.ok(told > 0);
  });
}
