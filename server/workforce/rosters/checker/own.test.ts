import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { problemOf, readRosterFile } from '../format/index.ts';
import { evaluateAll, randomChoices, smallProblem } from '../fixtures/small-problem.fixture.ts';
import { makeWard } from '../ward/index.ts';
import { checkOwn } from './own/check.ts';

type Ids = Set<string>;

/** Where one person has the rest between duties broken, overlapping duties are one more name for it. */
const withoutImplied = (ids: Ids): Ids =>
  new Set(
    [...ids].filter((id) => !id.endsWith(' overlap') || ![...ids].some((other) => isRestOf(id, other))),
  );
const isRestOf = (overlap: string, other: string): boolean =>
  other.endsWith('daily-rest') && other.split(' ')[0] === overlap.split(' ')[0];

test('the compiled rules and the checker say the same of any roster: who breaks what, and what it costs', () => {
  const legal = { seen: 0 };
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.constantFrom(0.05, 0.2, 0.5, 0.9), (seed, density) => {
      const file = readRosterFile(JSON.stringify(smallProblem(seed)), 'small.json');
      const problem = problemOf(file);
      const choices = randomChoices(seed + 1, file.people.length, file.days, problem.duties.length, density);
      const { found, cover } = evaluateAll(problem, choices);
      const roster = new Map(
        file.people.map(({ id }, index) => [id, choices[index]!.map((choice) => problem.duties[choice]!.id)]),
      );
      const { breaches, score } = checkOwn(file, roster);

      const compiled = found.flatMap((each, index) =>
        each.filter(({ cost }) => cost === Infinity).map(({ id }) => `${file.people[index]!.id} ${id}`),
      );
      const checked = new Set(breaches.map(({ person, rule }) => `${person} ${rule}`));
      if (checked.size === 0) legal.seen++;
      assert.deepEqual(
        [...withoutImplied(new Set(compiled))].toSorted(),
        [...withoutImplied(checked)].toSorted(),
      );

      const overlaps = [...checked].some((id) => id.endsWith(' overlap'));
      const costs = found.flat().filter(({ cost }) => cost !== Infinity);
      const soft = costs.reduce((sum, { cost }) => sum + cost, cover);
      if (!overlaps) assert.ok(Math.abs(soft - score.total) < 1e-3, `${soft} and ${score.total}`);
    }),
    { numRuns: 80, seed: 11 },
  );
  assert.ok(legal.seen > 3, `${legal.seen} legal rosters were seen`);
});

const ward = makeWard({ staff: 20, weeks: 2, seed: 3 });
const rosterOf = (change: (cells: Map<string, string[]>) => void): Map<string, string[]> => {
  const cells = new Map(ward.people.map(({ id }) => [id, Array<string>(ward.days).fill('')]));
  for (const { person, date, shift } of ward.assignments ?? []) cells.get(person)![dayIn(date)] = shift ?? '';
  change(cells);
  return cells;
};
const dayIn = (date: string): number => (Date.parse(date) - Date.parse(ward.from)) / 86_400_000;

test('an empty ward is legal, and pays for everything that is missing', () => {
  const { breaches, score } = checkOwn(
    ward,
    rosterOf(() => undefined),
  );
  assert.deepEqual(breaches, []);
  assert.ok(score.parts['under-cover']! > 1000);
});

test('a breach planted in a ward is found, whoever it is', () => {
  const own = ward.people.filter(({ tier }) => tier === 'own');
  const offering = ward.people.filter(({ tier }) => tier !== 'own');
  const plants: Record<string, (cells: Map<string, string[]>, at: number) => string> = {
    leave: (cells, at) => {
      const away = own.filter(({ leave }) => leave?.some(({ from }) => dayIn(from) < ward.days));
      const person = away[at % away.length]!;
      cells.get(person.id)![dayIn(person.leave![0]!.from)] = 'E';
      return `${person.id} closed`;
    },
    offer: (cells, at) => {
      const person = offering[at % offering.length]!;
      const offered = new Set(person.offers!.map(({ date }) => dayIn(date)));
      cells.get(person.id)![cells.get(person.id)!.findIndex((_, day) => !offered.has(day))] = 'LD';
      return `${person.id} closed`;
    },
    rest: (cells, at) => {
      const { id } = own[at % own.length]!;
      cells.get(id)!.splice(at % 12, 2, 'L', 'E');
      return `${id} wtr-daily-rest`;
    },
    nights: (cells, at) => {
      const { id } = own[at % own.length]!;
      cells.get(id)!.splice(at % 9, 5, 'N', 'N', 'N', 'N', 'N');
      return `${id} ward-night-run`;
    },
    row: (cells, at) => {
      const { id } = own[at % own.length]!;
      cells.get(id)!.fill('E', at % 7, (at % 7) + 7);
      return `${id} ward-run`;
    },
    unknown: (cells, at) => {
      const { id } = own[at % own.length]!;
      cells.get(id)![at % 14] = 'XX';
      return `${id} known-shift`;
    },
    hours: (cells, at) => {
      const { id } = own[at % own.length]!;
      cells.get(id)!.fill('LD');
      return `${id} contract-most`;
    },
  };
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(plants)), fc.nat(1000), (plant, at) => {
      let planted = '';
      const roster = rosterOf((cells) => (planted = plants[plant]!(cells, at)));
      return checkOwn(ward, roster).breaches.some(({ person, rule }) => `${person} ${rule}` === planted);
    }),
    { numRuns: 60 },
  );
});

test('a locked assignment that is changed is found', () => {
  const locked = {
    ...ward,
    assignments: [{ person: ward.people[0]!.id, date: ward.from, shift: null, status: 'locked' as const }],
  };
  const { breaches } = checkOwn(
    locked,
    rosterOf((cells) => (cells.get(ward.people[0]!.id)![0] = 'E')),
  );
  assert.ok(breaches.some(({ rule, day }) => rule === 'locked' && day === 0));
});
