import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sharedData } from '../../../../../test/support/shared-data.ts';
import { checkFiles, refusalOf, row } from '../../fixtures/check.fixture.ts';
import { readCurtois } from './read.ts';

const curtois = sharedData('rostering/curtois');

/** Two people, ten days, two shifts; D may not follow N. Ann may work 3 to 6 shifts of eight hours. */
const small = `# small
SECTION_HORIZON
10
SECTION_SHIFTS
D,480,
N,480,D
SECTION_STAFF
Ann,D=5|N=3,2880,1440,3,2,2,1
Bob,D=10|N=0,4800,0,10,1,1,2
SECTION_DAYS_OFF
Ann,4
SECTION_SHIFT_ON_REQUESTS
Ann,0,D,3
SECTION_SHIFT_OFF_REQUESTS
Bob,0,D,5
SECTION_COVER
0,D,2,100,1
1,N,1,50,7
`;
const check = (solution: string) => checkFiles({ 'small.txt': small }, solution);
const bob = row('Bob', 'D D D D D D D - - -');

test('a legal roster is scored by requests and cover', () => {
  const verdict = check([row('Ann', 'D N - - - - D D - -'), bob].join('\n'));
  assert.deepEqual(verdict.breaches, []);
  const parts = { 'on-requests': 0, 'off-requests': 5, 'under-cover': 0, 'over-cover': 0 };
  assert.deepEqual(verdict.score, { total: 5, parts });
});

test('people missing and people over cost by shift and day', () => {
  const none = check([row('Ann', '- - - - - D D D - -'), row('Bob', '- - - - - - - - - -')].join('\n'));
  assert.deepEqual(none.score.parts, {
    'on-requests': 3,
    'off-requests': 0,
    'under-cover': 250,
    'over-cover': 0,
  });
});

for (const [rule, ann] of [
  ['known-shift', 'X D D - - - - - - -'],
  ['succession', 'N D D - - - - - - -'],
  ['day-off', '- - D D D - - - - -'],
  ['max-shifts', 'N N N - - - N N N -'],
  ['max-minutes', 'D D D - - D D D - D'],
  ['min-minutes', 'D D - - - - - - - -'],
  ['max-run', 'D D D D - - - - - -'],
  ['min-run', 'D D - - - - D - - -'],
  ['min-days-off', 'D D D - - D D - D D'],
] as const)
  test(`a roster that breaks ${rule} is told so`, () => {
    const { breaches } = check([row('Ann', ann), bob].join('\n'));
    assert.ok(
      breaches.some((breach) => breach.rule === rule && breach.person === 'Ann'),
      JSON.stringify(breaches),
    );
  });

test('a run at either end of the horizon is free from the least, not from the most', () => {
  const { breaches } = check([row('Ann', 'D - - - - - D D - D'), bob].join('\n'));
  assert.deepEqual(
    breaches.map(({ rule }) => rule),
    ['min-days-off'],
  );
});

for (const [why, text, refusal] of [
  ['an unknown shift', small.replace('0,D,2', '0,Q,2'), 'small.txt, line 17: There is no shift called "Q".'],
  [
    'a day after the last',
    small.replace('0,D,2', '10,D,2'),
    'small.txt, line 17: Day 10 is after the horizon of 10 days.',
  ],
  [
    'a negative limit',
    small.replace('2880', '-1'),
    'small.txt, line 8: MaxTotalMinutes must be a whole number that is not negative.',
  ],
  [
    'limits that contradict',
    small.replace('2880', '60'),
    'small.txt, line 8: MinTotalMinutes is more than MaxTotalMinutes.',
  ],
  [
    'runs that contradict',
    small.replace(',3,2,2,1', ',1,2,2,1'),
    'small.txt, line 8: MinConsecutiveShifts is more than MaxConsecutiveShifts.',
  ],
  [
    'nobody',
    small.replace(/Ann,D.*\nBob,D.*\n/, ''),
    'small.txt, line 1: There is nobody in the section of staff.',
  ],
  ['an unknown person', small.replace('Ann,4', 'Eve,4'), 'small.txt, line 11: There is nobody called "Eve".'],
  [
    'no horizon',
    small.replace('\n10\n', '\nten\n'),
    'small.txt, line 3: The horizon must be a whole number that is not negative.',
  ],
] as const)
  test(`a problem with ${why} is refused with file and line`, () => {
    assert.equal(
      refusalOf(() => readCurtois(text, 'small.txt')),
      refusal,
    );
  });

