import { Problem } from '../../platform/errors.ts';
import type { Json, Resource } from '../types.ts';
import { decodeUtf8 } from './encoding.ts';
import { parseExactly } from './json-exact.ts';
import { maxDepth } from './limits.ts';

/** Numbers that JavaScript may print differently: 1.00, 1e2, -0, 0.0000001, more than 15 digits. */
const suspectNumber =
  /(?:"\s*:|[,[])\s*(-?(?:\d+(?:\.\d*0(?![\d.])|(?:\.\d+)?[eE])|\d[\d.]{15}|0\.000000|-0(?![.\d]))[\d.eE+-]*)/g;
const suspectEscape = /\\u(?:[dD][89a-fA-F]|0000)/;

/**
 * Reads one FHIR resource from JSON without loss: a number that JavaScript would print differently becomes a
 * `JSON.rawJSON` object. Throws a Problem with line and column, and never quotes the content.
 */
export function parseJson(text: string): Resource {
  const value = parseJsonValue(text);
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
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  if (!text.isWellFormed()) {
    throw new Problem('record/json-surrogate', 400, 'The text holds half of a surrogate pair.', {
      wayOut: 'Send the JSON as UTF-8.',
    });
  }
  const value = parseQuickly(text);
  if (value === undefined || suspectEscape.test(text)) return parseExactly(text);
  const found = { keys: 0, numbers: 0 };
  if (!count(value, 1, found) || found.keys !== countKeyEnds(text)) return parseExactly(text);
  return found.numbers > 0 && hasInexactNumber(text) ? parseExactly(text) : value;
}

function parseQuickly(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Counts keys and numbers. False when the tree is too deep or has a forbidden key. */
function count(value: Json, depth: number, found: { keys: number; numbers: number }): boolean {
  if (typeof value === 'number') found.numbers += 1;
  if (typeof value !== 'object' || value === null) return true;
  if (depth > maxDepth) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      if (!count(value[index] as Json, depth + 1, found)) return false;
    }
    return true;
  }
  for (const key in value) {
    if (key === '__proto__') return false;
    found.keys += 1;
    if (!count(value[key] as Json, depth + 1, found)) return false;
  }
  return true;
}

/** Inside a string a quote is escaped, so `":` ends a key. Other spellings only send the text to the exact reader. */
function countKeyEnds(text: string): number {
  let keys = 0;
  for (let at = text.indexOf('":'); at !== -1; at = text.indexOf('":', at + 2)) keys += 1;
  return keys;
}

function hasInexactNumber(text: string): boolean {
  suspectNumber.lastIndex = 0;
  for (let match = suspectNumber.exec(text); match !== null; match = suspectNumber.exec(text)) {
    if (String(Number(match[1])) !== match[1]) return true;
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
