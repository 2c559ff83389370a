import { fromLondon } from './london.ts';

/** A stretch of time, milliseconds since 1970: from `low`, up to but without `high`. Open ends are infinite. */
export type DateRange = { low: number; high: number };

const second = 1000;
const minute = 60_000;
const day = 86_400_000;

/**
 * Reads a FHIR date, dateTime or instant as the range its precision covers: `2019-05` is the whole month. Without an
 * offset it is London time. False when the text is no such thing. Source: FHIR R4, Search, date parameters.
 */
export function readDate(text: string, out: DateRange): boolean {
  const length = text.length;
  const year = digits(text, 0, 4);
  if (year < 0) return false;
  if (length === 4) return setLocal(out, dayNumber(year, 1, 1) * day, dayNumber(year + 1, 1, 1) * day);
  const month = digits(text, 5, 2);
  if (text.charCodeAt(4) !== 45 || month < 1 || month > 12) return false;
  if (length === 7)
    return setLocal(out, dayNumber(year, month, 1) * day, dayNumber(year, month + 1, 1) * day);
  const date = digits(text, 8, 2);
  if (text.charCodeAt(7) !== 45 || date < 1 || date > daysInMonth(year, month)) return false;
  const midnight = dayNumber(year, month, date) * day;
  if (length === 10) return setLocal(out, midnight, midnight + day);
  return readTime(text, midnight, out);
}

/** Reads `Thh:mm[:ss[.fff]][offset]` that follows a date. */
function readTime(text: string, midnight: number, out: DateRange): boolean {
  const mark = text.charCodeAt(10);
  if (mark !== 84 && mark !== 116) return false;
  const hour = digits(text, 11, 2);
  const minutes = digits(text, 14, 2);
  if (hour < 0 || hour > 24 || minutes < 0 || minutes > 59 || text.charCodeAt(13) !== 58) return false;
  let at = 16;
  let low = midnight + hour * 3_600_000 + minutes * minute;
  let width = minute;
  if (text.charCodeAt(at) === 58) {
    const seconds = digits(text, 17, 2);
    if (seconds < 0 || seconds > 60) return false;
    low += seconds * second;
    width = second;
    at = 19;
    if (text.charCodeAt(at) === 46) {
      const from = ++at;
      let fraction = 0;
      for (; digit(text, at) >= 0; at++) {
        width /= 10;
        fraction += digit(text, at) * width;
      }
      if (at === from) return false;
      low += fraction;
    }
  }
  return place(text, at, low, width, out);
}

function place(text: string, at: number, low: number, width: number, out: DateRange): boolean {
  const mark = text.charCodeAt(at);
  if (at === text.length) return setLocal(out, low, low + width);
  let moment = low;
  if (mark === 43 || mark === 45) {
    const hours = digits(text, at + 1, 2);
    const minutes = digits(text, at + 4, 2);
    if (hours < 0 || minutes < 0 || text.length !== at + 6) return false;
    const offset = hours * 3_600_000 + minutes * minute;
    moment += mark === 45 ? offset : -offset;
  } else if ((mark !== 90 && mark !== 122) || text.length !== at + 1) {
    return false;
  }
  out.low = microseconds(moment);
  out.high = Math.max(microseconds(moment + width), out.low + 0.001);
  return true;
}

/** A fraction finer than the database holds is taken to the microsecond; a range is never empty. */
function microseconds(ms: number): number {
  return Number.isInteger(ms) ? ms : Math.round(ms * 1000) / 1000;
}

function setLocal(out: DateRange, low: number, high: number): boolean {
  out.low = microseconds(fromLondon(low));
  out.high = microseconds(fromLondon(high));
  return true;
}

function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const one = digit(text, i);
    if (one < 0) return -1;
    value = value * 10 + one;
  }
  return value;
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : -1;
}

function daysInMonth(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

/**
 * Days since 1970-01-01 in the Gregorian calendar; month 13 is January of the next year.
 * Source: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
 */
function dayNumber(year: number, month: number, date: number): number {
  const y = year + Math.floor((month - 1) / 12);
  const m = ((month - 1) % 12) + 1;
  const shifted = m <= 2 ? y - 1 : y;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