for (const [why, solution, refusal] of [
  [
    'somebody unknown',
    [bob, 'Eve\tD'].join('\n'),
    'solution.txt, line 2: There is nobody called "Eve" in the problem.',
  ],
  ['somebody twice', [bob, bob].join('\n'), 'solution.txt, line 2: "Bob" has a second line.'],
  ['somebody missing', `# note\n${bob}`, 'solution.txt, line 2: "Ann" has no line in the solution.'],
  [
    'too many days',
    row('Ann', 'D D D D D D D D D D D'),
    'solution.txt, line 1: There are 11 days here and 10 in the problem.',
  ],
] as const)
  test(`a solution with ${why} is refused with file and line`, () => {
    assert.equal(
      refusalOf(() => check(solution)),
      refusal,
    );
  });

/** A roster of the first instance, as good as can be: 607, the best known. */
const best = [
  row('A', '- D D D D - - D D - - D D D'),
  row('B', 'D D D D D - - D D - - - D D'),
  row('C', 'D D D - - D D - - D D D - -'),
  row('D', 'D D - - - D D D D D - - - -'),
  row('E', '- D D D D - - D D - - D D D'),
  row('F', 'D D D - - - D D D D - - - -'),
  row('G', '- - D D D - - D D - - D D D'),
  row('H', 'D D - - D D - - D D D D - -'),
];

test('the best known score of the first instance is confirmed', { skip: curtois.skip }, () => {
  const text = readFileSync(path.join(curtois.path, 'Instance1.txt'), 'utf8');
  const verdict = checkFiles({ 'Instance1.txt': text }, best.join('\n'));
  assert.deepEqual(verdict.breaches, []);
  assert.equal(verdict.score.total, 607);
});

/** Ways to break a rule of the first instance in one person's row, where the limits of all are the same. */
const plants: Record<string, (cells: string[], at: number) => void> = {
  'known-shift': (cells, at) => (cells[at] = 'Z'),
  'max-run': (cells, at) => cells.fill('D', Math.min(at, 8), Math.min(at, 8) + 6),
  'min-run': (cells, at) => cells.splice(1 + (at % 9), 5, '', '', 'D', '', ''),
  'min-days-off': (cells, at) => cells.splice(at % 9, 3, 'D', '', 'D'),
  'max-weekends': (cells) => cells.splice(5, 9, 'D', '', '', 'D', 'D', '', '', 'D', 'D'),
  'min-minutes': (cells) => cells.fill(''),
  'max-minutes': (cells) => cells.fill('D'),
  'max-shifts': (cells) => cells.fill('D'),
};

test('a breach planted in a legal roster is found, whichever and wherever', { skip: curtois.skip }, () => {
  const text = readFileSync(path.join(curtois.path, 'Instance1.txt'), 'utf8').replaceAll('D=14', 'D=9');
  const rules = Object.keys(plants);
  fc.assert(
    fc.property(fc.constantFrom(...rules), fc.nat(7), fc.nat(13), (rule, person, at) => {
      const rows = best.map((line) => line.split('\t'));
      const [id = '', ...cells] = rows[person]!;
      while (cells.length < 14) cells.push('');
      plants[rule]!(cells, at);
      rows[person] = [id, ...cells.slice(0, 14)];
      const { breaches } = checkFiles(
        { 'Instance1.txt': text },
        rows.map((line) => line.join('\t')).join('\n'),
      );
      return breaches.some((breach) => breach.rule === rule && breach.person === id);
    }),
    { numRuns: 150 },
  );
});
