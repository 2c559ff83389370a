import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../platform/errors.ts';
import { judgeOf } from '../checker/index.ts';
import { readCurtois } from './curtois.ts';
import { readHistory, readScenario, readWeek } from './inrc2-files.ts';
import { readInrc1 } from './inrc1.ts';

type Texts = [string, ...string[]];
type Family = { good: Texts; readers: ((texts: Texts) => unknown)[] };

const curtois: Family = {
  good: [
    `SECTION_HORIZON
7
SECTION_SHIFTS
D,480,
N,600,D|N
SECTION_STAFF
A,D=7|N=7,4320,0,5,1,1,1
B,D=7|N=0,4320,0,5,1,1,1
SECTION_DAYS_OFF
A,0,3
SECTION_SHIFT_ON_REQUESTS
A,2,D,2
SECTION_COVER
0,D,1,100,1
`,
  ],
  readers: [([text]) => readCurtois(text, 'a.txt'), ([text]) => judgeOf([{ name: 'a.txt', text }])],
};

const inrc1: Family = {
  good: [
    `SCHEDULING_PERIOD;
small, 2010-03-05, 2010-03-11;
SKILLS = 2;
Nurse;
Head;
SHIFT_TYPES = 2;
N, Night, 22:30:00, 06:30:00, 1, Nurse;
D, Day, 08:30:00, 16:30:00, 1, Nurse;
CONTRACTS = 1;
0, all, (1|1), (1|1|6), (1|1|2), (1|1|5), (1|1|2), (1|1|5), (1|1|1), (1|1|2), (0|0|1), (0|0|0), SaturdaySunday, (1|1), (1|1), (1|1), (1|1), (1|1), 1, 0;
PATTERNS = 1;
0, 1, 2 (N|Any) (D|Any);
EMPLOYEES 2;
0, Ann, 0, 1, Nurse;
1, Bo, 0, 2, Nurse Head;
DAY_OF_WEEK_COVER = 2;
Monday, N, 1;
Tuesday, D, 1;
DATE_SPECIFIC_COVER = 1;
2010-03-06, D, 1;
DAY_OFF_REQUESTS = 1;
0, 2010-03-06, 2;
`,
  ],
  readers: [([text]) => readInrc1(text, 'a.txt'), ([text]) => judgeOf([{ name: 'a.txt', text }])],
};

const inrc2: Family = {
  good: [
    `SCENARIO = small
WEEKS = 2
SKILLS = 2
Head
Nurse
SHIFT_TYPES = 2
Day (2,5)
Night (2,3)
FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Day 0
Night 1 Day
CONTRACTS = 1
Full (4,8) (2,4) (2,3) 1 1
NURSES = 2
Ann Full 2 Head Nurse
Bob Full 1 Nurse
`,
    'HISTORY\n0 small\nNURSE_HISTORY\nAnn 0 0 None 0 0 2\nBob 1 0 Night 2 2 0\n',
    `WEEK_DATA
small
REQUIREMENTS
Day Nurse (0,1) (0,1) (1,1) (0,1) (0,1) (0,1) (0,1)
SHIFT_OFF_REQUESTS = 2
Bob Day Wed
Ann Any Fri
`,
  ],
  readers: [
    ([scenario, history = '', week = '']) => {
      const read = readScenario(scenario, 'a.txt');
      return [readHistory(history, 'b.txt', read), readWeek(week, 'c.txt', read)];
    },
    ([scenario, history = '', week = '']) =>
      judgeOf([
        { name: 'a.txt', text: scenario },
        { name: 'b.txt', text: history },
        { name: 'c.txt', text: week },
      ]),
  ],
};

/** Where the first fault is: `good` where there is none. */
function placeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return String(error.place);
  }
  return 'good';
}

const both = ({ good, readers }: Family, change: (text: string) => string): string[] =>
  readers.map((read) => placeOf(() => read(good.map(change) as Texts)));

for (const [name, family] of Object.entries({ curtois, inrc1, inrc2 })) {
  for (const [why, change] of [
    ['as it is', (text: string) => text],
    ['with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with those of old Macs', (text: string) => text.replaceAll('\n', '\r')],
    ['with a byte order mark', (text: string) => `\uFEFF${text}`],
    ['with blank lines', (text: string) => text.replaceAll('\n', '\n\n')],
    ['with blanks at the ends of lines', (text: string) => text.replaceAll('\n', ' \t\n')],
  ] as const)
    test(`${name}: a file ${why} is read by engine and checker`, () => {
      assert.deepEqual(both(family, change), ['good', 'good']);
    });
}

const swapped = (from: string, to: string) => (text: string) => text.replace(from, to);

