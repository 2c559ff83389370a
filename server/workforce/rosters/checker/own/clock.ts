const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** What clocks in London show at a moment, as minutes since 1970-01-01 00:00 on that clock. */
function clockAt(utcMinute: number): number {
  const parts = Object.fromEntries(
    london.formatToParts(utcMinute * 60_000).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
}

const known = new Map<number, number>();

/**
 * The minute of UTC at which clocks in London show a time, given as minutes since 1970-01-01 00:00 on the
 * clock. Of two such minutes the first; where the clocks skip the time, an hour on.
 */
export function utcOf(clock: number): number {
  let found = known.get(clock);
  if (found === undefined) {
    found = clockAt(clock - 60) === clock ? clock - 60 : clock;
    known.set(clock, found);
  }
  return found;
}

const dayOfDate = new Map<string, number>();
const dateOfNumber = new Map<number, string>();

/** The days from 1970-01-01 to a `YYYY-MM-DD`. */
export function dayNumberOf(date: string): number {
  let day = dayOfDate.get(date);
  if (day === undefined) {
    day = Date.parse(`${date}T00:00:00Z`) / 86_400_000;
    dayOfDate.set(date, day);
  }
  return day;
}

export function dateOfDay(day: number): string {
  let date = dateOfNumber.get(day);
  if (date === undefined) {
    date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    dateOfNumber.set(day, date);
  }
  return date;
}

/** Monday is 0. */
export const weekdayOfDay = (day: number): number => (new Date(day * 86_400_000).getUTCDay() + 6) % 7;
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
