/** FHIR R4 dates and times, read character by character: called for every date of every resource. */

const zero = 48;

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `2019`, `2019-05` or `2019-05-14`; only real days, no year 0. */
export function isDate(text: string): boolean {
  const { length } = text;
  const year = digits(text, 0, 4);
  if (!(year > 0)) return false;
  if (length === 4) return true;
  const month = digits(text, 5, 7);
  if (text.charCodeAt(4) !== 45 || month < 1 || month > 12) return false;
  if (length === 7) return true;
  const day = digits(text, 8, 10);
  return length === 10 && text.charCodeAt(7) === 45 && day >= 1 && day <= daysIn(year, month);
}

/** A date, or a date with time and zone. */
export function isDateTime(text: string): boolean {
  return text.length <= 10 ? isDate(text) : isInstant(text);
}

/** A date with time to the second and zone. */
export function isInstant(text: string): boolean {
  if (text.charCodeAt(10) !== 84 || !isDate(text.slice(0, 10))) return false;
  const zone = timeEnd(text, 11);
  return zone > 0 && isZone(text, zone);
}

/** `14:05:30`, with parts of a second where given. */
export function isTime(text: string): boolean {
  return timeEnd(text, 0) === text.length;
}

/** Where the time that starts at `from` ends, or -1 when there is none. Second 60 is a leap second. */
function timeEnd(text: string, from: number): number {
  const hour = digits(text, from, from + 2);
  const minute = digits(text, from + 3, from + 5);
  const second = digits(text, from + 6, from + 8);
  const colons = text.charCodeAt(from + 2) === 58 && text.charCodeAt(from + 5) === 58;
  if (!colons || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  let at = from + 8;
  if (text.charCodeAt(at) !== 46) return at;
  at++;
  const start = at;
  while (text.charCodeAt(at) >= zero && text.charCodeAt(at) <= 57) at++;
  return at > start ? at : -1;
}

function isZone(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  if (sign === 90) return text.length === at + 1;
  const hour = digits(text, at + 1, at + 3);
  const minute = digits(text, at + 4, at + 6);
  const shaped = (sign === 43 || sign === 45) && text.length === at + 6 && text.charCodeAt(at + 3) === 58;
  return shaped && minute >= 0 && minute <= 59 && hour >= 0 && (hour <= 13 || (hour === 14 && minute === 0));
}
