import { takePrefix, unescape } from '../asking/split.ts';
import { readDate, type DateRange } from '../dates.ts';
import { precisionRange } from '../numbers.ts';
import { broken } from './context.ts';
import type { RangeTest } from './types.ts';

/** Reads `ge2019-05` and such. `ap` widens by a tenth of the distance to now. Source: FHIR R4, Search, prefixes. */
export function dateTest(place: string, value: string, now: number): RangeTest {
  const { prefix, rest } = takePrefix(unescape(value));
  const range: DateRange = { low: 0, high: 0 };
  if (!readDate(rest.replace(' ', '+'), range)) {
    throw broken(
      place,
      `${place} is a date such as 2026-11-21, perhaps with a time and a prefix such as ge.`,
    );
  }
  const { low, high } = range;
  if (prefix !== 'ap') return { prefix, low, high, value: low };
  const slack = Math.abs(now - low) / 10;
  return { prefix, low: low - slack, high: high + slack, value: low };
}

/** Reads `5.40`, `gt100` and such. `ap` widens by a tenth of the value. */
export function numberTest(place: string, value: string): RangeTest {
  const { prefix, rest } = takePrefix(unescape(value));
  const range = precisionRange(rest);
  if (range === undefined) throw broken(place, `${place} is a number, perhaps with a prefix such as gt.`);
  const slack = Math.abs(range.value) / 10;
  if (prefix === 'ap')
    return { prefix, low: range.value - slack, high: range.value + slack, value: range.value };
  return { prefix, ...range };
}
