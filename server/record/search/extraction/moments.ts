import { readDate, type DateRange } from '../dates.ts';
import type { Param } from '../parameters/types.ts';
import type { IndexRow } from './index-row.ts';

type Period = { start?: unknown; end?: unknown };
type Timing = { event?: unknown; repeat?: { boundsPeriod?: Period } };

const range: DateRange = { low: 0, high: 0 };

export function addDate(row: IndexRow, param: Param, value: unknown): void {
  if (typeof value === 'string' && readDate(value, range)) add(row, param, range.low, range.high);
}

/** A period reaches from the start of its start to the end of its end; an end that is not given is open. */
export function addPeriod(row: IndexRow, param: Param, value: Period): void {
  let low = -Infinity;
  let high = Infinity;
  if (typeof value.start === 'string' && readDate(value.start, range)) low = range.low;
  if (typeof value.end === 'string' && readDate(value.end, range)) high = range.high;
  if ((low !== -Infinity || high !== Infinity) && low < high) add(row, param, low, high);
}

/** Only the outer limits of a schedule count. Source: FHIR R4, Search, date parameters. */
export function addTiming(row: IndexRow, param: Param, value: Timing): void {
  let low = Infinity;
  let high = -Infinity;
  if (Array.isArray(value.event)) {
    for (const event of value.event) {
      if (typeof event !== 'string' || !readDate(event, range)) continue;
      low = Math.min(low, range.low);
      high = Math.max(high, range.high);
    }
  }
  if (low < high) add(row, param, low, high);
  else if (value.repeat?.boundsPeriod != null) addPeriod(row, param, value.repeat.boundsPeriod);
}

function add(row: IndexRow, param: Param, low: number, high: number): void {
  row.present(param.ordinal);
  if (param.mainDate) {
    row.dateLow = low;
    row.dateHigh = high;
  } else {
    row.dates.add(param.ordinal, 0, 0, 0, 0, low, high);
  }
}
