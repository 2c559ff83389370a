/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The one canonical text of a JSON value: names sorted by UTF-16 code units, no white space, numbers and texts as ECMAScript
 * writes them. Throws on NaN, infinities and halves of surrogate pairs. Source: RFC 8785.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('JSON has no such number.');
  if (typeof value === 'string') return textInJson(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${textInJson(name)}:${canonicalJson(value[name]!)}`).join(',')}}`;
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);

function textInJson(text: string): string {
  if (!text.isWellFormed()) throw new Error('A text holds half of a surrogate pair.');
  return JSON.stringify(text);
}
