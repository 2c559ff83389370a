import type { Json } from '../types.ts';

/** A number kept as the text it was sent in. `JSON.stringify` writes that text. */
export type RawNumber = { readonly rawJSON: string };

type ExactJson = { rawJSON(text: string): RawNumber; isRawJSON(value: unknown): boolean };
const exactJson = JSON as unknown as ExactJson;

/** Says whether a value is a number kept as text. */
export function isRawNumber(value: unknown): value is RawNumber {
  return typeof value === 'object' && value !== null && exactJson.isRawJSON(value);
}

/** Gives a JavaScript number where printing it gives the same text, else the text itself as a raw number. */
export function exactNumber(text: string): number | RawNumber {
  const number = Number(text);
  return String(number) === text ? number : exactJson.rawJSON(text);
}

/** The text of a number, exact or plain. */
export function numberText(value: number | RawNumber): string {
  return typeof value === 'number' ? String(value) : value.rawJSON;
}

/** Turns raw numbers into JavaScript numbers. Returns the same tree when it holds none. */
export function toPlain<T>(tree: T): T {
  return plain(tree as Json) as T;
}

function plain(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return plainArray(value);
  if (isRawNumber(value)) return Number(value.rawJSON);
  return plainObject(value);
}

function plainArray(array: Json[]): Json[] {
  let copy: Json[] | undefined;
  for (let index = 0; index < array.length; index += 1) {
    const before = array[index] as Json;
    const after = plain(before);
    if (after === before) continue;
    copy ??= [...array];
    copy[index] = after;
  }
  return copy ?? array;
}

function plainObject(object: { [key: string]: Json }): { [key: string]: Json } {
  let copy: { [key: string]: Json } | undefined;
  for (const key in object) {
    const before = object[key] as Json;
    const after = plain(before);
    if (after === before) continue;
    copy ??= { ...object };
    copy[key] = after;
  }
  return copy ?? object;
}
