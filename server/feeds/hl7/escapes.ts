import type { Separators } from './separators.ts';

/** Formatting commands of a text field that stand for white space. Source: HL7 v2.4, 2.10.6. */
const formatting: Record<string, string> = { br: '\n', sp: '\n', ce: '\n' };

/**
 * Turns escape sequences into what they stand for: separators, line breaks, bytes in hexadecimal. Highlighting and local
 * sequences are left out; what is no escape sequence stays as it is.
 */
export function unescape(
  text: string,
  separators: Separators,
  bytesToText: (bytes: Buffer) => string,
): string {
  const mark = separators.escape;
  if (mark === '' || !text.includes(mark)) return text;
  let result = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf(mark, from);
    const end = start < 0 ? -1 : text.indexOf(mark, start + 1);
    if (end < 0) return result + text.slice(from);
    const meaning = meaningOf(text.slice(start + 1, end), separators, bytesToText);
    result += text.slice(from, start);
    if (meaning === undefined) {
      result += mark;
      from = start + 1;
    } else {
      result += meaning;
      from = end + 1;
    }
  }
}

function meaningOf(
  sequence: string,
  separators: Separators,
  bytesToText: (bytes: Buffer) => string,
): string | undefined {
  switch (sequence) {
    case 'F':
      return separators.field;
    case 'S':
      return separators.component;
    case 'T':
      return separators.subcomponent;
    case 'R':
      return separators.repetition;
    case 'E':
      return separators.escape;
    case 'H':
    case 'N':
      return '';
  }
  if (/^X(?:[0-9A-Fa-f]{2})+$/.test(sequence)) return bytesToText(Buffer.from(sequence.slice(1), 'hex'));
  const format = /^\.([a-z]{2})([+-]?\d*)$/.exec(sequence);
  if (format !== null) return repeated(formatting[format[1]!] ?? '', format[2]!);
  return /^(?:C[0-9A-Fa-f]{4}|M[0-9A-Fa-f]{4,6}|Z[0-9A-Za-z]*)$/.test(sequence) ? '' : undefined;
}

/** `.sp+3` is three lines. More than a page of them is a fault of the sender, so that one page is the most. */
const repeated = (text: string, times: string): string =>
  text.repeat(Math.min(60, Math.max(1, Math.abs(Number(times || '1')))));

/** Writes a text so that it holds no separator. */
export function escaped(text: string, separators: Separators): string {
  const { field, component, repetition, escape, subcomponent } = separators;
  let result = '';
  for (const character of text) {
    if (character === '\r' || character === '\n') result += ' ';
    else if (escape === '') result += character;
    else if (character === escape) result += `${escape}E${escape}`;
    else if (character === field) result += `${escape}F${escape}`;
    else if (character === component) result += `${escape}S${escape}`;
    else if (character === repetition) result += `${escape}R${escape}`;
    else if (character === subcomponent) result += `${escape}T${escape}`;
    else result += character;
  }
  return result;
}
