import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readCurtois, readInrc1 } from '../../server/workforce/rosters/index.ts';

/** Costs for each unit below `min` or above `max`; null: it must not happen. */
type Limits = { min: number; max: number; under: number | null; over: number | null };

/** Days (or weekends) in a row. With `openEnds`, one that touches the first or last day may be shorter than `min`. */
type Runs = Limits & { openEnds: boolean };

/** One person as other solvers are given them. Choice 0 is a day off, choice n the shift n - 1. */
type PeerPerson = {
  id: string;
  /** What a choice costs on a day; null: it must not happen. */
  cells: (number | null)[][];
  minutes: { amounts: number[]; min: number; max: number } | null;
  maxOf: (number | null)[];
  shifts: Limits;
  work: Runs;
  free: Runs;
  weekends: number[][];
  maxWeekends: number | null;
  weekendRun: Runs;
  completeWeekends: number;
  sameShift: number;
  /** Paid for one free day between a night and a day at work. */
  oneFreeAfterNight: number;
  patterns: { weight: number; starts: number[]; steps: number[][] }[];
};

/** A problem in one form for all other solvers, read by the readers of the independent checker. */
export type PeerModel = {
  days: number;
  shifts: string[];
  night: number | null;
  notNext: number[][];
  people: PeerPerson[];
  /** Null weights: exactly `wanted`. */
  cover: { day: number; shift: number; wanted: number; under: number | null; over: number | null }[];
};

/** The problem in a file of Curtois's or of INRC-I, in the form that other solvers are given. */
export function peerModel(file: string): PeerModel {
  const text = readFileSync(file, 'utf8');
  const name = path.basename(file);
  return text.includes('SECTION_HORIZON') ? fromCurtois(text, name) : fromInrc1(text, name);
}

const free: Limits = { min: 0, max: 1e6, under: 0, over: 0 };
const anyRun: Runs = { ...free, openEnds: false };

function fromCurtois(text: string, name: string): PeerModel {
  const { days, shifts, people, on, off, cover } = readCurtois(text, name);
  const ids = [...shifts.keys()];
  const cells = new Map(
    [...people].map(([id, { daysOff }]) => [
      id,
      Array.from({ length: days }, (_, day): (number | null)[] => [
        0,
        ...ids.map(() => (daysOff.has(day) ? null : 0)),
      ]),
    ]),
  );
  const add = (person: string, day: number, choice: number, cost: number): void => {
    const row = cells.get(person)?.[day];
    if (row !== undefined && row[choice] !== null) row[choice] = (row[choice] ?? 0) + cost;
  };
  for (const { person, day, shift, weight } of on)
    for (const choice of [0, ...ids.map((_, index) => index + 1)])
      if (ids[choice - 1] !== shift) add(person, day, choice, weight);
  for (const { person, day, shift, weight } of off) add(person, day, ids.indexOf(shift) + 1, weight);
  const weekends: number[][] = [];
  for (let day = 5; day < days; day += 7) weekends.push([day, day + 1].filter((each) => each < days));
  return {
    days,
    shifts: ids,
    night: null,
    notNext: [...shifts.values()].map(({ notNext }) => [...notNext].map((id) => ids.indexOf(id))),
    people: [...people.values()].map((person) => ({
      id: person.id,
      cells: cells.get(person.id) ?? [],
      minutes: {
        amounts: [...shifts.values()].map(({ minutes }) => minutes),
        min: person.minMinutes,
        max: person.maxMinutes,
      },
      maxOf: ids.map((id) => person.maxOf.get(id) ?? null),
      shifts: free,
      work: { min: person.minRun, max: person.maxRun, under: null, over: null, openEnds: true },
      free: { min: person.minDaysOff, max: 1e6, under: null, over: 0, openEnds: true },
      weekends,
      maxWeekends: person.maxWeekends,
      weekendRun: anyRun,
      completeWeekends: 0,
      sameShift: 0,
      oneFreeAfterNight: 0,
      patterns: [],
    })),
    cover: cover.map(({ day, shift, wanted, underWeight, overWeight }) => ({
      day,
      shift: ids.indexOf(shift),
      wanted,
      under: underWeight,
      over: overWeight,
    })),
  };
}

