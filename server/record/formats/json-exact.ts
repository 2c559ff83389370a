import { Problem } from '../../platform/errors.ts';
import type { Json } from '../types.ts';
import { exactNumber, type RawNumber } from './exact-number.ts';
import { maxDepth } from './limits.ts';
import { placeOf } from './place.ts';

const quote = 0x22;
const bracket = 0x5b;
const brace = 0x7b;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literal = /true|false|null/y;
// oxlint-disable-next-line no-control-regex -- JSON forbids these characters in strings
const forbidden = /[\u0000-\u001f]/;
const badEscape = /\\(?!["\\/bfnrt]|u[\da-fA-F]{4})/;

/** Reads JSON slowly and exactly: numbers keep their text, and each fault is told with its line and column. */
export function parseExactly(text: string): Json {
  const reader = new ExactReader(text);
  const value = reader.value(1);
  reader.end();
  return value;
}

class ExactReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Json {
    this.#skipSpace();
    const next = this.#text.charCodeAt(this.#at);
    if (next === quote) return this.#string();
    if (next === brace) return this.#object(depth);
    if (next === bracket) return this.#array(depth);
    const digits = this.#match(number);
    if (digits !== undefined) return exactNumber(digits) as number | (RawNumber & { [key: string]: Json });
    const word = this.#match(literal);
    if (word === undefined) throw this.#malformed('A value is missing or is not JSON');
    return word === 'null' ? null : word === 'true';
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#malformed('There is more text after the end of the JSON');
  }

  #object(depth: number): Json {
    this.#open(depth);
    const object: { [key: string]: Json } = {};
    if (this.#take('}')) return object;
    do {
      this.#skipSpace();
      const start = this.#at;
      if (this.#text.charCodeAt(start) !== quote)
        throw this.#malformed('A property name in double quotes was expected');
      const key = this.#string();
      if (key === '__proto__')
        throw this.#problem('record/json-key', 'A property has a name that is not allowed', start);
      if (Object.hasOwn(object, key)) {
        throw this.#problem(
          'record/json-duplicate-key',
          'The same property stands twice in one object',
          start,
        );
      }
      if (!this.#take(':')) throw this.#malformed('A colon was expected after a property name');
      object[key] = this.value(depth + 1);
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#malformed('A comma or a closing brace was expected');
    return object;
  }

  #array(depth: number): Json[] {
    this.#open(depth);
    const array: Json[] = [];
    if (this.#take(']')) return array;
    do array.push(this.value(depth + 1));
    while (this.#take(','));
    if (!this.#take(']')) throw this.#malformed('A comma or a closing bracket was expected');
    return array;
  }

  #open(depth: number): void {
    if (depth > maxDepth) {
      throw this.#problem(
        'record/json-too-deep',
        `The JSON is nested more than ${maxDepth} levels deep`,
        this.#at,
      );
    }
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    const end = closingQuote(this.#text, start + 1);
    if (end === -1) throw this.#malformed('A string is not closed');
    const inside = this.#text.slice(start + 1, end);
    if (forbidden.test(inside))
      throw this.#malformed('A string holds a control character that must be escaped', start);
    if (!inside.includes('\\')) {
      this.#at = end + 1;
      return inside;
    }
    if (badEscape.test(inside.replaceAll('\\\\', '')))
      throw this.#malformed('A string holds an unknown escape', start);
    const string = JSON.parse(`"${inside}"`) as string;
    if (!string.isWellFormed()) {
      throw this.#problem('record/json-surrogate', 'A string holds half of a surrogate pair', start);
    }
    if (string.includes('\u0000')) {
      throw this.#problem('record/json-null-character', 'A string holds the null character', start);
    }
    this.#at = end + 1;
    return string;
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    let code = this.#text.charCodeAt(this.#at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.#at += 1;
      code = this.#text.charCodeAt(this.#at);
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #malformed(what: string, at = this.#at): Problem {
    return this.#problem('record/json-malformed', what, at);
  }

  #problem(code: string, what: string, at: number): Problem {
    const place = placeOf(this.#text, at);
    return new Problem(code, 400, `${what}.`, {
      place,
      wayOut: 'Correct the JSON at this place and send it again.',
    });
  }
}

function closingQuote(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end !== -1) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\' && end - 1 - slashes >= from) slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return -1;
}
