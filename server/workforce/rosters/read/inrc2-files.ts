import { fault, idIn, indexIn, linesOf, mostDuties, wholeNumber, type Line } from './lines.ts';

export type Span = { min: number; max: number };
export type Shift = { id: string; run: Span; notNext: number[] };
export type Contract = { shifts: Span; work: Span; free: Span; weekends: number; isComplete: boolean };
export type Nurse = { id: string; contract: Contract; skills: number[] };

export type Scenario = { name: string; weeks: number; skills: string[]; shifts: Shift[]; nurses: Nurse[] };

/** What a nurse has done so far. `last` is the shift of the day before, -1 when it was free. */
export type Past = {
  shifts: number;
  weekends: number;
  last: number;
  same: number;
  worked: number;
  free: number;
};

export type Demand = { day: number; shift: number; skill: number; least: number; best: number };
export type Week = { demand: Demand[]; wishes: { nurse: number; day: number; shift: number | undefined }[] };

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A file in sections: headings in capitals, with what follows each up to the next. */
class Sections {
  readonly file: string;
  readonly #lines: Line[];

  constructor(text: string, file: string) {
    this.file = file;
    this.#lines = linesOf(text, /^#/);
  }

  /** The number or name after a heading and its equals sign. */
  value(name: string): { line: Line; text: string } {
    const line = this.#find(name);
    return { line, text: line.text.split('=')[1]?.trim() ?? '' };
  }

  /** The lines after a heading, as many as it says, each with a first word that no other has. */
  list(name: string, { mayRepeat = false } = {}): Line[] {
    const heading = this.#find(name);
    const rest = this.#lines.slice(this.#lines.indexOf(heading) + 1);
    const to = rest.findIndex(({ text }) => /^[A-Z][A-Z_]{3,}\s*=/.test(text) || bareHeadings.includes(text));
    const lines = to < 0 ? rest : rest.slice(0, to);
    const count = heading.text.split('=')[1]?.trim();
    if (count !== undefined && wholeNumber(this.file, heading, count, 'The number of lines') !== lines.length)
      throw fault(this.file, heading.number, `${name} should have ${count} lines, and has ${lines.length}.`);
    const seen = new Set<string>();
    for (const line of mayRepeat ? [] : lines) {
      const id = idIn(this.file, line, wordsOf(line)[0], 'line');
      if (seen.has(id)) throw fault(this.file, line.number, `"${id}" stands here twice.`);
      seen.add(id);
    }
    return lines;
  }

  #find(name: string): Line {
    const line = this.#lines.find(({ text }) => text.split(/[\s=]/)[0] === name);
    if (line === undefined) throw fault(this.file, 1, `${name} is missing.`);
    return line;
  }
}

/** The headings that stand alone on their line, without a number. */
const bareHeadings = [
  'FORBIDDEN_SHIFT_TYPES_SUCCESSIONS',
  'HISTORY',
  'NURSE_HISTORY',
  'REQUIREMENTS',
  'WEEK_DATA',
];

const wordsOf = (line: Line): string[] => line.text.split(/\s+/);

function spanIn(file: string, line: Line, text: string | undefined): Span {
  const found = /^\((\d+),(\d+)\)$/.exec(text ?? '');
  if (found === null) throw fault(file, line.number, `"${text ?? ''}" should be a pair such as (2,5).`);
  const [min = 0, max = 0] = found.slice(1).map(Number);
  if (min > max) throw fault(file, line.number, `The first of ${text} is more than the second.`);
  return { min, max };
}

const indexOf = (names: string[]): Map<string, number> => new Map(names.map((name, index) => [name, index]));

