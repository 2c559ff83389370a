import type { PersonInFile, RosterFile } from '../../format/index.ts';
import type { Roster } from '../solution.ts';
import type { Tally } from '../types.ts';
import { dateOfDay, dayNumberOf, weekdayOfDay } from './clock.ts';
import { dutiesOf, dutyOn, isOf, type Duty } from './duty.ts';

const kinds = ['nights', 'weekends', 'holidays'] as const;
type Kind = (typeof kinds)[number];

const classes = { night: { nightMinutes: 180 } };

/** What goes beyond a fair share of nights, weekends and holidays over half a year. */
export function scoreFairness(file: RosterFile, roster: Roster, tally: Tally): void {
  for (const kind of kinds) {
    const fair = file.fairness?.[kind];
    if (fair === undefined) continue;
    const team = file.people.filter(
      (person) => minutesOfContract(file, person) > 0 && mayDo(file, person, kind),
    );
    const had = team.reduce((sum, { memory }) => sum + (memory?.[kind] ?? 0), 0);
    const minutes = team.reduce((sum, person) => sum + minutesOfContract(file, person), 0);
    for (const person of team) {
      const part = ((had + fair.expected) * minutesOfContract(file, person)) / minutes;
      const most = Math.max(0, Math.ceil(part - (person.memory?.[kind] ?? 0)));
      const duties = dutiesOf(file, person, roster.get(person.id)!).filter(({ isPast }) => !isPast);
      tally.add('fairness', Math.max(0, countOf(file, duties, kind) - most) * fair.weight);
    }
  }
}

function countOf(file: RosterFile, duties: Duty[], kind: Kind): number {
  if (kind === 'nights') return duties.filter((duty) => isOf(duty, 'night', classes)).length;
  if (kind === 'holidays')
    return duties.filter(({ day }) => file.holidays?.includes(dateOfDay(day)) === true).length;
  return new Set(duties.filter(({ day }) => weekdayOfDay(day) >= 5).map(({ day }) => day - weekdayOfDay(day)))
    .size;
}

function minutesOfContract(file: RosterFile, person: PersonInFile): number {
  const isOwn = file.tiers.some(({ id, kind }) => id === person.tier && kind === 'own');
  return isOwn ? file.contracts.find(({ id }) => id === person.contract)!.weeklyMinutes : 0;
}

function mayDo(file: RosterFile, { onlyShifts }: PersonInFile, kind: Kind): boolean {
  if (kind !== 'nights' || onlyShifts === undefined) return true;
  const day = dayNumberOf(file.from);
  return file.shifts.some(
    (shift) => onlyShifts.includes(shift.id) && isOf(dutyOn(day, shift, false), 'night', classes),
  );
}
