import { faultIn, putNew, wholeNumber } from '../fault.ts';
import { linesBySection, type Line } from './sections.ts';

/** One rule of a contract: its weight, 0 when it is off, and the limit where it has one. */
export type Term = { weight: number; limit: number };

/** The rules of a contract that carry a number, in the order of the file. */
export const termNames = [
  'maxAssignments',
  'minAssignments',
  'maxWorkRun',
  'minWorkRun',
  'maxFreeRun',
  'minFreeRun',
  'maxWeekendRun',
  'minWeekendRun',
  'maxWeekendsInFourWeeks',
] as const;

/** The rules of a contract that are only on or off, in the order of the file. */
export const switchNames = [
  'completeWeekends',
  'sameShiftInWeekend',
  'noNightBeforeFreeWeekend',
  'twoFreeDaysAfterNights',
  'skill',
] as const;

export type Contract = {
  terms: Record<(typeof termNames)[number], Term>;
  weekend: number[];
  switches: Record<(typeof switchNames)[number], number>;
  patterns: Pattern[];
};

/** An unwanted pattern. `weekday` is of its first day (0 = Monday); each entry is a shift, Any or None. */
export type Pattern = { weight: number; weekday: number | undefined; entries: string[] };
export type Employee = { id: string; contract: Contract; skills: Set<string> };
export type Request = { employee: string; day: number; shift: string | undefined; weight: number };

export type Inrc1Problem = {
  days: number;
  /** The weekday of day 0: 0 is Monday. */
  firstWeekday: number;
  shifts: Map<string, Set<string>>;
  employees: Map<string, Employee>;
  /** People wanted by day and shift. */
  cover: Map<string, number>[];
  dayOn: Request[];
  dayOff: Request[];
  shiftOn: Request[];
  shiftOff: Request[];
};

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What a contract may call its weekend, as days of the week in their order. */
const weekends: ReadonlyMap<string, number[]> = new Map([
  ['SaturdaySunday', [5, 6]],
  ['FridaySaturdaySunday', [4, 5, 6]],
  ['SaturdaySundayMonday', [5, 6, 0]],
  ['FridaySaturdaySundayMonday', [4, 5, 6, 0]],
]);

const millisecondsInDay = 86_400_000;

/**
 * Reads a problem of the first International Nurse Rostering Competition (text form). Throws a Problem with
 * the line.
 */
export function readInrc1(text: string, file: string): Inrc1Problem {
  const sections = linesBySection(text, file);
  const of = (name: string): Line[] => sections.get(name) ?? [];

  const period = of('SCHEDULING_PERIOD')[0];
  const [first, last] = [1, 2].map((cell) => dateOf(period?.cells[cell], file, period?.number ?? 1));
  const days = Math.round((last! - first!) / millisecondsInDay) + 1;
  if (days < 1) throw faultIn(file, period?.number ?? 1, 'The period ends before it starts.');
  const firstWeekday = (new Date(first!).getUTCDay() + 6) % 7;

  const skills = new Set(of('SKILLS').map(({ cells }) => cells[0] ?? ''));
  const shifts = new Map<string, Set<string>>();
  for (const { number, cells } of of('SHIFT_TYPES')) {
    const needed = (cells[5] ?? '').split(/\s+/).filter((skill) => skill !== '');
    const unknown = needed.find((skill) => !skills.has(skill));
    if (unknown !== undefined) throw faultIn(file, number, `There is no skill called "${unknown}".`);
    putNew(shifts, cells[0], new Set(needed), 'shift', { file, line: number });
  }
  const patterns = new Map<string, Pattern>();
  for (const line of of('PATTERNS'))
    putNew(patterns, line.cells[0], readPattern(line, shifts, file), 'pattern', { file, line: line.number });
  const contracts = new Map<string, Contract>();
  for (const line of of('CONTRACTS'))
    putNew(contracts, line.cells[0], readContract(line, patterns, file), 'contract', {
      file,
      line: line.number,
    });

  const employees = new Map<string, Employee>();
  for (const { number, cells } of of('EMPLOYEES')) {
    const [id = '', , contractId = '', , ownSkills = ''] = cells;
    const contract = contracts.get(contractId);
    if (contract === undefined) throw faultIn(file, number, `There is no contract called "${contractId}".`);
    const held = ownSkills.split(/\s+/).filter((skill) => skill !== '');
    const unknown = held.find((skill) => !skills.has(skill));
    if (unknown !== undefined) throw faultIn(file, number, `There is no skill called "${unknown}".`);
    putNew(employees, id, { id, contract, skills: new Set(held) }, 'employee', { file, line: number });
  }
  if (employees.size === 0) throw faultIn(file, 1, 'There is nobody in the section of employees.');

  const dayIn = (cell: string | undefined, number: number): number => {
    const day = Math.round((dateOf(cell, file, number) - first!) / millisecondsInDay);
    if (day < 0 || day >= days) throw faultIn(file, number, `"${cell}" is outside the period.`);
    return day;
  };
  const shiftIn = (id: string | undefined, number: number): string => {
    if (id === undefined || !shifts.has(id)) throw faultIn(file, number, `There is no shift called "${id}".`);
    return id;
  };
  const requests = (section: string, hasShift: boolean): Request[] =>
    of(section).map(({ number, cells }) => {
      const [employee = '', date] = cells;
      if (!employees.has(employee)) throw faultIn(file, number, `There is nobody called "${employee}".`);
      return {
        employee,
        day: dayIn(date, number),
        shift: hasShift ? shiftIn(cells[2], number) : undefined,
        weight: wholeNumber(cells[hasShift ? 3 : 2], 'A weight', file, number),
      };
    });

  const ofWeek = weekdays.map(() => new Map<string, number>());
  for (const { number, cells } of of('DAY_OF_WEEK_COVER')) {
    const weekday = weekdays.indexOf(cells[0] ?? '');
    if (weekday < 0) throw faultIn(file, number, `"${cells[0]}" is no day of the week.`);
    const wanted = wholeNumber(cells[2], 'The number wanted', file, number);
    putNew(ofWeek[weekday]!, shiftIn(cells[1], number), wanted, 'demand for', { file, line: number });
  }
  const ofDate = Array.from({ length: days }, () => new Map<string, number>());
  for (const { number, cells } of of('DATE_SPECIFIC_COVER')) {
    const wanted = wholeNumber(cells[2], 'The number wanted', file, number);
    const onDay = ofDate[dayIn(cells[0], number)]!;
    putNew(onDay, shiftIn(cells[1], number), wanted, 'demand for', { file, line: number });
  }
  const cover = ofDate.map((special, day) => new Map([...ofWeek[(day + firstWeekday) % 7]!, ...special]));
  return {
    days,
    firstWeekday,
    shifts,
    employees,
    cover,
    dayOn: requests('DAY_ON_REQUESTS', false),
    dayOff: requests('DAY_OFF_REQUESTS', false),
    shiftOn: requests('SHIFT_ON_REQUESTS', true),
    shiftOff: requests('SHIFT_OFF_REQUESTS', true),
  };
}

