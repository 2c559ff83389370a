import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { refusalOf } from '../fixtures/check.fixture.ts';
import { evaluate } from '../rules/index.ts';
import { makeWard, wardText } from '../ward/index.ts';
import { problemOf, readRosterFile, RosterFile } from './index.ts';
import { lineOf } from './lines.ts';

const small = `{
  "format": "openics-roster-1",
  "name": "Small",
  "from": "2026-06-01",
  "days": 3,
  "pencePerPoint": 100,
  "competences": [{ "id": "iv", "name": "Intravenous medicines" }],
  "shifts": [
    { "id": "D", "name": "Day", "start": "08:00", "end": "20:00", "breakMinutes": 60 },
    { "id": "N", "name": "Night", "start": "20:00", "end": "08:00", "breakMinutes": 60, "needs": ["iv"] }
  ],
  "tiers": [
    { "id": "own", "kind": "own", "paid": "by-contract", "pencePerHour": 1600 },
    { "id": "bank", "kind": "bank", "paid": "by-hour", "pencePerHour": 2000 }
  ],
  "contracts": [
    { "id": "full", "weeklyMinutes": 2250, "packs": ["wtr-1998", "agenda-for-change"] }
  ],
  "people": [
    { "id": "P1", "contract": "full", "tier": "own", "band": 2, "competences": [{ "id": "iv", "to": "2026-06-03" }],
      "leave": [{ "from": "2026-06-03", "to": "2026-06-04", "minutesADay": 450 }],
      "worked": [{ "date": "2026-05-31", "shift": "D" }] },
    { "id": "P2", "contract": "full", "tier": "bank", "offers": [{ "date": "2026-06-02", "shifts": ["D"] }] }
  ],
  "demand": [
    { "id": "all", "name": "All day", "start": "00:00", "end": "24:00", "wanted": 2, "weight": 12, "least": 1, "leastWeight": 24 }
  ],
  "assignments": [
    { "person": "P1", "date": "2026-06-01", "shift": "D", "status": "locked" }
  ]
}
`;
const read = (text: string) => readRosterFile(text, 'small.json');

for (const [why, from, to, refusal] of [
  ['text that is not JSON', '"days": 3,', '"days": 3,,', 'small.json, line 5: This is not JSON.'],
  [
    'an unknown member',
    '"days": 3',
    '"weeks": 3',
    'small.json, line 5, /weeks: No such member is described.',
  ],
  ['a negative limit', '"days": 3', '"days": -3', 'small.json, line 5, /days: This must be >= 1.'],
  [
    'a day that is not',
    '2026-06-01",\n',
    '2026-06-31",\n',
    'small.json, line 4, /from: This is no day of the calendar.',
  ],
  [
    'an unknown shift',
    '"shift": "D" }]',
    '"shift": "Q" }]',
    'small.json, line 22, /people/0/worked/0/shift: There is no shift of this id.',
  ],
  [
    'an unknown competence',
    '"needs": ["iv"]',
    '"needs": ["iw"]',
    'small.json, line 10, /shifts/1/needs/0: There is no competence of this id.',
  ],
  [
    'an unknown rule pack',
    '"wtr-1998"',
    '"wtr-1999"',
    'small.json, line 17, /contracts/0/packs/0: There is no rule pack of this id.',
  ],
  [
    'an unknown contract',
    '"P2", "contract": "full"',
    '"P2", "contract": "half"',
    'small.json, line 23, /people/1/contract: There is no contract of this id.',
  ],
  [
    'nobody',
    /"people": \[[^]*\],\n {2}"demand"/,
    '"people": [],\n  "demand"',
    'small.json, line 19, /people: This must not have fewer than 1 items.',
  ],
  ['somebody twice', '"P2"', '"P1"', 'small.json, line 23, /people/1/id: This id is there twice.'],
  [
    'leave that ends before it starts',
    '"to": "2026-06-04"',
    '"to": "2026-06-03"',
    'small.json, line 21, /people/0/leave/0/to: The end must come after the start.',
  ],
  [
    'limits that contradict',
    '"least": 1',
    '"least": 3',
    'small.json, line 26, /demand/0/least: The least is more than is wanted.',
  ],
  [
    'breaks longer than the shift',
    '"breakMinutes": 60 }',
    '"breakMinutes": 721 }',
    'small.json, line 9, /shifts/0/breakMinutes: The breaks are longer than the shift.',
  ],
  [
    'cover that no shift can give',
    '"end": "20:00"',
    '"end": "19:00"',
    'small.json, line 26, /demand/0: No shift covers 19:00 to 20:00.',
  ],
  [
    'work after the first day',
    '"2026-05-31"',
    '"2026-06-02"',
    'small.json, line 22, /people/0/worked/0/date: What was worked lies before the first day of the roster.',
  ],
  [
    'a lock on a day of leave',
    '"date": "2026-06-01", "shift": "D", "s',
    '"date": "2026-06-03", "shift": "D", "s',
    'small.json, line 29, /assignments/0: This assignment is locked, and cannot be: This person is on leave.',
  ],
  [
    'a lock without the competence',
    '"date": "2026-06-01", "shift": "D", "s',
    '"date": "2026-06-03", "shift": "N", "s',
    'small.json, line 29, /assignments/0: This assignment is locked, and cannot be: A competence that this shift needs is missing or has run out.',
  ],
] as const)
  test(`a file with ${why} is refused with file, line and path`, () => {
    assert.equal(
      refusalOf(() => read(small.replace(from, to))),
      refusal,
    );
  });

