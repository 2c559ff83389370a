import { dayNumber } from './time.ts';

/**
 * How many days too late a roster was made known, for a rule that asks for so many days of notice; 0 when it
 * was in time.
 */
export function daysShortOfNotice(publishedOn: string, from: string, noticeDays: number): number {
  return Math.max(0, noticeDays - (dayNumber(from)! - dayNumber(publishedOn)!));
}
