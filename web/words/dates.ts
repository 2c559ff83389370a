/** Dates in words, as the NHS writes them: 3 May 2019, 8:57am. Times are those of the United Kingdom. */

const zone = 'Europe/London';
const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: zone,
});
const plainDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const time = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
  timeZone: zone,
});

/** A FHIR date in words, as exact as it is. What is no date is given back as it is. */
export function dateWords(date: string | undefined): string {
  if (date === undefined) return 'Date not recorded';
  if (/^\d{4}$/.test(date)) return date;
  const instant = new Date(date);
  if (Number.isNaN(instant.getTime())) return date;
  if (/^\d{4}-\d\d$/.test(date)) return month.format(instant);
  return date.includes('T') ? day.format(instant) : plainDay.format(instant);
}

const shortZoned = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: zone,
});
const shortPlain = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A FHIR date for a table: 3 May 2019, 21 Oct 2008. */
export function shortDate(date: string | undefined): string {
  if (date === undefined || !/^\d{4}-\d\d-\d\d/.test(date)) return dateWords(date);
  const instant = new Date(date);
  if (Number.isNaN(instant.getTime())) return date;
  return (date.includes('T') ? shortZoned : shortPlain).format(instant).replace('Sept', 'Sep');
}

/** A FHIR date for a table, with its time where it has one. */
export function shortDateTime(date: string | undefined): string {
  if (date === undefined || !date.includes('T')) return shortDate(date);
  const instant = new Date(date);
  return Number.isNaN(instant.getTime()) ? date : `${shortDate(date)}, ${timeWords(instant)}`;
}

/** A FHIR date in words, with its time where it has one. */
export function dateTimeWords(date: string | undefined): string {
  if (date === undefined || !date.includes('T')) return dateWords(date);
  const instant = new Date(date);
  return Number.isNaN(instant.getTime()) ? date : `${day.format(instant)}, ${timeWords(instant)}`;
}

function timeWords(instant: Date): string {
  return time.format(instant).replace(/\s/, '').toLowerCase();
}

/** The year of a FHIR date, in the United Kingdom. */
export function yearOf(date: string): number {
  return Number.parseInt(date.slice(0, 4), 10);
}

/** Age in whole years, or in months under 2 years, at a moment; undefined when the birth date is not whole. */
export function ageWords(born: string | undefined, at: Date): string | undefined {
  if (born === undefined || !/^\d{4}-\d\d-\d\d$/.test(born)) return undefined;
  const birth = new Date(born);
  let months = (at.getUTCFullYear() - birth.getUTCFullYear()) * 12 + at.getUTCMonth() - birth.getUTCMonth();
  if (at.getUTCDate() < birth.getUTCDate()) months -= 1;
  if (months < 0) return undefined;
  if (months < 24) return months === 1 ? '1 month' : `${months} months`;
  return `${Math.floor(months / 12)} years`;
}
