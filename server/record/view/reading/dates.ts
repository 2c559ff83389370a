/** Reads FHIR dates. A date keeps the precision it was given. */
import type { Period } from '@medplum/fhirtypes';

/** The calendar day as the source wrote it, in its own time zone; shorter when only a month or year is known. */
export function dayOf(date: string | undefined): string | undefined {
  return date?.slice(0, 10);
}

/** The same moment written in one way: an instant in UTC when a time is given, else the date itself. */
export function momentKey(date: string | undefined): string {
  if (date === undefined) return '';
  if (!date.includes('T')) return date;
  const instant = Date.parse(date);
  return Number.isNaN(instant) ? date : new Date(instant).toISOString();
}

export function startOf(period: Period | undefined): string | undefined {
  return period?.start ?? period?.end;
}
