import type { Cover, Duty, Person, Problem, Wish } from '../types.ts';
import { blocksOf, contractRules, patternRule, type Contract, type Pattern } from './inrc1-rules.ts';
import { cellsOf, fault, idIn, indexIn, linesOf, mostDuties, wholeNumber, type Line } from './lines.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Reader = {
  file: string;
  parts: Map<string, Line[]>;
  first: number;
  days: number;
  skills: Map<string, number>;
  shifts: Map<string, number>;
};

/**
 * Reads an instance of the first nurse rostering competition. Runs at both ends of the period count as they stand.
 * Source: Haspeslagh and others 2014, "The first international nurse rostering competition 2010".
 */
export function readInrc1(text: string, file: string): Problem {
  const parts = split(text, file);
  const period = lineIn(parts, 'SCHEDULING_PERIOD', file);
  const [name = '', from = '', to = ''] = fieldsOf(period);
  const first = dayNumber(file, period, from);
  const days = dayNumber(file, period, to) - first + 1;
  if (days < 1) throw fault(file, period.number, 'The period ends before it starts.');
  const skills = new Map((parts.get('SKILLS') ?? []).map((line, index) => [fieldsOf(line)[0] ?? '', index]));
  const reader: Reader = { file, parts, first, days, skills, shifts: new Map() };
  const { duties, needs } = readShifts(reader);
  const contracts = readContracts(reader, duties);
  const people = readEmployees(reader, contracts, needs);
  readRequests(reader, people, duties);
  const firstWeekday = (((first + 3) % 7) + 7) % 7;
  const cover = readCover(reader, firstWeekday);
  return {
    name,
    format: 'inrc1',
    days,
    firstWeekday,
    duties,
    people: people.map(({ person }) => person),
    cover,
  };
}

const headings = [
  'SCHEDULING_PERIOD',
  'SKILLS',
  'SHIFT_TYPES',
  'CONTRACTS',
  'PATTERNS',
  'EMPLOYEES',
  'DAY_OF_WEEK_COVER',
  'DATE_SPECIFIC_COVER',
  'DAY_OFF_REQUESTS',
  'DAY_ON_REQUESTS',
  'SHIFT_OFF_REQUESTS',
  'SHIFT_ON_REQUESTS',
];

/** Cuts a file into its parts; each holds as many lines as its heading says (one where it says nothing). */
function split(text: string, file: string): Map<string, Line[]> {
  const parts = new Map<string, { heading: Line; count: number; lines: Line[] }>();
  let open: Line[] | undefined;
  for (const line of linesOf(text, /^\/\//)) {
    if (!line.text.endsWith(';')) throw fault(file, line.number, 'This line should end with a semicolon.');
    const [, head = '', count] = /^([A-Z_]+)\s*(?:=?\s*(\d+))?;$/.exec(line.text) ?? [];
    if (headings.includes(head)) {
      if (parts.has(head)) throw fault(file, line.number, `${head} stands here twice.`);
      open = [];
      parts.set(head, { heading: line, count: Number(count ?? 1), lines: open });
    } else if (open === undefined)
      throw fault(file, line.number, 'This line stands before the first heading.');
    else open.push(line);
  }
  for (const [head, { heading, count, lines }] of parts)
    if (lines.length !== count)
      throw fault(file, heading.number, `${head} should have ${count} lines, and has ${lines.length}.`);
  return new Map([...parts].map(([head, { lines }]) => [head, lines]));
}

function lineIn(parts: Map<string, Line[]>, name: string, file: string): Line {
  const line = parts.get(name)?.[0];
  if (line === undefined) throw fault(file, 1, `${name} is missing or empty.`);
  return line;
}

const fieldsOf = (line: Line): string[] => cellsOf(line.text.replace(/;$/, ''));

function dayNumber(file: string, line: Line, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text))
    throw fault(file, line.number, `"${text}" is not a date such as 2010-01-31.`);
  return Math.round(time / 86_400_000);
}

function dayIn(reader: Reader, line: Line, text: string): number {
  const day = dayNumber(reader.file, line, text) - reader.first;
  if (day < 0 || day >= reader.days)
    throw fault(reader.file, line.number, `${text} lies outside the period.`);
  return day;
}

const minutesOf = (text = ''): number => {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)(?::\d\d)?$/.exec(text) ?? [];
  return Number(hours) * 60 + Number(minutes);
};

