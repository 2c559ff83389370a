import { Problem } from '../platform/errors.ts';
import type { Day, Span } from './types.ts';

/** True when something holds on a day: its first day counts, its `to` no longer does. */
export const holdsOn = (span: Span, day: Day): boolean =>
  (span.from === null || span.from <= day) && (span.to === null || day < span.to);

/** True for a day of the calendar, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** The day somebody asked for, else today in the United Kingdom. */
export function dayAsked(text: string | undefined, now: Date): Day {
  if (text === undefined || text === '') return dayOf(now);
  if (isDay(text)) return text;
  throw new Problem('organisations/no-such-day', 400, 'That is no day of the calendar.', {
    place: 'date',
    wayOut: 'Write it as year-month-day, such as 2026-04-01.',
  });
}

const ukDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day a moment falls on in the United Kingdom. */
export const dayOf = (at: Date): Day => ukDay.format(at);

/** The day before. */
export function dayBefore(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The day after. */
export function dayAfter(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