/** Reads a scenario of the second nurse rostering competition. Source: Ceschia and others 2015, arXiv 1501.04177. */
export function readScenario(text: string, file: string): Scenario {
  const sections = new Sections(text, file);
  const weeks = sections.value('WEEKS');
  const skills = sections.list('SKILLS').map((line) => wordsOf(line)[0] ?? '');
  const shiftLines = sections.list('SHIFT_TYPES');
  const shiftNames = indexOf(shiftLines.map((line) => wordsOf(line)[0] ?? ''));
  const after = new Map(
    sections.list('FORBIDDEN_SHIFT_TYPES_SUCCESSIONS').map((line) => {
      const [id = '', count, ...next] = wordsOf(line);
      indexIn(file, line, shiftNames, id, 'shift');
      mustCount(file, line, count, next, 'shifts');
      return [id, next.map((each) => indexIn(file, line, shiftNames, each, 'shift'))];
    }),
  );
  const contracts = new Map(
    sections.list('CONTRACTS').map((line) => {
      const [id = '', shifts, work, free, weekends, complete] = wordsOf(line);
      if (complete !== '0' && complete !== '1')
        throw fault(file, line.number, 'Whether weekends are complete is said with 0 or 1.');
      const contract: Contract = {
        shifts: spanIn(file, line, shifts),
        work: spanIn(file, line, work),
        free: spanIn(file, line, free),
        weekends: wholeNumber(file, line, weekends, 'The most weekends'),
        isComplete: complete === '1',
      };
      return [id, contract];
    }),
  );
  const nurses = sections.list('NURSES').map((line) => {
    const [id = '', contractId = '', count, ...held] = wordsOf(line);
    mustCount(file, line, count, held, 'skills');
    const contract = contracts.get(contractId);
    if (contract === undefined) throw fault(file, line.number, `There is no contract "${contractId}".`);
    const known = indexOf(skills);
    return { id, contract, skills: held.map((skill) => indexIn(file, line, known, skill, 'skill')) };
  });
  if (nurses.length === 0) throw fault(file, 1, 'There is nobody to roster: NURSES is empty.');
  if (shiftLines.length * skills.length > mostDuties)
    throw fault(file, 1, `Shifts times skills are more than ${mostDuties}.`);
  return {
    name: sections.value('SCENARIO').text,
    weeks: wholeNumber(file, weeks.line, weeks.text, 'The number of weeks', 1),
    skills,
    shifts: shiftLines.map((line) => {
      const [id = '', run] = wordsOf(line);
      return { id, run: spanIn(file, line, run), notNext: after.get(id) ?? [] };
    }),
    nurses,
  };
}

function mustCount(file: string, line: Line, said: string | undefined, found: string[], what: string): void {
  if (wholeNumber(file, line, said, `The number of ${what}`) !== found.length)
    throw fault(file, line.number, `This line says ${said} ${what}, and names ${found.length}.`);
}

/** How many weeks of the scenario lie before a history. */
export function readWeeksBefore(text: string, file: string): number {
  const [line] = new Sections(text, file).list('HISTORY', { mayRepeat: true });
  if (line === undefined) throw fault(file, 1, 'HISTORY is empty.');
  return wholeNumber(file, line, wordsOf(line)[0], 'The week');
}

/** Reads what the nurses did before the first week. */
export function readHistory(text: string, file: string, scenario: Scenario): Past[] {
  const lines = new Sections(text, file).list('NURSE_HISTORY');
  const byId = new Map(lines.map((line) => [wordsOf(line)[0] ?? '', line]));
  const shifts = indexOf(scenario.shifts.map(({ id }) => id));
  return scenario.nurses.map(({ id }) => {
    const line = byId.get(id);
    if (line === undefined) throw fault(file, 1, `Nothing is said of the nurse "${id}".`);
    const [, done, weekends, last = '', same, worked, free] = wordsOf(line);
    const number = (word: string | undefined, what: string): number => wholeNumber(file, line, word, what);
    return {
      shifts: number(done, 'The shifts worked'),
      weekends: number(weekends, 'The weekends worked'),
      last: last === 'None' ? -1 : indexIn(file, line, shifts, last, 'shift'),
      same: number(same, 'The days in this shift'),
      worked: number(worked, 'The days worked in a row'),
      free: number(free, 'The free days in a row'),
    };
  });
}

/** Reads the demand and wishes of one week. */
export function readWeek(text: string, file: string, scenario: Scenario): Week {
  const sections = new Sections(text, file);
  const shifts = indexOf(scenario.shifts.map(({ id }) => id));
  const skills = indexOf(scenario.skills);
  const nurses = indexOf(scenario.nurses.map(({ id }) => id));
  const asked = new Set<string>();
  const demand = sections.list('REQUIREMENTS', { mayRepeat: true }).flatMap((line) => {
    const [shift = '', skill = '', ...days] = wordsOf(line);
    if (asked.has(`${shift} ${skill}`))
      throw fault(file, line.number, `${shift} ${skill} stands here twice.`);
    asked.add(`${shift} ${skill}`);
    if (days.length !== 7)
      throw fault(file, line.number, `There should be seven pairs, and there are ${days.length}.`);
    return days.map((pair, day) => {
      const { min: least, max: best } = spanIn(file, line, pair);
      return {
        day,
        shift: indexIn(file, line, shifts, shift, 'shift'),
        skill: indexIn(file, line, skills, skill, 'skill'),
        least,
        best,
      };
    });
  });
  const wishes = sections.list('SHIFT_OFF_REQUESTS', { mayRepeat: true }).map((line) => {
    const [nurse = '', shift = '', dayName = ''] = wordsOf(line);
    const day = weekdays.indexOf(dayName);
    if (day < 0) throw fault(file, line.number, `There is no weekday "${dayName}".`);
    return {
      nurse: indexIn(file, line, nurses, nurse, 'nurse'),
      day,
      shift: shift === 'Any' ? undefined : indexIn(file, line, shifts, shift, 'shift'),
    };
  });
  return { demand, wishes };
}
