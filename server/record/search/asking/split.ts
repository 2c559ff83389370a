/** Splits a value at a separator that is not escaped by a backslash. Escapes stay. Source: FHIR R4, Search, escaping. */
export function split(text: string, separator: ',' | '|' | '$' | '.'): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    if (letter === '\\' && i + 1 < text.length) part += letter + text[++i]!;
    else if (letter === separator) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  parts.push(part);
  return parts;
}

/** Takes the backslash from `\,`, `\|`, `\$` and `\\`. */
export function unescape(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\,|$])/g, '$1') : text;
}

const prefixes = new Set(['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap']);

export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

/** Takes the comparison off a number, date or quantity; `eq` when none is given. */
export function takePrefix(text: string): { prefix: Prefix; rest: string } {
  const start = text.slice(0, 2);
  return prefixes.has(start)
    ? { prefix: start as Prefix, rest: text.slice(2) }
    : { prefix: 'eq', rest: text };
}