function readShifts({ file, parts, shifts, skills }: Reader): { duties: Duty[]; needs: number[][] } {
  const duties: Duty[] = [{ id: '', minutes: 0 }];
  const needs: number[][] = [[]];
  for (const line of parts.get('SHIFT_TYPES') ?? []) {
    const [given, , from, to, , wanted = ''] = fieldsOf(line);
    const id = idIn(file, line, given, 'shift');
    if (shifts.has(id)) throw fault(file, line.number, `The shift "${id}" stands here twice.`);
    if (duties.length > mostDuties)
      throw fault(file, line.number, `There are more than ${mostDuties} shifts.`);
    shifts.set(id, duties.length);
    const start = minutesOf(from);
    const end = minutesOf(to) + (minutesOf(to) <= start ? 1440 : 0);
    if (Number.isNaN(start + end)) throw fault(file, line.number, 'The shift has no times such as 06:30:00.');
    duties.push({ id, minutes: end - start, start, end });
    needs.push(
      wanted
        .split(/\s+/)
        .filter(Boolean)
        .map((skill) => indexIn(file, line, skills, skill, 'skill')),
    );
  }
  if (shifts.size === 0) throw fault(file, 1, 'There are no shifts.');
  return { duties, needs };
}

function readContracts(reader: Reader, duties: Duty[]): Map<string, Contract> {
  const { file, parts, shifts } = reader;
  const patterns = new Map<string, Pattern>();
  for (const line of parts.get('PATTERNS') ?? []) {
    const [id = '', weight, rest = ''] = fieldsOf(line);
    if (patterns.has(id)) throw fault(file, line.number, `The pattern "${id}" stands here twice.`);
    const steps = [...rest.matchAll(/\(([^|)]+)\|([^)]+)\)/g)].map(([, what = '', day = ''], later) => {
      if (day !== 'Any' && !weekdays.includes(day))
        throw fault(file, line.number, `There is no weekday "${day}".`);
      const work = duties.map((_, choice) => choice).slice(1);
      const choices =
        what === 'Any' ? work : what === 'None' ? [0] : [indexIn(file, line, shifts, what, 'shift')];
      const firstDay = day === 'Any' ? undefined : (((weekdays.indexOf(day) - later) % 7) + 7) % 7;
      return { choices, firstDay };
    });
    if (steps.length === 0 || steps.length !== Number.parseInt(rest, 10))
      throw fault(file, line.number, 'The pattern has not as many days as it says.');
    const [weekday, other] = new Set(steps.flatMap(({ firstDay }) => firstDay ?? []));
    if (other !== undefined) throw fault(file, line.number, 'The weekdays of the pattern are not in a row.');
    patterns.set(id, {
      id,
      text: rest,
      weight: wholeNumber(file, line, weight, 'The weight'),
      steps: steps.map(({ choices }) => choices),
      weekday,
    });
  }
  const contracts = new Map<string, Contract>();
  for (const line of parts.get('CONTRACTS') ?? []) {
    const [id = '', name = '', ...terms] = fieldsOf(line);
    if (contracts.has(id)) throw fault(file, line.number, `The contract "${id}" stands here twice.`);
    const numbers = terms.map((term) => /^\((\d+)\|(\d+)(?:\|(\d+))?\)$/.exec(term)?.slice(1).map(Number));
    const term = (index: number): { weight: number; limit: number } => {
      const [on, weight, limit] = numbers[index] ?? [];
      if (on === undefined || on > 1 || weight === undefined)
        throw fault(
          file,
          line.number,
          `Field ${index + 3} of the contract should be (on|weight|limit), on as 0 or 1.`,
        );
      return { weight: on === 1 ? weight : 0, limit: limit ?? 0 };
    };
    const weekend = [...(terms[10] ?? '').matchAll(/[A-Z][a-z]+day/g)].map(([day]) => weekdays.indexOf(day));
    if (
      weekend.length === 0 ||
      weekend.some((day, index) => day < 0 || day !== ((weekend[0] ?? 0) + index) % 7)
    )
      throw fault(file, line.number, 'The contract names no weekend.');
    const named = (terms[17] ?? '').split(/\s+/).filter(Boolean);
    if (named.length !== wholeNumber(file, line, terms[16], 'The number of patterns'))
      throw fault(file, line.number, 'The contract has not as many patterns as it says.');
    contracts.set(id, {
      name,
      term,
      weekend,
      patterns: named.map((each) => {
        const found = patterns.get(each);
        if (found === undefined) throw fault(file, line.number, `There is no pattern ${each}.`);
        return found;
      }),
    });
  }
  return contracts;
}

type Employee = { id: string; person: Person };

