/** A day, counted from 1970-01-01. */
export type DayNumber = number;

const dayMs = 86_400_000;

export const minutesADay = 1440;

/** The day of a `YYYY-MM-DD`; undefined when the calendar has no such day. */
export function dayNumber(text: string): DayNumber | undefined {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) return undefined;
  return ms / dayMs;
}

const dates = new Map<DayNumber, string>();

/** `YYYY-MM-DD`. */
export function dateOf(day: DayNumber): string {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  return date;
}

/** Monday is 0. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7;

/** Minutes after midnight of `HH:MM`, up to 24:00. */
export function clockMinutes(text: string): number {
  const [hours = '0', minutes = '0'] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}

type Changes = { spring: DayNumber; autumn: DayNumber };
const changesOfYear = new Map<number, Changes>();

/** The days on which clocks in the United Kingdom change. Source: The Summer Time Order 2002. */
export function clockChanges(year: number): Changes {
  let changes = changesOfYear.get(year);
  if (changes === undefined) {
    changes = { spring: lastSunday(year, 2), autumn: lastSunday(year, 9) };
    changesOfYear.set(year, changes);
  }
  return changes;
}

const changesOfDay = new Map<DayNumber, Changes>();

function changesAround(day: DayNumber): Changes {
  let changes = changesOfDay.get(day);
  if (changes === undefined) {
    changes = clockChanges(new Date(day * dayMs).getUTCFullYear());
    changesOfDay.set(day, changes);
  }
  return changes;
}

function lastSunday(year: number, month: number): DayNumber {
  const last = Date.UTC(year, month + 1, 0) / dayMs;
  return last - ((weekdayOf(last) + 1) % 7);
}

/**
 * The true minute, counted from 1970-01-01 00:00 UTC, of a time on the clocks of the United Kingdom: `minute`
 * after midnight of `day`, and beyond 1440 for the days after. Times that the clocks skip in March are an hour
 * on; of the two that come twice in October it is the first.
 */
export function trueMinute(day: DayNumber, minute: number): number {
  const onDay = day + Math.floor(minute / minutesADay);
  const local = day * minutesADay + minute;
  const { spring, autumn } = changesAround(onDay);
  const isSummer = local >= spring * minutesADay + 120 && local < autumn * minutesADay + 120;
  return isSummer ? local - 60 : local;
}
