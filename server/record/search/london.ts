/**
 * Clock time in Europe/London. A date or time without an offset is taken as the clock on the wall here: FHIR R4, Search,
 * 3.1.1.4.7 "the server's local timezone should be assumed". A day is then the day a clinician in England means.
 */

const minute = 60_000;
const day = 86_400_000;
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** When the offset changes within a year: moments and the offsets from then on. */
type Year = { start: number; moments: number[]; offsets: number[] };

const years = new Map<number, Year>();

/** The moment (milliseconds since 1970) of a clock time given as if it were UTC. In the hour that does not exist, one hour later. */
export function fromLondon(wallMs: number): number {
  const year = yearOf(new Date(wallMs).getUTCFullYear());
  const early = wallMs - offsetIn(year, wallMs - 60 * minute);
  const offset = offsetIn(year, early);
  return wallMs - offset;
}

/** How far the clock in London is ahead of UTC at a moment, in milliseconds. */
export function londonOffset(ms: number): number {
  return offsetIn(yearOf(new Date(ms).getUTCFullYear()), ms);
}

function offsetIn(year: Year, ms: number): number {
  let offset = year.start;
  for (let i = 0; i < year.moments.length && ms >= year.moments[i]!; i++) offset = year.offsets[i]!;
  return offset;
}

function yearOf(number: number): Year {
  const known = years.get(number);
  if (known !== undefined) return known;
  const made = readYear(number);
  years.set(number, made);
  return made;
}

function readYear(number: number): Year {
  const from = utcYear(number);
  const to = utcYear(number + 1);
  const year: Year = { start: askOffset(from), moments: [], offsets: [] };
  let before = year.start;
  for (let at = from; at < to; at += 7 * day) {
    const end = Math.min(at + 7 * day, to);
    const after = askOffset(end);
    if (after === before) continue;
    year.moments.push(findChange(at, end, before));
    year.offsets.push(after);
    before = after;
  }
  return year;
}

function findChange(from: number, to: number, before: number): number {
  let low = from;
  let high = to;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (askOffset(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function askOffset(ms: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(ms)) parts[type] = Number(value);
  const wall = new Date(0);
  wall.setUTCFullYear(parts['year']!, parts['month']! - 1, parts['day']!);
  wall.setUTCHours(parts['hour']!, parts['minute']!, parts['second']!, 0);
  return wall.getTime() - Math.floor(ms / 1000) * 1000;
}

function utcYear(number: number): number {
  const date = new Date(0);
  date.setUTCFullYear(number, 0, 1);
  return date.getTime();
}
