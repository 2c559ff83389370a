import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../platform/errors.ts';
import { readCurtois } from './curtois.ts';
import { readScenario } from './inrc2-files.ts';

const good = `SECTION_HORIZON
14
SECTION_SHIFTS
D,480,
SECTION_STAFF
A,D=14,4320,3360,5,2,2,1
SECTION_COVER
0,D,1,100,1
`;

const refused = (text: string, place: string, words: RegExp): void =>
  void assert.throws(
    () => readCurtois(text, 'small.txt'),
    (error) => error instanceof Problem && error.place === place && words.test(error.message),
  );

test('a small instance is read', () => {
  const problem = readCurtois(good, 'small.txt');
  assert.equal(problem.days, 14);
  assert.equal(problem.people.length, 1);
  assert.equal(problem.cover.length, 1);
});

test('an unknown shift is refused with its line', () => {
  refused(good.replace('0,D,1', '0,X,1'), 'small.txt, line 8', /no shift "X"/);
});

test('limits that contradict each other are refused', () => {
  refused(good.replace('4320,3360', '3360,4320'), 'small.txt, line 6', /more than the most/);
});

test('a negative limit is refused', () => {
  refused(good.replace('5,2,2,1', '5,-2,2,1'), 'small.txt, line 6', /should be 0 or more/);
});

test('a problem without people is refused', () => {
  refused(good.replace(/^A,.*\n/m, ''), 'small.txt, line 1', /nobody to roster/);
});

test('a day past the end is refused', () => {
  refused(good.replace('0,D,1', '14,D,1'), 'small.txt, line 8', /past the last day/);
});

test('a scenario whose contract is unknown is refused with its line', () => {
  const text = `SCENARIO = a\n\nWEEKS = 4\n\nSKILLS = 1\nNurse\n\nSHIFT_TYPES = 1\nEarly (2,5)\n\nFORBIDDEN_SHIFT_TYPES_SUCCESSIONS\nEarly 0\n\nCONTRACTS = 1\nFull (1,2) (1,2) (1,2) 1 1\n\nNURSES = 1\nA Half 1 Nurse\n`;
  assert.throws(
    () => readScenario(text, 'sc.txt'),
    (error) => error instanceof Problem && error.place === 'sc.txt, line 18',
  );
});
