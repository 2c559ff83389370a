import { dayOf, type Day } from '../organisations/index.ts';
import type { Moments } from './types.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** True at the first moment and up to, not at, the last. */
export const holdsAt = (span: Moments, at: number): boolean =>
  span.from <= at && (span.to === null || at < span.to);

/** Whole years lived on a day. Who is born on 29 February is a year older on 1 March. */
export function ageOn(born: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

/** How many days after one day another is. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / dayMs;

const daysOfHours = new Map<number, Day>();

/** The day a moment falls on in the United Kingdom. Clocks differ by whole hours, so each hour is worked out once. */
export function ukDay(at: number): Day {
  const hour = Math.floor(at / hourMs);
  let day = daysOfHours.get(hour);
  if (day === undefined) {
    if (daysOfHours.size >= 20_000) daysOfHours.clear();
    daysOfHours.set(hour, (day = dayOf(new Date(at))));
  }
  return day;
}