function dateOf(text: string | undefined, file: string, line: number): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw faultIn(file, line, `"${text ?? ''}" is no date.`);
  return time;
}

function readPattern({ number, cells }: Line, shifts: Map<string, unknown>, file: string): Pattern {
  const weight = wholeNumber(cells[1], 'A weight', file, number);
  const entries = [...(cells[2] ?? '').matchAll(/\(([^|)]+)\|([^)]+)\)/g)].map(([, shift = '', day = '']) => {
    if (shift !== 'Any' && shift !== 'None' && !shifts.has(shift))
      throw faultIn(file, number, `There is no shift called "${shift}".`);
    if (day !== 'Any' && !weekdays.includes(day))
      throw faultIn(file, number, `"${day}" is no day of the week.`);
    return { shift, day };
  });
  if (entries.length !== Number.parseInt(cells[2] ?? '', 10))
    throw faultIn(file, number, 'The pattern does not have as many days as it says.');
  const begins = entries.flatMap(({ day }, index) =>
    day === 'Any' ? [] : [(weekdays.indexOf(day) + 7 * entries.length - index) % 7],
  );
  if (begins.some((weekday) => weekday !== begins[0]))
    throw faultIn(file, number, 'The days of the pattern do not follow one another.');
  return {
    weight,
    weekday: begins[0],
    entries: entries.map(({ shift }) => shift),
  };
}

function readContract({ number, cells }: Line, patterns: Map<string, Pattern>, file: string): Contract {
  const numbersIn = (cell: string | undefined, count: number): number[] => {
    const found = /^\(([\d|]+)\)$/
      .exec(cell ?? '')?.[1]
      ?.split('|')
      .map(Number);
    if (found?.length !== count || found[0]! > 1)
      throw faultIn(file, number, `"${cell ?? ''}" is no rule of a contract.`);
    return found;
  };
  const term = (cell: string | undefined): Term => {
    const [on, weight, limit] = numbersIn(cell, 3);
    return { weight: on! * weight!, limit: limit! };
  };
  const terms = Object.fromEntries(termNames.map((name, index) => [name, term(cells[3 + index])]));
  const switches = switchNames.map((name, index) => {
    const [on, weight] = numbersIn(cells[13 + index], 2);
    return [name, on! * weight!] as const;
  });
  const weekend = weekends.get(cells[12] ?? '');
  if (weekend === undefined) throw faultIn(file, number, `"${cells[12] ?? ''}" is no weekend.`);
  const wanted = (cells[19] ?? '').split(/\s+/).filter((id) => id !== '');
  if (wanted.length !== wholeNumber(cells[18], 'The number of patterns', file, number))
    throw faultIn(file, number, 'The contract does not name as many patterns as it says.');
  return {
    terms: terms as Contract['terms'],
    weekend,
    switches: Object.fromEntries(switches) as Contract['switches'],
    patterns: wanted.map((id) => {
      const pattern = patterns.get(id);
      if (pattern === undefined) throw faultIn(file, number, `There is no pattern called "${id}".`);
      return pattern;
    }),
  };
}
