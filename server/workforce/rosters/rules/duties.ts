import type { DutyClass } from '../packs/index.ts';
import { clockMinutes, minutesADay, trueMinute, type DayNumber } from './time.ts';

/**
 * The times of a duty on the clock: minutes after midnight of its day; an end beyond 1440 is on the next day.
 */
export type Shape = { start: number; end: number; breakMinutes: number; unpaidMinutes: number };

/** When a duty on a day truly starts and ends, in minutes of UTC. */
export const trueSpan = (day: DayNumber, { start, end }: Shape): { start: number; end: number } => ({
  start: trueMinute(day, start),
  end: trueMinute(day, end),
});

/** How long somebody is there, an hour more or less than on the plan when the clock changes. */
export function presentMinutes(day: DayNumber, shape: Shape): number {
  const { start, end } = trueSpan(day, shape);
  return end - start;
}

/** What counts as working time: the breaks that are not paid do not. */
export const workedMinutes = (day: DayNumber, shape: Shape): number =>
  presentMinutes(day, shape) - shape.unpaidMinutes;

/** Minutes of a duty, as planned, between two times of the clock; the second may be after midnight. */
export function minutesBetween({ start, end }: Shape, from: number, to: number): number {
  const until = to > from ? to : to + minutesADay;
  let sum = 0;
  for (const shift of [-minutesADay, 0, minutesADay])
    sum += Math.max(0, Math.min(end, until + shift) - Math.max(start, from + shift));
  return sum;
}

const nightFrom = clockMinutes('23:00');
const nightTo = clockMinutes('06:00');

/** Whether a duty is of a class, by its planned hours. The class `any` holds all. */
export function isOfClass(shape: Shape, id: string, classes: Readonly<Record<string, DutyClass>>): boolean {
  if (id === 'any') return true;
  const wanted = classes[id];
  if (wanted === undefined) return false;
  const { overMinutes, nightMinutes, endsAfter, not } = wanted;
  if (overMinutes !== undefined && shape.end - shape.start <= overMinutes) return false;
  if (nightMinutes !== undefined && minutesBetween(shape, nightFrom, nightTo) < nightMinutes) return false;
  if (endsAfter !== undefined && shape.end <= clockMinutes(endsAfter)) return false;
  return not === undefined || !isOfClass(shape, not, classes);
}
