import { fromXml, parseJsonValue } from '../formats/index.ts';
import { headOf, type Head } from './identity.ts';
import { hasEscapedReference } from './links.ts';
import type { Found } from './reading/index.ts';

/** A resource's text as JSON whose references are free of escapes; empty when there is none. Throws a Problem. */
export function jsonOf(found: Found): string {
  found.json ??= made(found);
  return found.json;
}

/** Type and id of what was found; undefined when it is no resource. Throws a Problem. */
export function headOfFound(found: Found): Head | undefined {
  if (found.head === undefined) {
    const json = jsonOf(found);
    found.head = (json === '' ? undefined : headOf(json)) ?? null;
  }
  return found.head ?? undefined;
}

/** Says that a text made from what was found, links apart, is just what `JSON.stringify` would make of it. */
export function isWrittenPlainly(found: Found, text: string): boolean {
  const isPlain = found.isCompact === true || found.json !== found.text;
  return isPlain && !(text.includes('\\') && (text.includes('\\u') || text.includes('\\/')));
}

function made({ format, text }: Found): string {
  if (text === '') return '';
  if (format === 'xml') return JSON.stringify(fromXml(text));
  return hasEscapedReference(text) ? JSON.stringify(parseJsonValue(text)) : text;
}
