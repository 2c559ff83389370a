/** A day, counted from 1970-01-01. */
export type Day = number;
/** A minute, counted from 1970-01-01 00:00. The made-up world has no summer time. */
export type Minute = number;

export const minutesADay = 1440;
export const daysAYear = 365.25;

const firstDay = -25_600;
const isoDays: string[] = [];

/** `YYYY-MM-DD`. */
export function isoDay(day: Day): string {
  return (isoDays[day - firstDay] ??= new Date(day * 86_400_000).toISOString().slice(0, 10));
}

/** The day of a `YYYY-MM-DD`; undefined for anything else. */
export function dayOf(text: string): Day | undefined {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) return undefined;
  return ms / 86_400_000;
}

/** `YYYYMMDD`, as HL7 writes it. */
export function plainDay(day: Day): string {
  const iso = isoDay(day);
  return iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8);
}

/** `DD/MM/YYYY`. */
export function ukDay(day: Day): string {
  const iso = isoDay(day);
  return `${iso.slice(8)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
}

const two: string[] = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

export const dayOfMinute = (minute: Minute): Day => Math.floor(minute / minutesADay);

/** `YYYY-MM-DDTHH:MM:00Z`. */
export function isoTime(minute: Minute): string {
  const day = dayOfMinute(minute);
  const rest = minute - day * minutesADay;
  return `${isoDay(day)}T${two[Math.floor(rest / 60)]}:${two[rest % 60]}:00Z`;
}

/** `YYYYMMDDHHMM00`, as HL7 writes it. */
export function plainTime(minute: Minute): string {
  const day = dayOfMinute(minute);
  const rest = minute - day * minutesADay;
  return `${plainDay(day)}${two[Math.floor(rest / 60)]}${two[rest % 60]}00`;
}

/** Whole years between birth and a day. */
export function ageOn(day: Day, born: Day): number {
  const then = isoDay(born);
  const now = isoDay(day);
  const years = Number(now.slice(0, 4)) - Number(then.slice(0, 4));
  return now.slice(5) < then.slice(5) ? years - 1 : years;
}

/** Years between birth and a day, near enough for chances. */
export const yearsOn = (day: Day, born: Day): number => (day - born) / daysAYear;

export const yearOf = (day: Day): number => Number(isoDay(day).slice(0, 4));
