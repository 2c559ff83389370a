import { bytesOf } from './bytes.ts';
import { fault } from './fault.ts';

/** One record of a CSV file, with where it stands. */
export type CsvRow = { line: number; fields: string[] };

const longestRecord = 1_000_000;

/**
 * Reads a CSV file (RFC 4180, UTF-8, plain or gzip) in pieces, header first. Throws a Problem that names the line where a quote is not closed
 * or a byte is no UTF-8.
 */
export async function* readCsv(file: string, name: string): AsyncGenerator<CsvRow[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 1;
  for await (const chunk of bytesOf(file, name)) {
    const split = splitRecords(rest + decoded(decoder, chunk, name, line), line, false, name);
    rest = split.rest;
    line = split.nextLine;
    if (rest.length > longestRecord)
      throw fault(name, line, 'This record is too long, or a quote is not closed.');
    if (split.rows.length > 0) yield split.rows;
  }
  const last = splitRecords(rest + decoded(decoder, undefined, name, line), line, true, name);
  if (last.rows.length > 0) yield last.rows;
}

function decoded(decoder: TextDecoder, bytes: Uint8Array | undefined, name: string, line: number): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw fault(name, line, 'From here on the file is not UTF-8.');
  }
}

function splitRecords(
  text: string,
  firstLine: number,
  atEnd: boolean,
  name: string,
): { rows: CsvRow[]; rest: string; nextLine: number } {
  const rows: CsvRow[] = [];
  let line = firstLine;
  let start = 0;
  for (;;) {
    const end = recordEnd(text, start);
    if (end < 0 && !atEnd) break;
    const raw = text.slice(start, end < 0 ? undefined : end);
    const record = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (record !== '' && record !== '\u{feff}') rows.push({ line, fields: fieldsOf(record, name, line) });
    if (end < 0) return { rows, rest: '', nextLine: line };
    line += 1 + countBreaks(raw);
    start = end + 1;
  }
  return { rows, rest: text.slice(start), nextLine: line };
}

/** Where a record ends: the first line break outside quotes, or -1. */
function recordEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  const quote = text.indexOf('"', start);
  if (end < 0 || quote < 0 || quote > end) return end;
  let inside = false;
  for (let at = quote; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) inside = !inside;
    else if (code === 10 && !inside) return at;
  }
  return -1;
}

const countBreaks = (text: string): number => (text.includes('\n') ? text.split('\n').length - 1 : 0);

function fieldsOf(record: string, name: string, line: number): string[] {
  const text = record.startsWith('\u{feff}') ? record.slice(1) : record;
  if (!text.includes('"')) return text.split(',');
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    const end = text[at] === '"' ? quotedEnd(text, at) : plainEnd(text, at);
    const field = text.slice(at, end);
    const isQuoted = field.startsWith('"');
    if (end < 0 || (end < text.length && text[end] !== ',') || (!isQuoted && field.includes('"')))
      throw fault(name, line, 'A quote stands inside a field, or is not closed.', fields.length + 1);
    fields.push(isQuoted ? field.slice(1, -1).replaceAll('""', '"') : field);
    at = end;
    if (at >= text.length) return fields;
  }
}

function plainEnd(text: string, start: number): number {
  const end = text.indexOf(',', start);
  return end < 0 ? text.length : end;
}

/** Behind the quote that closes a field, or -1. */
function quotedEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1;
  }
  return -1;
}
