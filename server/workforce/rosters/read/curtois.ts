import type { Cover, Duty, Person, Problem, Rule, Wish } from '../types.ts';
import { cellsOf, fault, idIn, indexIn, linesOf, mostDuties, wholeNumber, type Line } from './lines.ts';

const sections = [
  'SECTION_HORIZON',
  'SECTION_SHIFTS',
  'SECTION_STAFF',
  'SECTION_DAYS_OFF',
  'SECTION_SHIFT_ON_REQUESTS',
  'SECTION_SHIFT_OFF_REQUESTS',
  'SECTION_COVER',
];

/** Reads an instance of Curtois and Qu's shift scheduling benchmarks. Source: schedulingbenchmarks.org. */
export function readCurtois(text: string, file: string): Problem {
  const parts = split(text, file);
  const [horizon, second] = parts.get('SECTION_HORIZON') ?? [];
  if (horizon === undefined) throw fault(file, 1, 'SECTION_HORIZON gives no number of days.');
  if (second !== undefined) throw fault(file, second.number, 'The number of days stands here twice.');
  const days = wholeNumber(file, horizon, horizon.text, 'The number of days', 1);
  const reader = { file, days, shifts: new Map<string, number>(), staff: new Map<string, number>() };
  const { duties, after } = readShifts(parts.get('SECTION_SHIFTS') ?? [], reader);
  const people = readStaff(parts.get('SECTION_STAFF') ?? [], reader, duties, after);
  readDaysOff(parts.get('SECTION_DAYS_OFF') ?? [], reader, people, duties);
  readRequests(parts.get('SECTION_SHIFT_ON_REQUESTS') ?? [], reader, people, duties, true);
  readRequests(parts.get('SECTION_SHIFT_OFF_REQUESTS') ?? [], reader, people, duties, false);
  const cover = readCover(parts.get('SECTION_COVER') ?? [], reader);
  const name = file.replace(/^.*\//, '').replace(/\.txt$/, '');
  return { name, format: 'curtois', days, firstWeekday: 0, duties, people, cover };
}

type Reader = { file: string; days: number; shifts: Map<string, number>; staff: Map<string, number> };

function split(text: string, file: string): Map<string, Line[]> {
  const parts = new Map<string, Line[]>();
  let open: Line[] | undefined;
  for (const line of linesOf(text, /^#/)) {
    if (/^section_/i.test(line.text)) {
      const name = line.text.toUpperCase();
      if (!sections.includes(name))
        throw fault(
          file,
          line.number,
          `There is no section called ${line.text}.`,
          `Known: ${sections.join(', ')}.`,
        );
      open = parts.get(name) ?? [];
      parts.set(name, open);
    } else if (open === undefined)
      throw fault(file, line.number, 'This line stands before the first section.');
    else open.push(line);
  }
  return parts;
}

/** The fields of a line, `fewest` to `most` of them. */
function fieldsOf(file: string, line: Line, most: number, fewest = most): string[] {
  const fields = cellsOf(line.text);
  if (fields.length < fewest || fields.length > most)
    throw fault(file, line.number, `This line should have ${most} fields, and has ${fields.length}.`);
  return fields;
}

function readShifts(lines: Line[], { file, shifts }: Reader): { duties: Duty[]; after: number[][] } {
  const duties: Duty[] = [{ id: '', minutes: 0 }];
  for (const line of lines) {
    const [given, minutes] = fieldsOf(file, line, 3, 2);
    const id = idIn(file, line, given, 'shift');
    if (shifts.has(id)) throw fault(file, line.number, `The shift "${id}" stands here twice.`);
    if (duties.length > mostDuties)
      throw fault(file, line.number, `There are more than ${mostDuties} shifts.`);
    shifts.set(id, duties.length);
    duties.push({ id, minutes: wholeNumber(file, line, minutes, 'The length of a shift') });
  }
  if (shifts.size === 0) throw fault(file, 1, 'There are no shifts.');
  const after = lines.map((line) =>
    (fieldsOf(file, line, 3, 2)[2] ?? '')
      .split('|')
      .map((id) => id.trim())
      .filter((id) => id !== '')
      .map((id) => indexIn(file, line, shifts, id, 'shift')),
  );
  return { duties, after: [[], ...after] };
}

function readStaff(lines: Line[], reader: Reader, duties: Duty[], after: number[][]): Person[] {
  if (lines.length === 0) throw fault(reader.file, 1, 'There is nobody to roster: SECTION_STAFF is empty.');
  return lines.map((line) => {
    const { file, staff } = reader;
    const fields = fieldsOf(file, line, 8);
    const id = idIn(file, line, fields[0], 'person');
    if (staff.has(id)) throw fault(file, line.number, `The person "${id}" stands here twice.`);
    staff.set(id, staff.size);
    return personOf(id, line, fields, reader, duties, after);
  });
}

function personOf(
  id: string,
  line: Line,
  fields: string[],
  { file, days, shifts }: Reader,
  duties: Duty[],
  after: number[][],
): Person {
  const number = (index: number, what: string): number => wholeNumber(file, line, fields[index], what);
  const maxMinutes = number(2, 'The most minutes');
  const minMinutes = number(3, 'The fewest minutes');
  const maxRun = number(4, 'The most shifts in a row');
  const minRun = number(5, 'The fewest shifts in a row');
  const minOff = number(6, 'The fewest days off in a row');
  const maxWeekends = number(7, 'The most weekends');
  if (minMinutes > maxMinutes)
    throw fault(
      file,
      line.number,
      `The fewest minutes (${minMinutes}) are more than the most (${maxMinutes}).`,
    );
  if (minRun > maxRun)
    throw fault(
      file,
      line.number,
      `The fewest shifts in a row (${minRun}) are more than the most (${maxRun}).`,
    );
  const work = duties.slice(1).map((_, index) => index + 1);
  const hard = { minWeight: Infinity, maxWeight: Infinity };
  const count = { ...hard, from: 0, to: days - 1, start: 0, min: 0 };
  const run = { ...hard, kind: 'run' as const, before: 'unknown' as const, openEnd: true };
  const rules: Rule[] = [
    {
      ...run,
      id: 'shifts-in-a-row',
      words: `works ${minRun} to ${maxRun} days in a row`,
      choices: work,
      min: minRun,
      max: maxRun,
    },
    {
      ...run,
      id: 'days-off-in-a-row',
      words: `has at least ${minOff} days off in a row`,
      choices: [0],
      min: minOff,
      max: Infinity,
    },
    {
      ...count,
      kind: 'count',
      id: 'minutes',
      words: `works ${minMinutes} to ${maxMinutes} minutes in all`,
      amounts: duties.map((duty) => duty.minutes),
      min: minMinutes,
      max: maxMinutes,
    },
    {
      ...hard,
      kind: 'blocks',
      id: 'weekends',
      words: `works at most ${maxWeekends} weekends`,
      blocks: weekendsOf(days),
      choices: work,
      start: 0,
      min: 0,
      max: maxWeekends,
    },
  ];
  after.forEach((next, shift) => {
    if (next.length > 0)
      rules.push({
        kind: 'pattern',
        id: `after-${duties[shift]?.id}`,
        words: `has none of ${next.map((each) => duties[each]?.id).join(', ')} on the day after ${duties[shift]?.id}`,
        steps: [[shift], next],
        weight: Infinity,
      });
  });
  const wishes: Wish[] = [];
  const limited = new Set<string>();
  for (const part of (fields[1] ?? '').split('|').filter((each) => each.trim() !== '')) {
    const [name = '', most] = part.split('=').map((each) => each.trim());
    const shift = indexIn(file, line, shifts, name, 'shift');
    if (limited.has(name)) throw fault(file, line.number, `The most shifts of ${name} stand here twice.`);
    limited.add(name);
    const max = wholeNumber(file, line, most, `The most shifts of ${name}`);
    if (max === 0) for (let day = 0; day < days; day++) wishes.push(cannot(day, shift, name));
    else if (max < days)
      rules.push({
        ...count,
        kind: 'count',
        id: `most-${name}`,
        words: `works at most ${max} of ${name}`,
        amounts: duties.map((_, index) => (index === shift ? 1 : 0)),
        max,
      });
  }
  return { id, wishes, rules };
}

const cannot = (day: number, shift: number, name: string): Wish => ({
  day,
  choices: [shift],
  weight: Infinity,
  id: `most-${name}`,
  words: `cannot work ${name}`,
});

function weekendsOf(days: number): number[][] {
  const weekends: number[][] = [];
  for (let saturday = 5; saturday < days; saturday += 7)
    weekends.push([saturday, saturday + 1].filter((day) => day < days));
  return weekends;
}

function dayIn(file: string, line: Line, text: string | undefined, days: number): number {
  const day = wholeNumber(file, line, text, 'The day');
  if (day >= days) throw fault(file, line.number, `Day ${day} is past the last day, ${days - 1}.`);
  return day;
}

function readDaysOff(lines: Line[], { file, days, staff }: Reader, people: Person[], duties: Duty[]): void {
  for (const line of lines) {
    const [id = '', ...off] = cellsOf(line.text);
    const person = people[indexIn(file, line, staff, id, 'person')];
    for (const text of off) {
      const day = dayIn(file, line, text, days);
      person?.wishes.push({
        day,
        choices: duties.slice(1).map((_, index) => index + 1),
        weight: Infinity,
        id: 'day-off',
        words: 'has this day off',
      });
    }
  }
}

function readRequests(
  lines: Line[],
  { file, days, staff, shifts }: Reader,
  people: Person[],
  duties: Duty[],
  isOn: boolean,
): void {
  for (const line of lines) {
    const [id = '', dayText, name = '', weight] = fieldsOf(file, line, 4);
    const person = people[indexIn(file, line, staff, id, 'person')];
    const shift = indexIn(file, line, shifts, name, 'shift');
    const others = duties.map((_, index) => index).filter((index) => index !== shift);
    person?.wishes.push({
      day: dayIn(file, line, dayText, days),
      choices: isOn ? others : [shift],
      weight: wholeNumber(file, line, weight, 'The weight'),
      id: isOn ? 'request-on' : 'request-off',
      words: isOn ? `asks for ${name}` : `asks not to have ${name}`,
    });
  }
}

function readCover(lines: Line[], { file, days, shifts }: Reader): Cover[] {
  return lines.map((line) => {
    const [dayText, name = '', wanted, under, over] = fieldsOf(file, line, 5);
    const day = dayIn(file, line, dayText, days);
    const shift = indexIn(file, line, shifts, name, 'shift');
    return {
      id: `${day}/${name}`,
      words: `${name} on day ${day}`,
      parts: [{ day, choices: [shift] }],
      wanted: wholeNumber(file, line, wanted, 'The staff wanted'),
      under: [
        { count: Infinity, weight: wholeNumber(file, line, under, 'The weight of each person missing') },
      ],
      over: [
        { count: Infinity, weight: wholeNumber(file, line, over, 'The weight of each person too many') },
      ],
    };
  });
}
