import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Problem, Rule } from '../types.ts';
import { contradiction } from './contradiction.ts';
import { costOf, hardCover, modelOf, type Model } from './model.ts';
import { Pricer } from './price.ts';
import { construct } from './standing.ts';

/** Days on which people may work; all later ones are leave, so that every roster can be tried. */
const open = 5;

const limits = fc.record({
  duty: fc.nat(2),
  min: fc.nat(3),
  more: fc.nat(2),
  longest: fc.integer({ min: 1, max: 3 }),
});

type Drawn = { duty: number; min: number; more: number; longest: number };

/** At least and at most so many shifts (of both kinds, or of one), so many in a row, and no early after a night. */
function rulesOf({ duty, min, more, longest }: Drawn, days: number): Rule[] {
  const hard = { minWeight: Infinity, maxWeight: Infinity, words: '' };
  const amounts = [
    [0, 1, 1],
    [0, 1, 0],
    [0, 480, 720],
  ][duty] as number[];
  const unit = Math.max(...amounts);
  return [
    {
      ...hard,
      kind: 'count',
      id: 'shifts',
      amounts,
      from: 0,
      to: days - 1,
      start: 0,
      min: min * unit,
      max: (min + more) * unit,
    },
    {
      ...hard,
      kind: 'run',
      id: 'in-a-row',
      choices: [1, 2],
      min: 1,
      max: longest,
      before: 0,
      openEnd: true,
    },
    { kind: 'pattern', id: 'after-night', words: '', steps: [[2], [1]], weight: Infinity },
  ];
}

function problemOf(people: Drawn[], wanted: number[], days: number): Problem {
  return {
    name: 'tried',
    format: 'openics',
    days,
    firstWeekday: 0,
    duties: ['', 'E', 'N'].map((id) => ({ id, minutes: 480 })),
    people: people.map((drawn, place) => ({
      id: `N${place}`,
      wishes: Array.from({ length: days - open }, (_, more) => ({
        day: open + more,
        choices: [1, 2],
        weight: Infinity,
        id: 'leave',
        words: '',
      })),
      rules: rulesOf(drawn, days),
    })),
    cover: wanted.map((each, row) => ({
      id: `${row}`,
      words: '',
      parts: [{ day: Math.floor(row / 2), choices: [1 + (row % 2)] }],
      wanted: each,
      under: [{ count: Infinity, weight: Infinity }],
      over: [
        { count: 1, weight: 0 },
        { count: Infinity, weight: Infinity },
      ],
    })),
  };
}

/** Whether any roster keeps all rules and all cover, by trying every one. */
function canHold(model: Model): boolean {
  const { days } = model.problem;
  const each = model.people.map((person) =>
    Array.from({ length: 3 ** open }, (_, code) =>
      Uint8Array.from({ length: days }, (_day, day) => (day < open ? Math.floor(code / 3 ** day) % 3 : 0)),
    ).filter((roster) => costOf(person, roster, 3) < Infinity),
  );
  const tried = (place: number, counts: number[]): boolean =>
    place === each.length
      ? model.cover.costs.every((costs, row) => (costs[counts[row] ?? 0] ?? 0) < hardCover)
      : (each[place] ?? []).some((roster) =>
          tried(
            place + 1,
            counts.map((count, row) => count + (roster[Math.floor(row / 2)] === 1 + (row % 2) ? 1 : 0)),
          ),
        );
  return tried(
    0,
    model.cover.rows.map(() => 0),
  );
}

for (const [words, days] of [
  ['a week', 7],
  ['a third of a year', 120],
] as const) {
  test(`whatever is proven not to hold together in ${words} is held by no roster, and most that is held by none is proven`, async () => {
    const seen = { impossible: 0, proven: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(limits, { minLength: 1, maxLength: 2 }),
        fc.array(fc.nat(1), { maxLength: 2 * open }),
        async (people, wanted) => {
          const problem = problemOf(people, wanted, days);
          const found = await contradiction(problem, Infinity);
          const isImpossible = !canHold(modelOf(problem, { isWhole: false }));
          if (found !== undefined) assert.ok(isImpossible);
          seen.impossible += isImpossible ? 1 : 0;
          seen.proven += found === undefined ? 0 : 1;
        },
      ),
      { numRuns: 80, seed: 1 },
    );
    assert.ok(seen.impossible > 10 && seen.proven > 0.8 * seen.impossible, JSON.stringify(seen));
  });
}

test('the demands that a proof rests on cannot be met by themselves either', async () => {
  const people = [1, 2].map(() => ({ duty: 0, min: 0, more: 2, longest: 3 }));
  const problem = problemOf(people, [0, 0, 1, 1, 1, 1, 0, 1, 0, 0], 120);
  const found = await contradiction(problem, Infinity);
  assert.ok(found !== undefined && found.rows.length > 0);
  const rest = { ...problem, cover: problem.cover.filter((_, row) => found.rows.includes(row)) };
  assert.ok((await contradiction(rest, Infinity)) !== undefined);
});

test('a search for days that ends early does not say that somebody has none', () => {
  const people = [{ duty: 0, min: 3, more: 0, longest: 3 }];
  const problem = problemOf(people, [], 7);
  problem.people[0]?.rules.push({
    kind: 'automaton',
    id: 'not-both',
    words: '',
    start: 0,
    tables: Array.from({ length: 7 }, () => 0),
    next: [
      [
        [0, 1, 2],
        [1, 1, -1],
        [2, -1, 2],
      ],
    ],
  });
  const model = modelOf(problem);
  model.people[0]?.cells.set([9, 0, 5, 9, 5, 0, 9, 5, 0]);
  assert.deepEqual(construct(model, new Pricer(0), [0]), { place: 0, isProven: false });
  assert.ok(!('place' in construct(model, new Pricer(), [0])));
});
