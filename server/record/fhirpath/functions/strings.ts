import { isExact } from '../exact.ts';
import { integerOf, refuse, single, textOf, type Argument, type Context, type Make } from '../context.ts';
import { system, type Node } from '../node.ts';
import { bool } from '../operators.ts';
import { outer } from './collections.ts';

/** A function of the input text and text arguments; empty when any of them is. */
function ofText(name: string, compute: (text: string, ...args: string[]) => Node[]): Make {
  return (args) => (input, context) => {
    const source = textOf(input, `${name}()`);
    const values = args.map((argument) => textOf(outer(argument, context), `${name}()`));
    if (source === undefined || values.some((value) => value === undefined)) return [];
    return compute(source, ...(values as string[]));
  };
}

function text(value: string): Node[] {
  return [system.string(value)];
}

const regexes = new Map<string, RegExp>();

/** FHIRPath regular expressions run over several lines and know Unicode. */
function regex(pattern: string, flags: string, whole = false): RegExp {
  const key = `${flags}${whole ? '!' : ' '}${pattern}`;
  let known = regexes.get(key);
  if (!known) {
    known = toRegex(whole ? `^(?:${pattern})$` : pattern, flags);
    if (regexes.size > 1000) regexes.clear();
    regexes.set(key, known);
  }
  return known;
}

function toRegex(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, `${flags}u`);
  } catch {
    // Escapes such as \- and \/ are common in published constraints and only wrong in Unicode mode.
    return new RegExp(pattern, flags);
  }
}

function part(input: Node[], args: Argument[], context: Context): Node[] {
  const source = textOf(input, 'substring()');
  const start = integerOf(outer(args[0], context), 'substring()');
  const length = args[1] ? integerOf(outer(args[1], context), 'substring()') : undefined;
  if (source === undefined || start === undefined || start < 0 || start >= source.length) return [];
  return text(length === undefined ? source.slice(start) : source.slice(start, start + Math.max(0, length)));
}

export const strings: Record<string, Make> = {
  indexOf: ofText('indexOf', (source, wanted) => [system.integer(source.indexOf(wanted))]),
  lastIndexOf: ofText('lastIndexOf', (source, wanted) => [system.integer(source.lastIndexOf(wanted))]),
  substring: (args) => (input, context) => part(input, args, context),
  startsWith: ofText('startsWith', (source, wanted) => bool(source.startsWith(wanted))),
  endsWith: ofText('endsWith', (source, wanted) => bool(source.endsWith(wanted))),
  contains: ofText('contains', (source, wanted) => bool(source.includes(wanted))),
  upper: ofText('upper', (source) => text(source.toUpperCase())),
  lower: ofText('lower', (source) => text(source.toLowerCase())),
  trim: ofText('trim', (source) => text(source.trim())),
  length: ofText('length', (source) => [system.integer(source.length)]),
  toChars: ofText('toChars', (source) => [...source].map((one) => system.string(one))),
  split: ofText('split', (source, separator) => source.split(separator).map((one) => system.string(one))),
  replace: ofText('replace', (source, pattern, by) => text(source.replaceAll(pattern, () => by))),
  matches: ofText('matches', (source, pattern) => bool(regex(pattern, 's').test(source))),
  matchesFull: ofText('matchesFull', (source, pattern) => bool(regex(pattern, 's', true).test(source))),
  replaceMatches: ofText('replaceMatches', (source, pattern, by) => {
    return text(
      pattern === ''
        ? source
        : source.replaceAll(regex(pattern, 'gs'), by.replaceAll(/\$\{(\w+)\}/g, '$<$1>')),
    );
  }),
  encode: ofText('encode', (source, format) => code(source, format, true)),
  decode: ofText('decode', (source, format) => code(source, format, false)),
  escape: ofText('escape', (source, target) =>
    text(target === 'json' ? JSON.stringify(source).slice(1, -1) : escapeHtml(source)),
  ),
  unescape: ofText('unescape', (source, target) =>
    text(target === 'json' ? unescapeJson(source) : unescapeHtml(source)),
  ),
  join:
    ([separator]) =>
    (input, context) => {
      const between = separator ? (textOf(outer(separator, context), 'join()') ?? '') : '';
      return input.length === 0
        ? []
        : text(input.map((node) => textOf([node], 'join()') ?? '').join(between));
    },
  toString: () => (input: Node[]) => {
    const node = single(input, 'toString()');
    const written = node && writeText(node);
    return written === undefined ? [] : text(written);
  },
};

/** The text of a value, as toString() gives it; undefined for structures. */
export function writeText(node: Node): string | undefined {
  if (node.type === 'System.Quantity') {
    const { value, unit, isCalendar } = node.value as { value: number; unit: string; isCalendar: boolean };
    return isCalendar ? `${value} ${unit}` : `${value} '${unit}'`;
  }
  if (isExact(node.value)) return node.value.rawJSON;
  return typeof node.value === 'object' || node.value === undefined ? undefined : String(node.value);
}

function code(source: string, format: string, encode: boolean): Node[] {
  const encodings: Record<string, BufferEncoding> = { hex: 'hex', base64: 'base64', urlbase64: 'base64url' };
  const encoding = encodings[format];
  if (!encoding) throw refuse(`The encoding ${format} is not known.`);
  if (!encode) return text(Buffer.from(source, encoding).toString('utf8'));
  const written = Buffer.from(source).toString(encoding);
  return text(format === 'urlbase64' ? written.padEnd(Math.ceil(written.length / 4) * 4, '=') : written);
}

const htmlEntities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(source: string): string {
  return source.replaceAll(/[&<>"']/g, (one) => htmlEntities[one]!);
}

function unescapeHtml(source: string): string {
  const plain = new Map(Object.entries(htmlEntities).map(([one, entity]) => [entity, one]));
  return source.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => plain.get(entity)!);
}

function unescapeJson(source: string): string {
  return JSON.parse(`"${source.replaceAll(/(?<!\\)"/g, String.raw`\"`)}"`) as string;
}
