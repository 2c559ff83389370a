import { closed, memberKey, memberPlace, nextMember } from './json-members.ts';
import { broken, needMore, scanHadSpace, scanValue, skipSpace } from './json-scan.ts';
import type { EntryRequest } from './types.ts';

const quote = 0x22;
const openBrace = 0x7b;
const bundleKeys = new Set(['fullUrl', 'resource', 'request', 'search', 'response']);

/** What stands in one entry of a bundle. The resource is a range of bytes; an empty one when there is none. */
export type JsonEntry = {
  resourceStart: number;
  resourceEnd: number;
  isCompact: boolean;
  fullUrl: string | undefined;
  request: EntryRequest | undefined;
  /** The position after the entry. */
  end: number;
};

/** Goes over the entry whose brace is at `start`. */
export function readEntry(
  bytes: Buffer,
  start: number,
  end: number,
): JsonEntry | typeof needMore | typeof broken {
  const entry: JsonEntry = {
    resourceStart: 0,
    resourceEnd: 0,
    isCompact: false,
    fullUrl: undefined,
    request: undefined,
    end: 0,
  };
  let at = start + 1;
  for (;;) {
    const valueStart = nextMember(bytes, at, end);
    if (valueStart === closed) {
      entry.end = memberPlace.end;
      return entry;
    }
    if (valueStart === needMore || valueStart === broken) return valueStart;
    const key = memberKey(bytes);
    at = scanValue(bytes, valueStart, end);
    if (at === needMore || at === broken) return at;
    if (key === 'resource') {
      entry.resourceStart = valueStart;
      entry.resourceEnd = at;
      entry.isCompact = !scanHadSpace();
    } else if (key === 'fullUrl' && bytes[valueStart] === quote) {
      entry.fullUrl = stringOf(bytes.toString('utf8', valueStart + 1, at - 1));
    } else if (key === 'request') entry.request = requestOf(bytes.toString('utf8', valueStart, at));
  }
}

/** Whether the list at `at` begins with a Bundle's entry; undefined when the bytes do not reach far enough. */
export function looksLikeEntries(bytes: Buffer, at: number, end: number): boolean | undefined {
  const first = skipSpace(bytes, at + 1, end);
  if (first < end && bytes[first] !== openBrace) return false;
  const valueStart = nextMember(bytes, first + 1, end);
  if (valueStart === needMore) return undefined;
  return valueStart !== broken && valueStart !== closed && bundleKeys.has(memberKey(bytes));
}

function stringOf(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

/** The request of an entry. One that cannot be read has the method `malformed`, so that its entry is not stored. */
function requestOf(text: string): EntryRequest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { method: 'malformed', url: '' };
  }
  if (typeof value !== 'object' || value === null) return { method: 'malformed', url: '' };
  const fields = value as Record<string, unknown>;
  const textOf = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  const request: EntryRequest = { method: textOf('method'), url: textOf('url') };
  if (textOf('ifNoneExist') !== '') request.ifNoneExist = textOf('ifNoneExist');
  if (textOf('ifMatch') !== '') request.ifMatch = textOf('ifMatch');
  return request;
}
