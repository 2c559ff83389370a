import { faultIn, wholeNumber } from '../fault.ts';
import { linesOf, sectionOf, spanOf } from './words.ts';

export type Span = { min: number; max: number };
export type Shift = { run: Span; notNext: Set<string> };
export type Contract = {
  assignments: Span;
  workRun: Span;
  freeRun: Span;
  maxWeekends: number;
  completeWeekends: boolean;
};
export type Nurse = { contract: Contract; skills: Set<string>; history: History };

/** What a nurse did before day 0. `last` is the shift of the day before, undefined when it was free. */
export type History = {
  assignments: number;
  weekends: number;
  last: string | undefined;
  sameShift: number;
  worked: number;
  free: number;
};

/** People wanted in a shift and skill on a day, at least and at best. */
export type Demand = { day: number; shift: string; skill: string; least: number; best: number };

/** A wish to be free of a shift, or of any (undefined), on a day. */
export type Wish = { nurse: string; day: number; shift: string | undefined };

export type Inrc2Problem = {
  days: number;
  /** Whether the last week given is the last of the scenario: then what counts over all weeks is counted. */
  isWhole: boolean;
  shifts: Map<string, Shift>;
  skills: Set<string>;
  nurses: Map<string, Nurse>;
  demands: Demand[];
  wishes: Wish[];
};

export type NamedText = { name: string; text: string };

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Reads a problem of the second International Nurse Rostering Competition: a scenario, a history and weeks in
 * order.
 */
export function readInrc2(scenario: NamedText, history: NamedText, weeks: NamedText[]): Inrc2Problem {
  const file = scenario.name;
  const lines = linesOf(scenario.text);
  const weekLine = lines.find(({ words }) => words[0] === 'WEEKS');
  const totalWeeks = wholeNumber(weekLine?.words[2], 'The number of weeks', file, weekLine?.number ?? 1);
  const skills = new Set(sectionOf(lines, 'SKILLS', file).map(({ words }) => words[0] ?? ''));

  const shifts = new Map<string, Shift>();
  for (const { number, words } of sectionOf(lines, 'SHIFT_TYPES', file))
    shifts.set(words[0]!, { run: spanOf(words[1], file, number), notNext: new Set() });
  const afterHeading = lines.findIndex(({ words }) => words[0] === 'FORBIDDEN_SHIFT_TYPES_SUCCESSIONS') + 1;
  for (const { number, words } of lines.slice(afterHeading, afterHeading + shifts.size)) {
    const [before = '', , ...after] = words;
    const unknown = [before, ...after].find((id) => !shifts.has(id));
    if (unknown !== undefined) throw faultIn(file, number, `There is no shift called "${unknown}".`);
    for (const id of after) shifts.get(before)!.notNext.add(id);
  }

  const contracts = new Map<string, Contract>();
  for (const { number, words } of sectionOf(lines, 'CONTRACTS', file))
    contracts.set(words[0]!, {
      assignments: spanOf(words[1], file, number),
      workRun: spanOf(words[2], file, number),
      freeRun: spanOf(words[3], file, number),
      maxWeekends: wholeNumber(words[4], 'The most weekends', file, number),
      completeWeekends: wholeNumber(words[5], 'Whether weekends are complete', file, number) === 1,
    });

  const before = readHistory(history, shifts);
  const nurses = new Map<string, Nurse>();
  for (const { number, words } of sectionOf(lines, 'NURSES', file)) {
    const [id = '', contractId = '', , ...own] = words;
    const contract = contracts.get(contractId);
    if (contract === undefined) throw faultIn(file, number, `There is no contract called "${contractId}".`);
    const unknown = own.find((skill) => !skills.has(skill));
    if (unknown !== undefined) throw faultIn(file, number, `There is no skill called "${unknown}".`);
    if (nurses.has(id)) throw faultIn(file, number, `The nurse "${id}" is there twice.`);
    const past = before.nurses.get(id);
    if (past === undefined) throw faultIn(history.name, 1, `There is no history of the nurse "${id}".`);
    nurses.set(id, { contract, skills: new Set(own), history: past });
  }
  if (nurses.size === 0) throw faultIn(file, 1, 'There is nobody in the section of nurses.');

  const problem: Inrc2Problem = {
    days: 7 * weeks.length,
    isWhole: before.week + weeks.length === totalWeeks,
    shifts,
    skills,
    nurses,
    demands: [],
    wishes: [],
  };
  for (const [index, week] of weeks.entries()) readWeek(week, 7 * index, problem);
  return problem;
}

function readHistory({ name, text }: NamedText, shifts: Map<string, Shift>) {
  const lines = linesOf(text);
  const nurses = new Map<string, History>();
  const headings = lines.findIndex(({ words }) => words[0] === 'NURSE_HISTORY');
  for (const { number, words } of lines.slice(headings + 1)) {
    const value = (index: number): number => wholeNumber(words[index], 'A count', name, number);
    const last = words[3] === 'None' ? undefined : words[3];
    if (last !== undefined && !shifts.has(last))
      throw faultIn(name, number, `There is no shift called "${last}".`);
    nurses.set(words[0]!, {
      assignments: value(1),
      weekends: value(2),
      last,
      sameShift: value(4),
      worked: value(5),
      free: value(6),
    });
  }
  const first = lines.find(({ words }) => /^\d+$/.test(words[0] ?? ''));
  return { week: wholeNumber(first?.words[0], 'The week', name, first?.number ?? 1), nurses };
}

function readWeek({ name, text }: NamedText, firstDay: number, problem: Inrc2Problem): void {
  const { shifts, skills, nurses } = problem;
  const lines = linesOf(text);
  for (const { number, words } of sectionOf(lines, 'REQUIREMENTS', name)) {
    const [shift = '', skill = '', ...spans] = words;
    if (!shifts.has(shift)) throw faultIn(name, number, `There is no shift called "${shift}".`);
    if (!skills.has(skill)) throw faultIn(name, number, `There is no skill called "${skill}".`);
    for (let day = 0; day < 7; day++) {
      const { min, max } = spanOf(spans[day], name, number);
      problem.demands.push({ day: firstDay + day, shift, skill, least: min, best: max });
    }
  }
  for (const { number, words } of sectionOf(lines, 'SHIFT_OFF_REQUESTS', name)) {
    const [nurse = '', shift = '', dayName = ''] = words;
    const day = dayNames.indexOf(dayName);
    if (!nurses.has(nurse)) throw faultIn(name, number, `There is nobody called "${nurse}".`);
    if (shift !== 'Any' && !shifts.has(shift))
      throw faultIn(name, number, `There is no shift called "${shift}".`);
    if (day < 0) throw faultIn(name, number, `"${dayName}" is no day of the week.`);
    problem.wishes.push({ nurse, day: firstDay + day, shift: shift === 'Any' ? undefined : shift });
  }
}
