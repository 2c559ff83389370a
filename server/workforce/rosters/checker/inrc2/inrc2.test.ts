import assert from 'node:assert/strict';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { sharedData } from '../../../../../test/support/shared-data.ts';
import { checkSolution } from '../index.ts';
import { checkFiles, refusalOf, row } from '../../fixtures/check.fixture.ts';

const inrc2 = sharedData('rostering/inrc2');

const scenario = `SCENARIO = small
WEEKS = 1
SKILLS = 2
Head
Nurse
SHIFT_TYPES = 2
Day (2,3)
Night (2,2)
FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Day 0
Night 1 Day
CONTRACTS = 1
Full (4,5) (2,4) (2,3) 0 1
NURSES = 2
Ann Full 2 Head Nurse
Bob Full 1 Nurse
`;
const history = `HISTORY
0 small

NURSE_HISTORY
Ann 0 0 Night 1 1 0
Bob 0 0 None 0 0 4
`;
const week = `WEEK_DATA
small
REQUIREMENTS
Day Nurse (0,1) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Head (1,1) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
SHIFT_OFF_REQUESTS = 2
Ann Any Tue
Bob Day Wed
`;
const files = { 'Sc.txt': scenario, 'H0.txt': history, 'WD.txt': week };
const check = (ann: string, bob: string) => checkFiles(files, [row('Ann', ann), row('Bob', bob)].join('\n'));
const free = '- - - - - - -';

function partsOf(ann: string, bob: string): Record<string, number> {
  return Object.fromEntries(Object.entries(check(ann, bob).score.parts).filter(([, cost]) => cost > 0));
}

test('history counts: runs go on from it, a run cut short on the first day costs', () => {
  const night = 'Night/Head Night/Head - - Day/Nurse Day/Nurse -';
  const day = 'Day/Nurse Day/Nurse - - Day/Nurse Day/Nurse -';
  assert.deepEqual(check(night, day).breaches, []);
  assert.deepEqual(partsOf(night, day), {
    'shift-runs': 15,
    preferences: 10,
    'complete-weekends': 60,
    weekends: 60,
  });
  const cut = partsOf(free, free);
  assert.deepEqual(cut, {
    'optimal-cover': 60,
    'shift-runs': 15,
    'work-runs': 30,
    'free-runs': 30 * (4 + 7),
    assignments: 160,
  });
});

test('days off before the roster that are already too many are not counted again', () => {
  assert.equal(partsOf(free, 'Day/Nurse Day/Nurse - - - - -')['free-runs'], 30 * (4 + 2));
});

for (const [rule, ann, bob] of [
  ['cover', free, free],
  ['succession', 'Day/Nurse - - - - - -', free],
  ['succession', 'Night/Head Day/Nurse - - - - -', free],
  ['skill', 'Night/Head - - - - - -', 'Day/Head - - - - - -'],
  ['known-shift', 'Late/Head - - - - - -', free],
  ['known-skill', 'Day/Cook - - - - - -', free],
] as const)
  test(`a breach of ${rule} is found (${ann} and ${bob})`, () => {
    assert.ok(check(ann, bob).breaches.some((breach) => breach.rule === rule));
  });

for (const [why, name, from, to, refusal] of [
  [
    'an unknown contract',
    'Sc.txt',
    'Bob Full',
    'Bob Half',
    'Sc.txt, line 16: There is no contract called "Half".',
  ],
  [
    'limits that contradict',
    'Sc.txt',
    '(2,4)',
    '(4,2)',
    'Sc.txt, line 13: The least, 4, is more than the most, 2.',
  ],
  [
    'no history of somebody',
    'H0.txt',
    'Bob',
    'Rob',
    'H0.txt, line 1: There is no history of the nurse "Bob".',
  ],
  ['an unknown shift', 'WD.txt', 'Bob Day', 'Bob Late', 'WD.txt, line 8: There is no shift called "Late".'],
  ['an unknown day', 'WD.txt', 'Bob Day Wed', 'Bob Day Wen', 'WD.txt, line 8: "Wen" is no day of the week.'],
] as const)
  test(`a problem with ${why} is refused with file and line`, () => {
    const changed = { ...files, [name]: files[name].replace(from, to) };
    assert.equal(
      refusalOf(() => checkFiles(changed, row('Ann', free))),
      refusal,
    );
  });

test('a published problem is found by its short name', { skip: inrc2.skip }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-roster-'));
  const solution = path.join(folder, 'empty.txt');
  writeFileSync(solution, '');
  const name = path.join(inrc2.path, 'n030w4', 'n030w4_1_6-2-9-1');
  const refusal = refusalOf(() => checkSolution(name, solution));
  rmSync(folder, { recursive: true });
  assert.equal(refusal, 'empty.txt, line 1: "HN_0" has no line in the solution.');
});
