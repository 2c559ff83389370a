import { Problem } from '../../platform/errors.ts';
import { readDate, type DateRange } from '../search/index.ts';

/** Reads a date or time parameter as the stretch of time it covers. Throws a Problem that names the parameter. */
export function readMoment(text: string, name: string): DateRange {
  const range = { low: 0, high: 0 };
  // A plus sign that was not encoded arrives as a space.
  if (readDate(text.replace(' ', '+'), range)) return range;
  throw new Problem('rest/moment', 400, `${name} is a date or time such as 2026-11-21T10:00:00Z.`, {
    place: name,
    wayOut: 'Give a date, or a date with time and zone.',
  });
}
