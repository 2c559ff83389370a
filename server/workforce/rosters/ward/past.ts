import { dateOf, weekdayOf } from '../rules/index.ts';
import type { Chance } from './random.ts';

export type Duty = { date: string; shift: string };

const weeksBefore = 17;

/**
 * What somebody worked in the 17 weeks before a day: rows of two or three alike, then days off, and few
 * weekends.
 */
export function pastOf(
  chance: Chance,
  firstDay: number,
  weeklyMinutes: number,
  allowed: readonly string[],
): Duty[] {
  const duties: Duty[] = [];
  let owed = (chance.unit() * weeklyMinutes) / 2;
  let restUntil = 0;
  const weekends: number[] = [];
  for (let day = firstDay - 7 * weeksBefore; day < firstDay; day++) {
    owed += weeklyMinutes / 7;
    if (day < restUntil || owed < 690) continue;
    const shift = pickShift(chance, allowed);
    const length = shift === 'N' ? chance.between(2, 3) : chance.between(1, 3);
    const days = Array.from({ length }, (_, index) => day + index).filter((each) => each < firstDay);
    const weekendsTouched = new Set(days.filter((each) => weekdayOf(each) >= 5).map((each) => weekOf(each)));
    const recent = weekends.filter((week) => week > weekOf(day) - 4);
    if ([...weekendsTouched].some((week) => !recent.includes(week) && recent.length >= 2)) continue;
    for (const each of days) {
      duties.push({ date: dateOf(each), shift });
      owed -= shift === 'E' || shift === 'L' ? 450 : 690;
    }
    for (const week of weekendsTouched) if (!weekends.includes(week)) weekends.push(week);
    restUntil = day + length + (shift === 'N' ? 3 : 2);
    day += length - 1;
    owed += ((length - 1) * weeklyMinutes) / 7;
  }
  return duties;
}

const weekOf = (day: number): number => Math.floor((day + 3) / 7);

function pickShift(chance: Chance, allowed: readonly string[]): string {
  const likely = allowed.includes('LD') && chance.happens(0.55) ? 'LD' : undefined;
  if (likely !== undefined) return likely;
  return chance.pick(allowed);
}
