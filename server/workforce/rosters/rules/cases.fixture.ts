import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PersonInFile, RosterFile, ShiftInFile } from '../format/index.ts';
import { dateOf, dayNumber, weekdayOf } from './time.ts';

/** A labelled case: what one rule says of one person's duties. */
export type LabelledCase = {
  rule: string;
  isLegal: boolean;
  name: string;
  file: RosterFile;
  cells: string[];
};

const folder = path.join(import.meta.dirname, 'cases');

const linesOf = (name: string): string[] =>
  readFileSync(path.join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The labelled cases of the three tables in the folder beside this file. */
export function labelledCases(): LabelledCase[] {
  return [
    ...linesOf('working-time-regulations.txt').map((line) => caseIn(line, 'wtr-1998')),
    ...linesOf('resident-doctors.txt').flatMap((line) =>
      (['2016', '2019'] as const)
        .filter((year) => !/^20\d\d /.test(line) || line.startsWith(year))
        .map((year) => caseIn(`rd${year}-${line.replace(/^20\d\d /, '')}`, `resident-doctors-${year}`)),
    ),
    ...linesOf('ward-policy.txt').map((line) => caseIn(line, 'ward-policy-example')),
  ];
}

const mondays = {
  'resident-doctors-2016': { usual: '2018-06-04', spring: '2018-03-19', autumn: '2018-10-22' },
  other: { usual: '2026-06-01', spring: '2026-03-23', autumn: '2026-10-19' },
};

function caseIn(line: string, pack: string): LabelledCase {
  const [rule = '', label, why = '', plan = '', about = ''] = line.split('|').map((cell) => cell.trim());
  const notes = about.split(';').map((note) => note.trim().split(' '));
  const noteOf = (name: string): string[] | undefined => notes.find(([each]) => each === name)?.slice(1);
  const seasons = pack === 'resident-doctors-2016' ? mondays[pack] : mondays.other;
  const season = noteOf('spring') ? 'spring' : noteOf('autumn') ? 'autumn' : 'usual';
  const from = noteOf('from')?.[0] ?? seasons[season];
  const first = dayNumber(from)!;

  const shifts: ShiftInFile[] = [];
  const worked: NonNullable<PersonInFile['worked']> = [];
  const cells = Array<string>(28).fill('');
  for (const part of plan.split(';')) {
    const { days, times } = duties(part.trim(), first);
    for (const day of days) {
      if (day < 0) {
        worked.push({ date: dateOf(first + day), ...times });
        continue;
      }
      const id = `${times.start}-${times.end}-${times.breakMinutes}-${times.unpaidMinutes}`.replaceAll(
        ':',
        '',
      );
      if (!shifts.some((shift) => shift.id === id)) shifts.push({ id, name: id, ...times });
      cells[day] = id;
    }
  }
  if (shifts.length === 0)
    shifts.push({ id: 'D', name: 'Day', start: '08:00', end: '16:00', breakMinutes: 30 });
  const [optFrom, optTo] = noteOf('opt-out') ?? [];
  const [born] = noteOf('born') ?? [];
  const person: PersonInFile = {
    id: 'P',
    contract: 'C',
    tier: 'own',
    worked,
    ...(born === undefined ? {} : { born }),
    ...(optFrom === undefined
      ? {}
      : { optOut: { from: optFrom, ...(optTo === undefined ? {} : { to: optTo }) } }),
    ...(noteOf('night-worker') ? { nightWorker: true } : {}),
    ...(noteOf('special-hazards') ? { specialHazards: true } : {}),
  };
  return {
    rule,
    isLegal: label === 'legal',
    name: `${rule}: ${label}, ${why}`,
    cells,
    file: {
      format: 'openics-roster-1',
      name: 'Case',
      from,
      days: 28,
      pencePerPoint: 100,
      competences: [],
      shifts,
      tiers: [{ id: 'own', kind: 'own', paid: 'by-contract', pencePerHour: 0 }],
      contracts: [{ id: 'C', weeklyMinutes: 2250, packs: [pack] }],
      people: [person],
      demand: [],
    },
  };
}

type Times = Pick<ShiftInFile, 'start' | 'end' | 'breakMinutes'> & { unpaidMinutes: number };

const written = /^(-?\d+)(?:\.\.(-?\d+)(?:\/(\d+))?)?( w5)? ([\d:]+)-([\d:]+)(?: b(\d+))?(?: u(\d+))?$/;

function duties(part: string, first: number): { days: number[]; times: Times } {
  const found = written.exec(part);
  if (found === null) throw new Error(`Not a duty: "${part}"`);
  const [, from = '', to = from, step = '1', weekdays, start = '', end = '', rest = '0', unpaid = rest] =
    found;
  const days: number[] = [];
  for (let day = Number(from); day <= Number(to); day += Number(step))
    if (weekdays === undefined || weekdayOf(first + day) < 5) days.push(day);
  return { days, times: { start, end, breakMinutes: Number(rest), unpaidMinutes: Number(unpaid) } };
}
