import type { PersonInFile } from '../format/index.ts';

/**
 * Whether a person of the own team may work long days and has neither leave nor a request between two dates.
 */
export function canBeLocked(person: PersonInFile, from: string, to: string): boolean {
  const isOpen = person.tier === 'own' && (person.onlyShifts?.includes('LD') ?? true);
  const isAway = (person.leave ?? []).some((leave) => leave.from < to && from < leave.to);
  const hasAsked = (person.requests ?? []).some(({ date }) => date >= from && date < to);
  return isOpen && !isAway && !hasAsked;
}
