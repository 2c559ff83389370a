import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { smallWard, withWishes } from '../small.fixture.ts';
import type { Problem } from '../types.ts';
import { unitOf } from './common-unit.ts';
import { contextOf } from './context.fixture.ts';
import { isCovered } from './exchange.ts';
import { modelOf, type Model } from './model.ts';
import { Standing } from './standing.ts';
import { coarseOf, WhoFirst, withDuties } from './who.ts';

const days = 14;

/** A ward of nine whose cover is exact: an early and a night a day. That nobody has an early after a night is a wish, or must be. */
const wardWith = (weight: number): Problem => {
  const ward = withWishes(smallWard(9, 1, days));
  return {
    ...ward,
    cover: ward.cover.map((row) => ({ ...row, over: [{ count: Infinity, weight: Infinity }] })),
    people: ward.people.map((person) => ({
      ...person,
      rules: person.rules.map((rule) => (rule.kind === 'pattern' ? { ...rule, weight } : rule)),
    })),
  };
};

/** Each person has two earlies and, a week later, two nights. */
const rotaOf = (model: Model): Standing =>
  new Standing(
    model,
    model.people.map((_, place) =>
      Uint8Array.from({ length: days }, (__, day) => {
        const turn = (day + place * 2) % 18;
        return turn < 2 ? 1 : turn >= 9 && turn < 11 ? 2 : 0;
      }),
    ),
  );

const isAtWork = ({ days: all }: Standing): boolean[][] =>
  all.map((mine) => [...mine].map((choice) => choice > 0));

const model = modelOf(wardWith(3));
const coarse = coarseOf(model) as Model;
const unit = unitOf(model);

test('without the rules that tell duties apart, a roster never costs more', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(2)), (stream) => {
      const drawn = model.people.map(() => Uint8Array.from({ length: days }, () => stream.next().value ?? 0));
      const people = (of: Model): number =>
        new Standing(of, drawn).costs.reduce((sum, cost) => sum + cost, 0);
      assert.ok(people(coarse) <= people(model));
    }),
  );
});

test('there is nothing to leave out where no rule tells duties apart, and no way where cover need not be exact', () => {
  const people = model.problem.people.map((person) => ({
    ...person,
    rules: person.rules.filter(({ kind }) => kind !== 'pattern'),
  }));
  assert.equal(coarseOf(modelOf({ ...model.problem, people })), undefined);
  assert.equal(coarseOf(modelOf(withWishes(smallWard(9, 1, days)))), undefined);
});

test('handing out duties changes nobody’s days at work, and finds those that break no wish', () => {
  const turned = rotaOf(model).days.map((mine) =>
    mine.map((choice, day) => (choice > 0 && day % 2 === 1 ? 3 - choice : choice)),
  );
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const first = new Standing(model, turned);
      const found = withDuties(contextOf(model, seed), first.days, unit);
      assert.deepEqual(isAtWork(found), isAtWork(first));
      assert.ok(isCovered(found));
      assert.equal(found.total(), new Standing(coarse, turned).total(), 'what the days at work cost alone');
    }),
    { numRuns: 10 },
  );
});

test('who works is decided first, and with duties handed out the roster costs less, and keeps cover', () => {
  const first = rotaOf(model);
  const context = contextOf(model, 1);
  const who = new WhoFirst(context, coarse, unit);
  let best = first;
  for (let turn = 0; turn < 8; turn++) {
    const found = who.turn(context, best);
    if (found === undefined) continue;
    assert.ok(isCovered(found));
    assert.equal(found.total(), new Standing(model, found.days).total());
    if (found.total() < best.total()) best = found;
  }
  assert.ok(best.total() < first.total());
});

test('where duties cannot be handed out without breaking a hard rule, what comes out is never taken for a roster', () => {
  const hard = modelOf(wardWith(Infinity));
  const first = rotaOf(hard);
  assert.ok(first.total() < Infinity);
  const context = contextOf(hard, 1);
  const who = new WhoFirst(context, coarseOf(hard) as Model, unit);
  let best = first;
  for (let turn = 0; turn < 6; turn++) {
    const found = who.turn(context, best);
    if (found !== undefined && found.total() < best.total()) best = found;
    assert.ok(best.costs.every((cost) => Number.isFinite(cost)));
  }
});
