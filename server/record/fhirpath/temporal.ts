import type { Quantity } from './node.ts';

/**
 * A date, date and time, or time with the precision it was written in. Fields are year, month, day, hour, minute,
 * second (with its fraction); `length` of them were given. Times start at the hour field.
 */
export type Moment = { fields: number[]; from: number; zone: number | undefined; places: number };

const pattern =
  /^(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?)?(?:T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?(Z|[+-]\d\d:\d\d)?$/;

/** Reads `2015-02-04T14:34:28+10:00`, any shorter form, or `14:34`. */
export function readMoment(text: string, isTime: boolean): Moment | undefined {
  const source = isTime ? text.replace(/^T/, '') : text;
  const match = isTime
    ? /^()()()(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?()$/.exec(source)
    : pattern.exec(source);
  if (!match || (!isTime && !match[1])) return undefined;
  const parts = match.slice(1, 7).filter((part) => part !== undefined && part !== '');
  const fields = parts.map(Number);
  const from = isTime ? 3 : 0;
  if (!inRange(fields, from)) return undefined;
  const seconds = match[6] ?? '';
  return {
    fields,
    from,
    zone: zoneMinutes(match[7]),
    places: seconds.includes('.') ? seconds.length - seconds.indexOf('.') - 1 : 0,
  };
}

function inRange(fields: number[], from: number): boolean {
  const limits = [9999, 12, 31, 23, 59, 60.999999];
  return fields.every(
    (field, at) => field <= limits[at + from]! && (at + from > 2 || at + from === 0 || field >= 1),
  );
}

function zoneMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === '') return undefined;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Compares as far as both are known; undefined when that does not decide. Source: FHIRPath "Equals" and "Comparison" of dates. */
export function compareMoments(left: Moment, right: Moment): number | undefined {
  const hasTime = left.fields.length + left.from > 3 && right.fields.length + right.from > 3;
  if (hasTime && left.from === 0 && (left.zone === undefined) !== (right.zone === undefined))
    return undefined;
  const a = inUtc(left).fields;
  const b = inUtc(right).fields;
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    if (a[at] !== b[at]) return (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
  }
  return a.length === b.length ? 0 : undefined;
}

function inUtc(moment: Moment): Moment {
  if (moment.zone === undefined || moment.zone === 0 || moment.fields.length < 5) return moment;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, ...seconds] = moment.fields;
  const at = new Date(Date.UTC(2000, month - 1, day, hour, minute - moment.zone));
  at.setUTCFullYear(at.getUTCFullYear() + year - 2000);
  const shifted = [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
  ];
  return { ...moment, fields: [...shifted, ...seconds], zone: 0 };
}

const unitWords = ['year', 'month', 'day', 'hour', 'minute', 'second'];
const ucumWords: Record<string, string> = {
  wk: 'week',
  d: 'day',
  h: 'hour',
  min: 'minute',
  s: 'second',
  ms: 'millisecond',
};

const calendarWord = /^(year|month|week|day|hour|minute|second|millisecond)s?$/;

/** Adds a length of time, cut to whole units; undefined when the unit is no length of time that dates know. */
export function addTime(moment: Moment, quantity: Quantity, sign: 1 | -1): Moment | undefined {
  const word = quantity.isCalendar
    ? quantity.unit.replace(/s$/, '')
    : (ucumWords[quantity.unit] ?? calendarWord.exec(quantity.unit)?.[1]);
  if (word === undefined) return undefined;
  const amount = sign * Math.trunc(quantity.value);
  if (word === 'week') return shift(moment, 2, amount * 7);
  if (word === 'millisecond') return shift(moment, 5, amount / 1000);
  return shift(moment, unitWords.indexOf(word), amount);
}

/** Adds to one field and carries; a unit finer than what is given is turned into the finest field given. */
function shift(moment: Moment, field: number, amount: number): Moment {
  const last = moment.fields.length + moment.from - 1;
  if (field > last) {
    const perField = [1, 12, 30, 24, 60, 60];
    let scaled = amount;
    for (let at = field; at > last; at--) scaled /= perField[at]!;
    return shift(moment, last, Math.trunc(scaled));
  }
  const [year = 2000, month = 1, day = 1, hour = 0, minute = 0, second = 0] =
    moment.from === 3 ? [2000, 1, 1, ...moment.fields] : moment.fields;
  const parts = [year, month, day, hour, minute, second];
  parts[field]! += amount;
  if (field < 2)
    parts[2] = Math.min(
      day,
      daysIn(parts[0]! + Math.floor((parts[1]! - 1) / 12), ((((parts[1]! - 1) % 12) + 12) % 12) + 1),
    );
  const millis = Math.round(parts[5]! * 1000);
  const at = new Date(Date.UTC(2000, parts[1]! - 1, parts[2], parts[3], parts[4], 0, millis));
  at.setUTCFullYear(at.getUTCFullYear() + parts[0]! - 2000);
  const seconds = at.getUTCSeconds() + at.getUTCMilliseconds() / 1000;
  const all = [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    seconds,
  ];
  return {
    ...moment,
    fields: all.slice(moment.from, last + 1),
    places: Math.max(moment.places, millis % 1000 === 0 ? 0 : 3),
  };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Writes the moment in the precision it has. */
export function writeMoment({ fields, from, zone, places }: Moment): string {
  const widths = [4, 2, 2, 2, 2, 2];
  const before = ['', '-', '-', from === 3 ? '' : 'T', ':', ':'];
  let text = '';
  fields.forEach((field, index) => {
    const at = index + from;
    const digits =
      at === 5 && places > 0
        ? field.toFixed(places).padStart(places + 3, '0')
        : String(Math.trunc(field)).padStart(widths[at]!, '0');
    text += before[at]! + digits;
  });
  if (zone === undefined || fields.length + from < 4) return text;
  if (zone === 0) return `${text}Z`;
  const size = Math.abs(zone);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `${text}${zone < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}