const withLock = (date: string, shift: string): string =>
  small.replace(
    '"status": "locked" }',
    `"status": "locked" },\n    { "person": "P1", "date": "${date}", "shift": "${shift}", "status": "locked" }`,
  );

test('two locks of one day, and two that overlap, are refused', () => {
  assert.equal(
    refusalOf(() => read(withLock('2026-06-01', 'N'))),
    'small.json, line 30, /assignments/1: This person has another assignment on this day.',
  );
  const night = withLock('2026-06-02', 'D').replace('"shift": "D", "status"', '"shift": "N", "status"');
  assert.equal(
    refusalOf(() => read(night)),
    'no refusal',
  );
  assert.equal(
    refusalOf(() => read(night.replace('"end": "08:00"', '"end": "08:30"'))),
    'small.json, line 30, /assignments/1: This locked assignment overlaps another of the same person.',
  );
});

test('the line of a value is found in JSON of any layout', () => {
  const text = '{\n "a": [1,\n  {"b\\"c": "x]}",\n   "d": [\n    true, null]}], "e": 2}';
  const lines = ['/a', '/a/0', '/a/1/b"c', '/a/1/d/1', '/e', '/f'].map((pointer) => lineOf(text, pointer));
  assert.deepEqual(lines, [2, 2, 3, 5, 5, 1]);
});

const problem = problemOf(read(small));
const closedOn = (person: number, day: number): number[] =>
  problem.people[person]!.wishes.filter(
    (wish) => wish.day === day && wish.weight === Infinity && wish.id === 'closed',
  )
    .flatMap(({ choices }) => choices)
    .toSorted();

test('leave, a competence that runs out and offers close shifts', () => {
  assert.deepEqual(
    [0, 1, 2].map((day) => closedOn(0, day)),
    [[], [2], [1, 2]],
  );
  assert.deepEqual(
    [0, 1, 2].map((day) => closedOn(1, day)),
    [[1, 2], [2], [1, 2]],
  );
});

test('the last duty before the roster closes a night too soon after it, and a lock closes the rest of its day', () => {
  const found = evaluate(problem.people[0]!, [2, 0, 0]).filter(({ cost }) => cost === Infinity);
  assert.deepEqual(
    found.map(({ id, day }) => `${id} ${day}`),
    ['locked 0'],
  );
});

const price = (person: number, day: number, choice: number): number =>
  problem.people[person]!.wishes.find(
    (wish) => wish.id === 'price' && wish.day === day && wish.choices.includes(choice),
  )?.weight ?? 0;

test('pay: nights and Sundays add a share by band, the bank is paid by the hour', () => {
  assert.equal(price(0, 0, 1), 0);
  assert.equal(price(0, 0, 2), Math.round((10 * 0.41 * 1600) / 100));
  assert.equal(price(1, 1, 1), Math.round((11 * 2000) / 100));
});

test('demand becomes rows by the minute, and missing people below the least cost more', () => {
  const [first, second] = problem.cover;
  assert.deepEqual(first?.parts, []);
  assert.equal(first?.words, 'All day, 2026-06-01 from 00:00');
  assert.deepEqual(second, {
    id: 'all 2026-06-01 08:00',
    words: 'All day, 2026-06-01 from 08:00',
    parts: [{ day: 0, choices: [1] }],
    wanted: 2,
    under: [
      { count: 1, weight: 144 },
      { count: Infinity, weight: 288 },
    ],
    over: [],
  });
});

test('one edit in a roster of 60 people and 28 days is checked well within 50 ms', () => {
  const ward = problemOf(readRosterFile(wardText(makeWard({ staff: 60, weeks: 4, seed: 2 })), 'ward.json'));
  const choices = Uint8Array.from({ length: 28 }, (_, day) => (day % 4 < 2 ? 3 : 0));
  const before = process.cpuUsage();
  for (const person of ward.people) evaluate(person, choices);
  const { user, system } = process.cpuUsage(before);
  assert.ok(
    (user + system) / 1000 / ward.people.length < 50,
    `${user + system} microseconds for ${ward.people.length}`,
  );
});

test('the JSON Schema in the documentation is that of the reader', () => {
  const file = path.resolve(import.meta.dirname, '../../../../docs/reference/roster-format.schema.json');
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(RosterFile)));
});