type Term = { weight: number; limit: number };

const limitsOf = (fewest: Term, most: Term): Limits => ({
  min: fewest.weight > 0 ? fewest.limit : 0,
  max: most.weight > 0 ? most.limit : 1e6,
  under: fewest.weight,
  over: most.weight,
});

function fromInrc1(text: string, name: string): PeerModel {
  const problem = readInrc1(text, name);
  const { days, firstWeekday } = problem;
  const ids = [...problem.shifts.keys()];
  const work = ids.map((_, index) => index + 1);
  const people = [...problem.employees.values()].map(({ id, contract, skills }): PeerPerson => {
    const { terms, switches, weekend } = contract;
    const lacking = ids.map((shift) =>
      [...(problem.shifts.get(shift) ?? [])].some((need) => !skills.has(need)),
    );
    const cells = Array.from({ length: days }, () => [
      0,
      ...lacking.map((isLacking) => (isLacking ? switches.skill : 0)),
    ]);
    const pay = (day: number, choices: number[], cost: number): void => {
      const row = cells[day];
      if (row !== undefined) for (const choice of choices) row[choice] = (row[choice] ?? 0) + cost;
    };
    const mine = <T extends { employee: string }>(list: T[]): T[] =>
      list.filter(({ employee }) => employee === id);
    for (const { day, weight } of mine(problem.dayOn)) pay(day, [0], weight);
    for (const { day, weight } of mine(problem.dayOff)) pay(day, work, weight);
    for (const { day, shift, weight } of mine(problem.shiftOn))
      pay(
        day,
        [0, ...work].filter((choice) => ids[choice - 1] !== shift),
        weight,
      );
    for (const { day, shift, weight } of mine(problem.shiftOff))
      pay(
        day,
        work.filter((choice) => ids[choice - 1] === shift),
        weight,
      );
    const weekends: number[][] = [];
    for (let day = 0; day < days; day++)
      if ((day + firstWeekday) % 7 === weekend[0])
        weekends.push(weekend.map((_, index) => day + index).filter((each) => each < days));
    return {
      id,
      cells,
      minutes: null,
      maxOf: ids.map(() => null),
      shifts: limitsOf(terms.minAssignments, terms.maxAssignments),
      work: { ...limitsOf(terms.minWorkRun, terms.maxWorkRun), openEnds: false },
      free: { ...limitsOf(terms.minFreeRun, terms.maxFreeRun), openEnds: false },
      weekends,
      maxWeekends: null,
      weekendRun: { ...limitsOf(terms.minWeekendRun, terms.maxWeekendRun), openEnds: false },
      completeWeekends: switches.completeWeekends,
      sameShift: switches.sameShiftInWeekend,
      oneFreeAfterNight: switches.twoFreeDaysAfterNights,
      patterns: contract.patterns.map(({ weight, weekday, entries }) => ({
        weight,
        starts: Array.from({ length: Math.max(0, days - entries.length + 1) }, (_, day) => day).filter(
          (day) => weekday === undefined || (day + firstWeekday) % 7 === weekday,
        ),
        steps: entries.map((entry) =>
          entry === 'Any' ? work : entry === 'None' ? [0] : [ids.indexOf(entry) + 1],
        ),
      })),
    };
  });
  const night = ids.indexOf('N');
  return {
    days,
    shifts: ids,
    night: night < 0 ? null : night,
    notNext: ids.map(() => []),
    people,
    cover: problem.cover.flatMap((wanted, day) =>
      ids.map((id, shift) => ({ day, shift, wanted: wanted.get(id) ?? 0, under: null, over: null })),
    ),
  };
}
