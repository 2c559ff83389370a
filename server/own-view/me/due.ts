import { dayOf } from '../../organisations/index.ts';

/**
 * The last day to answer what somebody asked for: the same day of the next month, or the last of it where it is shorter. The next
 * working day is allowed where that is none; it is not used here, so that nothing is late. Sources: UK GDPR article 12(3); ICO, Right of
 * access, "How long do we have to comply?" (from memory).
 */
export function dueAfter(asked: Date): string {
  const [year, month, day] = dayOf(asked).split('-').map(Number) as [number, number, number];
  const lastOfNext = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, lastOfNext))).toISOString().slice(0, 10);
}
