import { Problem } from '../../platform/errors.ts';
import type { Json, Resource } from '../types.ts';
import { decodeUtf8 } from './encoding.ts';
import { parseExactly } from './json-exact.ts';
import { maxDepth } from './limits.ts';

const quote = 34;
const space = 32;
const minus = 45;
const zero = 48;
const nine = 57;
const inNumber = new Set([...'+-.eE'].map((character) => character.charCodeAt(0)));
/** Any whole number of so many digits is printed as it is written. */
const safeDigits = 15;
const anyNumber = /[:,[]\s*(-?\d[\d.eE+-]*)(?=\s*[,\]}])/g;
const suspectEscape = /\\u(?:[dD][89a-fA-F]|0000)/;

/**
 * Reads one FHIR resource from JSON without loss: a number that JavaScript would print differently becomes a
 * `JSON.rawJSON` object. Throws a Problem with line and column, and never quotes the content.
 */
export function parseJson(text: string): Resource {
  return resourceOf(parseJsonValue(text));
}

/** The same; `isPlain` says that JavaScript prints every number as it was written, so that none became a raw one. */
export function parseJsonNoting(text: string): { resource: Resource; isPlain: boolean } {
  const read = readJsonValue(text);
  return { resource: resourceOf(read.value), isPlain: read.isPlain };
}

function resourceOf(value: Json): Resource {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notAResource();
  if (typeof value['resourceType'] !== 'string') throw notAResource();
  return value as Resource;
}

/** Reads one FHIR resource from UTF-8 bytes. See `parseJson`. */
export function parseJsonBytes(bytes: Uint8Array): Resource {
  return parseJson(decodeUtf8(bytes));
}

/** Reads any JSON value without loss, such as a JSON Patch. See `parseJson`. */
export function parseJsonValue(source: string): Json {
  return readJsonValue(source).value;
}

function readJsonValue(source: string): { value: Json; isPlain: boolean } {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  if (!text.isWellFormed()) {
    throw new Problem('record/json-surrogate', 400, 'The text holds half of a surrogate pair.', {
      wayOut: 'Send the JSON as UTF-8.',
    });
  }
  const value = parseQuickly(text);
  const exactly = (): { value: Json; isPlain: boolean } => ({ value: parseExactly(text), isPlain: false });
  if (value === undefined || (text.includes('\\u') && suspectEscape.test(text))) return exactly();
  const tree = { keys: 0, numbers: 0 };
  if (!isContainer(value) || !count(value, 1, tree)) return exactly();
  const written = inspect(text);
  const agrees = written.keys === tree.keys && (written.numbers === tree.numbers || !hasInexactItem(text));
  return agrees && !written.hasInexact ? { value, isPlain: true } : exactly();
}

function parseQuickly(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

type Container = Json[] | { [key: string]: Json };

function isContainer(value: Json): value is Container {
  return typeof value === 'object' && value !== null;
}

/** Counts keys and numbers. False when the tree is too deep or has a forbidden key. */
function count(container: Container, depth: number, found: { keys: number; numbers: number }): boolean {
  if (depth > maxDepth) return false;
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length; index += 1) {
      const item = container[index] as Json;
      if (typeof item === 'number') found.numbers += 1;
      else if (isContainer(item) && !count(item, depth + 1, found)) return false;
    }
    return true;
  }
  for (const key in container) {
    if (key === '__proto__') return false;
    found.keys += 1;
    const item = container[key] as Json;
    if (typeof item === 'number') found.numbers += 1;
    else if (isContainer(item) && !count(item, depth + 1, found)) return false;
  }
  return true;
}

/**
 * Counts the keys in the text, and the numbers that follow one. Inside a string a quote is escaped, so `":` ends a key.
 * Text that spells its keys in another way only goes to the exact reader, which is slower.
 */
function inspect(text: string): { keys: number; numbers: number; hasInexact: boolean } {
  let keys = 0;
  let numbers = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    if (text.charCodeAt(at - 1) !== quote) continue;
    keys += 1;
    const start = text.charCodeAt(at + 1) === space ? at + 2 : at + 1;
    const code = text.charCodeAt(start);
    if (code !== minus && (code < zero || code > nine)) continue;
    numbers += 1;
    if (isInexact(text, start)) return { keys, numbers, hasInexact: true };
  }
  return { keys, numbers, hasInexact: false };
}

/** Says whether JavaScript would print the number that starts here in another way. */
function isInexact(text: string, start: number): boolean {
  let end = start;
  let isPlain = true;
  for (; ; end += 1) {
    const code = text.charCodeAt(end);
    if (code >= zero && code <= nine) continue;
    if (!inNumber.has(code)) break;
    isPlain = false;
  }
  if (isPlain && end - start <= safeDigits) return false;
  const number = text.slice(start, end);
  return String(Number(number)) !== number;
}

/** Says whether some number that does not directly follow a key, as in a list, would be printed in another way. */
function hasInexactItem(text: string): boolean {
  for (const [, number] of text.matchAll(anyNumber)) {
    if (String(Number(number)) !== number) return true;
  }
  return false;
}

function notAResource(): Problem {
  return new Problem(
    'record/json-not-a-resource',
    400,
    'The JSON is not a FHIR resource: it has no resourceType.',
    {
      place: 'line 1, column 1',
      wayOut: 'Send one JSON object with a resourceType.',
    },
  );
}
