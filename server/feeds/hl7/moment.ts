import { fromLondon, londonOffset } from '../../record/search/index.ts';

/** A time stamp of a message: the moment it stands for, and how it reads in FHIR, as exact as it was sent. */
export type Moment = { ms: number; fhir: string };

const shape =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,6}))?)?)?)?)?)?([+-]\d{4})?$/;

/**
 * Reads `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`; undefined when it is no date. Without an offset it is the clock in
 * London. Source: HL7 v2.4, 2.9.47 TS.
 */
export function readMoment(text: string): Moment | undefined {
  const found = shape.exec(text.replaceAll(/\s/g, ''));
  if (found === null) return undefined;
  const [, year, month, day, hour, minute = '00', second = '00', fraction, zone] =
    found as unknown as string[];
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  const wall = Date.UTC(
    Number(year),
    Number(month ?? 1) - 1,
    Number(day ?? 1),
    Number(hour ?? 0),
    Number(minute),
    Number(second),
  );
  if (!isReal(wall, found)) return undefined;
  const millis = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const offsetMs = zone === undefined ? undefined : offsetOf(zone);
  if (offsetMs === null) return undefined;
  const ms = (offsetMs === undefined ? fromLondon(wall) : wall - offsetMs) + millis;
  if (hour === undefined) return { ms, fhir: date };
  const parts = `${date}T${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}`;
  return { ms, fhir: parts + offsetText(offsetMs ?? londonOffset(ms)) };
}

/** The day alone, for birth dates; undefined when it is no date. */
export const readDay = (text: string): string | undefined => readMoment(text)?.fhir.slice(0, 10);

function isReal(wall: number, found: RegExpExecArray): boolean {
  const [, year, month, day, hour, minute, second] = found;
  const at = new Date(wall);
  return (
    Number(year) > 0 &&
    at.getUTCFullYear() === Number(year) &&
    (month === undefined || at.getUTCMonth() + 1 === Number(month)) &&
    (day === undefined || at.getUTCDate() === Number(day)) &&
    (hour === undefined || Number(hour) < 24) &&
    (minute === undefined || Number(minute) < 60) &&
    (second === undefined || Number(second) < 60)
  );
}

function offsetOf(zone: string): number | null {
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3, 5));
  if (hours > 14 || minutes > 59) return null;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const two = (number: number): string => String(number).padStart(2, '0');

function offsetText(ms: number): string {
  const minutes = Math.abs(ms) / 60_000;
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