function readEmployees(reader: Reader, contracts: Map<string, Contract>, needs: number[][]): Employee[] {
  const { file, parts, days, first, skills, shifts } = reader;
  const lines = parts.get('EMPLOYEES') ?? [];
  if (lines.length === 0) throw fault(file, 1, 'There is nobody to roster: EMPLOYEES is empty.');
  const seen = new Set<string>();
  return lines.map((line) => {
    const [given, , contractId = '', , held = ''] = fieldsOf(line);
    const id = idIn(file, line, given, 'person');
    if (seen.has(id)) throw fault(file, line.number, `The person "${id}" stands here twice.`);
    seen.add(id);
    const contract = contracts.get(contractId);
    if (contract === undefined) throw fault(file, line.number, `There is no contract ${contractId}.`);
    const mine = new Set(
      held
        .split(/\s+/)
        .filter(Boolean)
        .map((skill) => indexIn(file, line, skills, skill, 'skill')),
    );
    const calendar = { days, firstWeekday: (((first + 3) % 7) + 7) % 7, choices: needs.length, shifts };
    const wishes: Wish[] = [];
    const { weight } = contract.term(15);
    needs.forEach((wanted, choice) => {
      if (weight === 0 || wanted.every((skill) => mine.has(skill))) return;
      for (let day = 0; day < days; day++)
        wishes.push({
          day,
          choices: [choice],
          weight,
          id: 'skill',
          words: 'has not the skill of this shift',
        });
    });
    const rules = [
      ...contractRules(contract, calendar, blocksOf(contract.weekend, calendar)),
      ...contract.patterns.map((pattern) => patternRule(pattern, calendar)),
    ];
    return { id, person: { id, wishes, rules } };
  });
}

function readCover(reader: Reader, firstWeekday: number): Cover[] {
  const { file, parts, days, shifts } = reader;
  const byWeekday = weekdays.map(() => new Map<number, number>());
  for (const line of parts.get('DAY_OF_WEEK_COVER') ?? []) {
    const [day = '', name = '', wanted] = fieldsOf(line);
    if (!weekdays.includes(day)) throw fault(file, line.number, `There is no weekday "${day}".`);
    const ofDay = byWeekday[weekdays.indexOf(day)];
    const choice = indexIn(file, line, shifts, name, 'shift');
    if (ofDay?.has(choice) === true) throw fault(file, line.number, `${day}, ${name} stands here twice.`);
    ofDay?.set(choice, wholeNumber(file, line, wanted, 'The staff wanted'));
  }
  const special = new Map<string, number>();
  for (const line of parts.get('DATE_SPECIFIC_COVER') ?? []) {
    const [date = '', name = '', wanted] = fieldsOf(line);
    const key = `${dayIn(reader, line, date)}/${indexIn(file, line, shifts, name, 'shift')}`;
    if (special.has(key)) throw fault(file, line.number, `${date}, ${name} stands here twice.`);
    special.set(key, wholeNumber(file, line, wanted, 'The staff wanted'));
  }
  const must = [{ count: Infinity, weight: Infinity }];
  return Array.from({ length: days }, (_, day) =>
    [...shifts].map(([name, choice]) => ({
      id: `${day}/${name}`,
      words: `${name} on day ${day}`,
      parts: [{ day, choices: [choice] }],
      wanted: special.get(`${day}/${choice}`) ?? byWeekday[(day + firstWeekday) % 7]?.get(choice) ?? 0,
      under: must,
      over: must,
    })),
  ).flat();
}

function readRequests(reader: Reader, people: Employee[], duties: Duty[]): void {
  const { file, parts, shifts } = reader;
  const byId = new Map(people.map((employee, index) => [employee.id, index]));
  const work = duties.map((_, choice) => choice).slice(1);
  const kinds = ['DAY_OFF_REQUESTS', 'DAY_ON_REQUESTS', 'SHIFT_OFF_REQUESTS', 'SHIFT_ON_REQUESTS'];
  for (const kind of kinds) {
    for (const line of parts.get(kind) ?? []) {
      const fields = fieldsOf(line);
      const [id = '', date = '', name = ''] = fields;
      const wanted = kind.startsWith('SHIFT') ? [indexIn(file, line, shifts, name, 'shift')] : work;
      const isOn = kind.includes('_ON_');
      people[indexIn(file, line, byId, id, 'person')]?.person.wishes.push({
        day: dayIn(reader, line, date),
        choices: isOn ? [0, ...work].filter((choice) => !wanted.includes(choice)) : wanted,
        weight: wholeNumber(file, line, fields.at(-1), 'The weight'),
        id: kind.toLowerCase().replaceAll('_', '-').replace(/s$/, ''),
        words: `asks ${isOn ? '' : 'not '}for ${kind.startsWith('SHIFT') ? name : 'work'}`,
      });
    }
  }
}
