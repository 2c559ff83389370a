import { exactText, isExact } from '../fhirpath/index.ts';
import { isDate, isDateTime, isInstant, isTime } from './dates.ts';

/** FHIR R4 primitive formats. Source: http://hl7.org/fhir/R4/datatypes.html#primitive */

const maxStringLength = 1024 * 1024;
const idFormat = /^[A-Za-z0-9\-.]{1,64}$/;
const codeFormat = /^[^\s]+( [^\s]+)*$/;
const uriFormat = /^[^\s]+$/;
const oidFormat = /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/;
const uuidFormat = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
// oxlint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

export function isId(text: string): boolean {
  return idFormat.test(text);
}

export function isCode(text: string): boolean {
  return codeFormat.test(text);
}

/** No white space; `urn:uuid:` and `urn:oid:` must hold what they say. */
export function isUri(text: string): boolean {
  if (!uriFormat.test(text)) return false;
  if (text.charCodeAt(0) !== 117) return true;
  if (text.startsWith('urn:uuid:')) return uuidFormat.test(text);
  return !text.startsWith('urn:oid:') || oidFormat.test(text);
}

export function isOid(text: string): boolean {
  return oidFormat.test(text);
}

export function isUuid(text: string): boolean {
  return uuidFormat.test(text);
}

/** Not empty, no control characters, at most 1 MiB. White space alone is allowed: http://hl7.org/fhir/R4/datatypes.html#string */
export function isText(text: string): boolean {
  return text.length > 0 && text.length <= maxStringLength && !controlCharacter.test(text);
}

/** Base64 in whole groups of four, with or without white space between its characters. Read by character: the text may be huge. */
export function isBase64(text: string): boolean {
  let characters = 0;
  let padding = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) continue;
    if (code === 61) padding++;
    else if (padding > 0 || !isBase64Character(code)) return false;
    characters++;
  }
  return characters > 0 && characters % 4 === 0 && padding <= 2;
}

function isBase64Character(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter || (code >= 47 && code <= 57) || code === 43;
}

/** The number behind a JSON number or an exact decimal; `undefined` when it is neither. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return isExact(value) ? Number(value.rawJSON) : undefined;
}

/** The text of a number as sent, so that `1.00` keeps its places. */
export function numberText(value: unknown): string {
  return exactText(value);
}

export function isDecimal(value: unknown): boolean {
  const number = numberOf(value);
  return number !== undefined && Number.isFinite(number);
}

/** A whole number of 32 bits, written without a point or exponent. */
export function isInteger(value: unknown, low = -2147483648): boolean {
  const number = numberOf(value);
  if (number === undefined || !Number.isInteger(number) || number < low || number > 2147483647) return false;
  return typeof value === 'number' || /^-?\d+$/.test(numberText(value));
}

type Rule = { json: 'string' | 'number' | 'boolean'; test: (value: never) => boolean; wanted: string };

/** What each primitive type must be. `wanted` completes "must be ...". */
export const primitiveRules: Record<string, Rule> = {
  boolean: { json: 'boolean', test: () => true, wanted: 'true or false' },
  integer: {
    json: 'number',
    test: (value: unknown) => isInteger(value),
    wanted: 'a whole number of up to 32 bits',
  },
  positiveInt: {
    json: 'number',
    test: (value: unknown) => isInteger(value, 1),
    wanted: 'a whole number of 1 or more',
  },
  unsignedInt: {
    json: 'number',
    test: (value: unknown) => isInteger(value, 0),
    wanted: 'a whole number of 0 or more',
  },
  decimal: { json: 'number', test: isDecimal, wanted: 'a number' },
  string: {
    json: 'string',
    test: isText,
    wanted: 'text of 1 to 1,048,576 characters without control characters',
  },
  markdown: {
    json: 'string',
    test: isText,
    wanted: 'text of 1 to 1,048,576 characters without control characters',
  },
  xhtml: { json: 'string', test: (text: string) => text.length > 0, wanted: 'XHTML' },
  code: {
    json: 'string',
    test: isCode,
    wanted: 'a code: no white space at the ends and single spaces inside',
  },
  id: { json: 'string', test: isId, wanted: 'an id: 1 to 64 letters, digits, hyphens or full stops' },
  uri: { json: 'string', test: isUri, wanted: 'a URI without white space' },
  url: { json: 'string', test: isUri, wanted: 'a URL without white space' },
  canonical: { json: 'string', test: isUri, wanted: 'a canonical URL without white space' },
  oid: { json: 'string', test: isOid, wanted: 'an OID that starts with urn:oid:' },
  uuid: { json: 'string', test: isUuid, wanted: 'a UUID that starts with urn:uuid:' },
  base64Binary: { json: 'string', test: isBase64, wanted: 'base64' },
  date: { json: 'string', test: isDate, wanted: 'a real date: YYYY, YYYY-MM or YYYY-MM-DD' },
  dateTime: {
    json: 'string',
    test: isDateTime,
    wanted: 'a real date, or a date and time with seconds and time zone: YYYY-MM-DDThh:mm:ssZ',
  },
  instant: {
    json: 'string',
    test: isInstant,
    wanted: 'a real date and time with seconds and time zone: YYYY-MM-DDThh:mm:ssZ',
  },
  time: { json: 'string', test: isTime, wanted: 'a time: hh:mm:ss' },
};
