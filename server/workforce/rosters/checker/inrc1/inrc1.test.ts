import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { sharedData } from '../../../../../test/support/shared-data.ts';
import { checkFiles, refusalOf, row } from '../../fixtures/check.fixture.ts';
import { readInrc1 } from './read.ts';

const inrc1 = sharedData('rostering/inrc1');

/**
 * Two people over two weeks from a Monday: at most 6 and at least 3 shifts, runs of 2 to 3 of work and of 2 to
 * 4 of rest.
 */
const small = `////
SCHEDULING_PERIOD;
small, 2010-02-01, 2010-02-14;
SKILLS = 2;
Nurse;
Head;
SHIFT_TYPES = 3;
D, Day, 08:00:00, 16:00:00, 1, Nurse;
N, Night, 22:00:00, 06:00:00, 1, Nurse;
H, Head, 08:00:00, 16:00:00, 1, Head;
CONTRACTS = 2;
0, all, (1|1), (1|2|6), (1|3|3), (1|5|3), (1|7|2), (1|11|4), (1|13|2), (1|17|1), (0|0|1), (0|0|0), SaturdaySunday, (1|19), (1|23), (1|1), (1|29), (1|31), 1, 0;
1, long weekend, (1|1), (0|0|6), (0|0|3), (0|0|3), (0|0|2), (0|0|4), (0|0|2), (0|0|1), (1|5|2), (0|0|0), FridaySaturdaySunday, (1|19), (1|23), (0|0), (0|0), (0|0), 0,;
PATTERNS = 1;
0, 37, 2 (N|Any) (D|Any);
EMPLOYEES 2;
a, Ann, 0, 1, Nurse;
b, Bob, 1, 1, Nurse Head;
DAY_OF_WEEK_COVER = 1;
Monday, D, 1;
DATE_SPECIFIC_COVER = 1;
2010-02-08, D, 0;
DAY_OFF_REQUESTS = 1;
a, 2010-02-01, 41;
DAY_ON_REQUESTS = 1;
b, 2010-02-14, 43;
SHIFT_OFF_REQUESTS = 1;
a, 2010-02-02, N, 47;
SHIFT_ON_REQUESTS = 1;
a, 2010-02-03, D, 53;
`;
const check = (ann: string, bob: string) =>
  checkFiles({ 'small.txt': small }, [row('a', ann), row('b', bob)].join('\n'));
const free = '- - - - - - - - - - - - - -';

function partsOf(ann: string, bob = free): Record<string, number> {
  const { parts } = check(ann, bob).score;
  return Object.fromEntries(Object.entries(parts).filter(([, cost]) => cost > 0));
}

test('cover is met exactly, on days of the week and on dates', () => {
  assert.deepEqual(check(`D ${free.slice(2)}`, free).breaches, []);
  const { breaches } = check(free, `D D ${free.slice(4)}`);
  assert.deepEqual(
    breaches.map(({ rule, day, text }) => [rule, day, text]),
    [['cover', 1, '1 people are on D; exactly 0 are wanted.']],
  );
});

for (const [why, ann, parts] of [
  ['nothing worked', free, { assignments: 9, 'free-runs': 110, requests: 96 }],
  [
    'runs, requests and too few shifts',
    'D D - - D - - - - - - - - -',
    { assignments: 0, 'work-runs': 7, 'free-runs': 55, requests: 137 },
  ],
  [
    'a pattern, a single free day after a night',
    '- - D N - D D - - N D - - -',
    {
      'work-runs': 0,
      'free-runs': 13,
      'two-free-days-after-nights': 29,
      patterns: 37,
    },
  ],
  [
    'two weekends in a row, two kinds of shift in one',
    '- - D - - D N - - - - D D D',
    { 'work-runs': 7, 'weekend-runs': 17, 'same-shift-in-weekend': 46 },
  ],
] as const)
  test(`costs by part: ${why}`, () => {
    const found = partsOf(ann);
    for (const [part, cost] of Object.entries(parts)) assert.equal(found[part] ?? 0, cost, part);
  });

test('a long weekend costs more the less complete it is', () => {
  const weekend = (cells: string): number =>
    partsOf(free, `- - - - ${cells} - - - - - - -`)['complete-weekends'] ?? 0;
  assert.deepEqual(
    ['D D D', 'D D -', '- D D', 'D - D', 'D - -', '- D -', '- - D', '- - -'].map(
      (each) => weekend(each) / 19,
    ),
    [0, 1, 1, 4, 2, 2, 2, 0],
  );
  assert.equal(partsOf(free, '- - - - D D D - - - - - - -')['weekend-runs'], 5);
});

test('a shift without its skill costs where the contract says so', () => {
  assert.equal(partsOf('- - H - - - - - - - - - - -')['skills'], 31);
  assert.equal(partsOf(free, '- - H - - - - - - - - - - -')['skills'], undefined);
});

for (const [why, text, refusal] of [
  ['an unknown contract', small.replace('Bob, 1', 'Bob, 7'), 'line 18: There is no contract called "7".'],
  ['an unknown shift', small.replace('Monday, D', 'Monday, Q'), 'line 20: There is no shift called "Q".'],
  [
    'a day outside',
    small.replace('2010-02-14, 43', '2010-02-15, 43'),
    'line 26: "2010-02-15" is outside the period.',
  ],
  [
    'too few lines',
    small.replace('EMPLOYEES 2', 'EMPLOYEES 3'),
    'line 16: EMPLOYEES says 3 lines and has 2.',
  ],
  ['a negative limit', small.replace('(1|2|6)', '(1|2|-6)'), 'line 12: "(1|2|-6)" is no rule of a contract.'],
  [
    'nobody',
    small.replace(/EMPLOYEES 2;\na.*\nb.*\n/, 'EMPLOYEES 0;\n'),
    'line 1: There is nobody in the section of employees.',
  ],
] as const)
  test(`a problem with ${why} is refused with file and line`, () => {
    assert.equal(
      refusalOf(() => readInrc1(text, 'small.txt')),
      `small.txt, ${refusal}`,
    );
  });

test('every published problem can be read', { skip: inrc1.skip }, () => {
  for (const name of readdirSync(inrc1.path)) {
    const problem = readInrc1(readFileSync(path.join(inrc1.path, name), 'utf8'), name);
    assert.equal(problem.days, 28, name);
  }
});