for (const [family, why, from, to] of [
  [curtois, 'commas at the end', '5,1,1,1\nB', '5,1,1,1,,\nB'],
  [curtois, 'no word on what may follow', 'D,480,\n', 'D,480\n'],
  [curtois, 'somebody without limits', 'D=7|N=0', ''],
  [curtois, 'a limit for one shift', 'D=7|N=0', 'D=7|'],
  [curtois, 'a shift of no length', 'N,600', 'N,0'],
  [curtois, 'a shift that forbids itself', 'D,480,', 'D,480,D'],
  [curtois, 'weights of nought', '0,D,1,100,1', '0,D,1,0,0'],
  [curtois, 'weights of minus nought', '0,D,1,100,1', '0,D,1,-0,-0'],
  [curtois, 'cover twice on a day', '0,D,1,100,1', '0,D,1,100,1\n0,D,2,50,1'],
  [curtois, 'a section in two parts', 'SECTION_DAYS_OFF', 'SECTION_COVER\n1,D,1,1,1\nSECTION_DAYS_OFF'],
  [curtois, 'many minutes', '4320,0', '99999999999,0'],
  [inrc1, 'a weekend of four days', 'SaturdaySunday', 'FridaySaturdaySundayMonday'],
  [inrc1, 'a weekend that ends on Monday', 'SaturdaySunday', 'SaturdaySundayMonday'],
  [inrc1, 'soft limits that contradict', '(1|1|6), (1|1|2)', '(1|1|1), (1|1|4)'],
  [inrc1, 'one pattern on weekdays', '(N|Any) (D|Any)', '(None|Friday) (Any|Saturday)'],
  [inrc1, 'a pattern with one weekday', '(N|Any) (D|Any)', '(N|Any) (D|Friday)'],
  [inrc2, 'a shift that forbids itself', 'Night 1 Day', 'Night 1 Night'],
  [inrc2, 'a nurse without skills', 'Full 1 Nurse', 'Full 0'],
] as const)
  test(`${why}: read by engine and checker`, () => {
    assert.deepEqual(both(family, swapped(from, to)), ['good', 'good']);
  });

for (const [family, why, from, to, place] of [
  [curtois, 'a period of no days', '\n7\n', '\n0\n', 'a.txt, line 2'],
  [curtois, 'a second number of days', '\n7\n', '\n7\n8\n', 'a.txt, line 3'],
  [curtois, 'part of a day', '\n7\n', '\n7.5\n', 'a.txt, line 2'],
  [curtois, 'a limit twice', 'D=7|N=0', 'D=7|D=3', 'a.txt, line 8'],
  [curtois, 'an unknown section', 'SECTION_COVER', 'SECTION_COVERS', 'a.txt, line 13'],
  [curtois, 'an unknown shift after another', 'D|N', 'D|X', 'a.txt, line 5'],
  [curtois, 'an unknown person', 'A,2,D,2', 'Z,2,D,2', 'a.txt, line 12'],
  [curtois, 'a negative weight', '0,D,1,100,1', '0,D,1,100,-1', 'a.txt, line 14'],
  [curtois, 'a person twice', '\nB,', '\nA,', 'a.txt, line 8'],
  [inrc1, 'fewer people than said', 'EMPLOYEES 2', 'EMPLOYEES 3', 'a.txt, line 13'],
  [inrc1, 'no semicolon', 'Head;', 'Head', 'a.txt, line 5'],
  [inrc1, 'a day that is in no calendar', '2010-03-11', '2010-02-30', 'a.txt, line 2'],
  [inrc1, 'no weekend', 'SaturdaySunday', 'SundayFriday', 'a.txt, line 10'],
  [inrc1, 'a switch that is neither on nor off', '(1|1|6)', '(2|1|6)', 'a.txt, line 10'],
  [inrc1, 'a negative limit', '(1|1|6)', '(1|1|-6)', 'a.txt, line 10'],
  [inrc1, 'fewer patterns than said', '(1|1), 1, 0;', '(1|1), 2, 0;', 'a.txt, line 10'],
  [inrc1, 'a pattern that is shorter than said', '2 (N|Any)', '3 (N|Any)', 'a.txt, line 12'],
  [inrc1, 'a pattern on days apart', '(N|Any) (D|Any)', '(N|Monday) (D|Friday)', 'a.txt, line 12'],
  [inrc1, 'an unknown skill of somebody', '2, Nurse Head;\nDAY', '2, Nurse Hod;\nDAY', 'a.txt, line 15'],
  [inrc1, 'demand twice', 'Tuesday, D', 'Monday, N', 'a.txt, line 18'],
  [inrc1, 'demand outside the period', '2010-03-06, D, 1', '2011-03-06, D, 1', 'a.txt, line 20'],
  [inrc1, 'an unknown person', '0, 2010-03-06, 2', '9, 2010-03-06, 2', 'a.txt, line 22'],
  [inrc2, 'more nurses than said', 'NURSES = 2', 'NURSES = 1', 'a.txt, line 14'],
  [inrc2, 'a nurse twice', 'Bob Full', 'Ann Full', 'a.txt, line 16'],
  [inrc2, 'a shift twice', 'Night (2,3)', 'Day (2,3)', 'a.txt, line 8'],
  [inrc2, 'fewer skills than said', 'Full 2 Head Nurse', 'Full 3 Head Nurse', 'a.txt, line 15'],
  [inrc2, 'weekends neither whole nor not', '(2,3) 1 1', '(2,3) 1 2', 'a.txt, line 13'],
  [inrc2, 'history twice', 'Bob 1 0', 'Ann 1 0', 'b.txt, line 5'],
  [inrc2, 'a week of eight days', '(1,1) ', '(1,1) (1,1) ', 'c.txt, line 4'],
  [inrc2, 'more wishes than said', 'REQUESTS = 2', 'REQUESTS = 1', 'c.txt, line 5'],
  [
    inrc2,
    'demand twice',
    'SHIFT_OFF',
    'Day Nurse (0,1) (0,1) (1,1) (0,1) (0,1) (0,1) (0,1)\nSHIFT_OFF',
    'c.txt, line 5',
  ],
] as const)
  test(`${why}: refused by engine and checker with the same place`, () => {
    assert.deepEqual(both(family, swapped(from, to)), [place, place]);
  });
