import { faultIn, putNew, wholeNumber } from '../fault.ts';
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
  const known = new Map<string, number>();
  for (const { number, words } of sectionOf(lines, 'SKILLS', file))
    putNew(known, words[0], number, 'skill', { file, line: number });
  const skills = new Set(known.keys());

  const shifts = new Map<string, Shift>();
  for (const { number, words } of sectionOf(lines, 'SHIFT_TYPES', file))
    putNew(shifts, words[0], { run: spanOf(words[1], file, number), notNext: new Set<string>() }, 'shift', {
      file,
      line: number,
    });
  for (const { number, words } of sectionOf(lines, 'FORBIDDEN_SHIFT_TYPES_SUCCESSIONS', file)) {
    const [before = '', count, ...after] = words;
    if (wholeNumber(count, 'The number of shifts', file, number) !== after.length)
      throw faultIn(file, number, `It says ${count} shifts and names ${after.length}.`);
    const unknown = [before, ...after].find((id) => !shifts.has(id));
    if (unknown !== undefined) throw faultIn(file, number, `There is no shift called "${unknown}".`);
    for (const id of after) shifts.get(before)!.notNext.add(id);
  }

  const contracts = new Map<string, Contract>();
  for (const { number, words } of sectionOf(lines, 'CONTRACTS', file)) {
    const complete = wholeNumber(words[5], 'Whether weekends are complete', file, number);
    if (complete > 1) throw faultIn(file, number, 'Whether weekends are complete is said with 0 or 1.');
    const contract = {
      assignments: spanOf(words[1], file, number),
      workRun: spanOf(words[2], file, number),
      freeRun: spanOf(words[3], file, number),
      maxWeekends: wholeNumber(words[4], 'The most weekends', file, number),
      completeWeekends: complete === 1,
    };
    putNew(contracts, words[0], contract, 'contract', { file, line: number });
  }

  const before = readHistory(history, shifts);
  const nurses = new Map<string, Nurse>();
  for (const { number, words } of sectionOf(lines, 'NURSES', file)) {
    const [id = '', contractId = '', count, ...own] = words;
    const contract = contracts.get(contractId);
    if (contract === undefined) throw faultIn(file, number, `There is no contract called "${contractId}".`);
    const unknown = own.find((skill) => !skills.has(skill));
    if (unknown !== undefined) throw faultIn(file, number, `There is no skill called "${unknown}".`);
    if (wholeNumber(count, 'The number of skills', file, number) !== own.length)
      throw faultIn(file, number, `It says ${count} skills and names ${own.length}.`);
    const past = before.nurses.get(id);
    if (past === undefined) throw faultIn(history.name, 1, `There is no history of the nurse "${id}".`);
    putNew(nurses, id, { contract, skills: new Set(own), history: past }, 'nurse', { file, line: number });
  }
  if (nurses.size === 0) throw faultIn(file, 1, 'There is nobody in the section of nurses.');
  if (before.week + weeks.length > totalWeeks)
    throw faultIn(
      file,
      weekLine?.number ?? 1,
      `There are ${before.week + weeks.length} weeks with those before, and the scenario has ${totalWeeks}.`,
    );

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
    const past = {
      assignments: value(1),
      weekends: value(2),
      last,
      sameShift: value(4),
      worked: value(5),
      free: value(6),
    };
    putNew(nurses, words[0], past, 'nurse', { file: name, line: number });
  }
  const first = lines.find(({ words }) => /^\d+$/.test(words[0] ?? ''));
  return { week: wholeNumber(first?.words[0], 'The week', name, first?.number ?? 1), nurses };
}

function readWeek({ name, text }: NamedText, firstDay: number, problem: Inrc2Problem): void {
  const { shifts, skills, nurses } = problem;
  const lines = linesOf(text);
  const asked = new Map<string, number>();
  for (const { number, words } of sectionOf(lines, 'REQUIREMENTS', name)) {
    const [shift = '', skill = '', ...spans] = words;
    if (!shifts.has(shift)) throw faultIn(name, number, `There is no shift called "${shift}".`);
    if (!skills.has(skill)) throw faultIn(name, number, `There is no skill called "${skill}".`);
    putNew(asked, `${shift} ${skill}`, number, 'demand for', { file: name, line: number });
    if (spans.length !== 7)
      throw faultIn(name, number, `There are ${spans.length} days here, and 7 in a week.`);
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
