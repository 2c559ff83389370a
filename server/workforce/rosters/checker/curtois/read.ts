import { faultIn, putNew, splitLines, wholeNumber } from '../fault.ts';

export type Shift = { id: string; minutes: number; notNext: Set<string> };

export type Person = {
  id: string;
  maxOf: Map<string, number>;
  maxMinutes: number;
  minMinutes: number;
  maxRun: number;
  minRun: number;
  minDaysOff: number;
  maxWeekends: number;
  daysOff: Set<number>;
};

export type Request = { person: string; day: number; shift: string; weight: number };
export type Cover = { day: number; shift: string; wanted: number; underWeight: number; overWeight: number };

export type CurtoisProblem = {
  days: number;
  shifts: Map<string, Shift>;
  people: Map<string, Person>;
  on: Request[];
  off: Request[];
  cover: Cover[];
};

const sections = [
  'HORIZON',
  'SHIFTS',
  'STAFF',
  'DAYS_OFF',
  'SHIFT_ON_REQUESTS',
  'SHIFT_OFF_REQUESTS',
  'COVER',
];

type Line = { number: number; cells: string[] };

/**
 * Reads a "Shift Scheduling Benchmark" file (Curtois and Qu). Throws a Problem that names the line of the
 * first fault.
 */
export function readCurtois(text: string, file: string): CurtoisProblem {
  const lines = linesBySection(text, file);
  const of = (name: string): Line[] => lines.get(name) ?? [];
  const [horizon, second] = of('HORIZON');
  if (second !== undefined) throw faultIn(file, second.number, 'There is a second horizon.');
  const days = wholeNumber(horizon?.cells[0], 'The horizon', file, horizon?.number ?? 1);
  if (days === 0) throw faultIn(file, horizon?.number ?? 1, 'The horizon has no day.');
  const shifts = readShifts(of('SHIFTS'), file);
  const people = readPeople(of('STAFF'), shifts, file);
  if (people.size === 0) throw faultIn(file, 1, 'There is nobody in the section of staff.');
  const place = placeReader(file, days, shifts, people);
  for (const { number, cells } of of('DAYS_OFF')) {
    const person = place.person(cells[0], number);
    for (const cell of cells.slice(1)) person.daysOff.add(place.day(cell, number));
  }
  const request = ({ number, cells }: Line): Request => ({
    person: place.person(cells[0], number).id,
    day: place.day(cells[1], number),
    shift: place.shift(cells[2], number),
    weight: wholeNumber(cells[3], 'A weight', file, number),
  });
  return {
    days,
    shifts,
    people,
    on: of('SHIFT_ON_REQUESTS').map(request),
    off: of('SHIFT_OFF_REQUESTS').map(request),
    cover: of('COVER').map(({ number, cells }) => ({
      day: place.day(cells[0], number),
      shift: place.shift(cells[1], number),
      wanted: wholeNumber(cells[2], 'The number of people wanted', file, number),
      underWeight: wholeNumber(cells[3], 'A weight', file, number),
      overWeight: wholeNumber(cells[4], 'A weight', file, number),
    })),
  };
}

function linesBySection(text: string, file: string): Map<string, Line[]> {
  const found = new Map<string, Line[]>();
  let current: Line[] | undefined;
  for (const [index, raw] of splitLines(text).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.toUpperCase().startsWith('SECTION_')) {
      const name = line.slice('SECTION_'.length).toUpperCase();
      if (!sections.includes(name)) throw faultIn(file, index + 1, `There is no section called ${name}.`);
      current = found.get(name) ?? [];
      found.set(name, current);
    } else if (current === undefined) {
      throw faultIn(file, index + 1, 'This line stands before the first section.');
    } else {
      const cells = line
        .replace(/[,\s]+$/, '')
        .split(',')
        .map((cell) => cell.trim());
      current.push({ number: index + 1, cells });
    }
  }
  return found;
}

function readShifts(lines: Line[], file: string): Map<string, Shift> {
  const shifts = new Map<string, Shift>();
  for (const { number, cells } of lines) {
    const [id = '', minutes, notNext = ''] = cells;
    const after = notNext.split('|').map((other) => other.trim());
    const shift = {
      id,
      minutes: wholeNumber(minutes, 'The length of a shift', file, number),
      notNext: new Set(after.filter((other) => other !== '')),
    };
    putNew(shifts, id, shift, 'shift', { file, line: number });
  }
  for (const { number, cells } of lines) {
    for (const other of shifts.get(cells[0] ?? '')?.notNext ?? [])
      if (!shifts.has(other)) throw faultIn(file, number, `There is no shift called "${other}".`);
  }
  return shifts;
}

function readPeople(lines: Line[], shifts: Map<string, Shift>, file: string): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const { number, cells } of lines) {
    const [id = '', limits = '', ...rest] = cells;
    const maxOf = new Map<string, number>();
    for (const limit of limits.split('|').filter((each) => each.trim() !== '')) {
      const [shift = '', most] = limit.split('=').map((each) => each.trim());
      if (!shifts.has(shift)) throw faultIn(file, number, `There is no shift called "${shift}".`);
      const max = wholeNumber(most, 'A number of shifts', file, number);
      putNew(maxOf, shift, max, 'limit of', { file, line: number });
    }
    const value = (index: number, what: string): number => wholeNumber(rest[index], what, file, number);
    const person: Person = {
      id,
      maxOf,
      maxMinutes: value(0, 'MaxTotalMinutes'),
      minMinutes: value(1, 'MinTotalMinutes'),
      maxRun: value(2, 'MaxConsecutiveShifts'),
      minRun: value(3, 'MinConsecutiveShifts'),
      minDaysOff: value(4, 'MinConsecutiveDaysOff'),
      maxWeekends: value(5, 'MaxWeekends'),
      daysOff: new Set(),
    };
    if (person.minMinutes > person.maxMinutes)
      throw faultIn(file, number, 'MinTotalMinutes is more than MaxTotalMinutes.');
    if (person.minRun > person.maxRun)
      throw faultIn(file, number, 'MinConsecutiveShifts is more than MaxConsecutiveShifts.');
    putNew(people, id, person, 'person', { file, line: number });
  }
  return people;
}

function placeReader(file: string, days: number, shifts: Map<string, Shift>, people: Map<string, Person>) {
  return {
    day(cell: string | undefined, number: number): number {
      const day = wholeNumber(cell, 'A day', file, number);
      if (day >= days) throw faultIn(file, number, `Day ${day} is after the horizon of ${days} days.`);
      return day;
    },
    shift(id: string | undefined, number: number): string {
      if (id === undefined || !shifts.has(id))
        throw faultIn(file, number, `There is no shift called "${id ?? ''}".`);
      return id;
    },
    person(id: string | undefined, number: number): Person {
      const person = people.get(id ?? '');
      if (person === undefined) throw faultIn(file, number, `There is nobody called "${id ?? ''}".`);
      return person;
    },
  };
}
