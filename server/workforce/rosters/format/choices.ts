import { dateOf, dayNumber } from '../rules/index.ts';
import type { PersonInFile, RosterFile, ShiftInFile } from './schema.ts';
import { shapeOf } from './shapes.ts';

/** Whether somebody holds a competence on a date; its `to` is the first day without. */
export const holds = (person: PersonInFile, competence: string, date: string): boolean =>
  (person.competences ?? []).some(({ id, to }) => id === competence && (to === undefined || date < to));

/**
 * Why somebody cannot work a shift on a day, rules on hours apart; undefined when they can. Day 0 is the first
 * of the roster.
 */
export function canWork(
  file: RosterFile,
  person: PersonInFile,
  shift: ShiftInFile,
  day: number,
): string | undefined {
  const first = dayNumber(file.from) ?? 0;
  const date = dateOf(first + day);
  if (person.onlyShifts !== undefined && !person.onlyShifts.includes(shift.id))
    return 'This shift is not among those agreed for this person.';
  const lacking = (shift.needs ?? []).some((competence) => !holds(person, competence, date));
  if (lacking) return 'A competence that this shift needs is missing or has run out.';
  const lastDate = shapeOf(shift).end > 1440 ? dateOf(first + day + 1) : date;
  if ((person.leave ?? []).some(({ from, to }) => from <= lastDate && date < to))
    return 'This person is on leave.';
  if (!isOffered(file, person, shift, date)) return 'This person has not offered to work then.';
  return undefined;
}

function isOffered(file: RosterFile, person: PersonInFile, shift: ShiftInFile, date: string): boolean {
  const kind = file.tiers.find(({ id }) => id === person.tier)?.kind;
  if (kind === 'own') return true;
  return (person.offers ?? []).some(
    (offer) => offer.date === date && (offer.shifts === undefined || offer.shifts.includes(shift.id)),
  );
}
