/** Reads FHIR dates. A date keeps the precision it was given. */
import type { Period } from '@medplum/fhirtypes';

/** The calendar day as the source wrote it, in its own time zone; shorter when only a month or year is known. */
export function dayOf(date: string | undefined): string | undefined {
  return date?.slice(0, 10);
}

/** Equal for two ways of writing one moment; a date without a time stays as exact as it is. */
export function momentKey(date: string | undefined): string {
  if (date === undefined) return '';
  if (!date.includes('T')) return date;
  const instant = Date.parse(date);
  return Number.isNaN(instant) ? date : `@${instant}`;
}

/** For putting dates in order; an unknown date is before all others. */
export function momentOf(date: string | undefined): number {
  const instant = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(instant) ? Number.NEGATIVE_INFINITY : instant;
}

export function startOf(period: Period | undefined): string | undefined {
  return period?.start ?? period?.end;
}
