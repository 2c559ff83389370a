import { Problem } from '../../platform/errors.ts';

const shape =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2}))?)?)?$/;

/**
 * Reads a date or time parameter as the stretch of time it covers, in milliseconds, from `low` up to `high`.
 * A date without a time is a day in UTC.
 */
export function readMoment(text: string, name: string): { low: number; high: number } {
  // A plus sign that was not encoded arrives as a space.
  const [whole, year, month, day, time] = shape.exec(text.replace(' ', '+')) ?? [];
  const low = whole === undefined ? Number.NaN : Date.parse(whole);
  if (whole !== undefined && !Number.isNaN(low) && isRealDay(year, month, day)) {
    if (time !== undefined) return { low, high: low + (time.length > 5 ? 1000 : 60_000) };
    if (day !== undefined) return { low, high: low + 86_400_000 };
    return {
      low,
      high: Date.UTC(Number(year) + (month === undefined ? 1 : 0), month === undefined ? 0 : Number(month)),
    };
  }
  throw new Problem('rest/moment', 400, `${name} is a date or time such as 2026-11-21T10:00:00Z.`, {
    place: name,
    wayOut: 'Give a date, or a date with time and zone.',
  });
}

/** JavaScript reads 30 February as 1 March; a person who writes it is mistaken. */
function isRealDay(year?: string, month = '01', day = '01'): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
