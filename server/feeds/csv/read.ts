import { Problem } from '../../platform/errors.ts';

/** One record of a file: its fields, the line it begins on, and its own text. */
export type CsvRecord = { fields: string[]; line: number; text: string };

/** Characters of one record. One that is longer is a quote that was never closed, or no file of rows. */
const longestRecord = 4 * 1024 * 1024;

const encodings: Record<string, string> = {
  'utf-8': 'utf-8',
  'utf-8-bom': 'utf-8',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  'utf-16le': 'utf-16le',
};

/**
 * Reads delimited text from bytes in constant memory: quotes, doubled quotes, delimiters and line breaks within quotes, any line ends.
 * Throws a Problem with the line when the bytes are not in the encoding or a quote is not closed. Source: RFC 4180.
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  dialect: { delimiter: string; encoding: string },
): AsyncGenerator<CsvRecord> {
  const label = encodings[dialect.encoding.toLowerCase()];
  if (label === undefined) {
    throw new Problem('feeds/encoding', 400, 'The encoding of this feed is not known here.', {
      wayOut: `Use one of ${Object.keys(encodings).join(', ')}.`,
    });
  }
  const cutter = new Cutter(dialect.delimiter);
  const decoder = new TextDecoder(label, { fatal: true });
  for await (const chunk of bytes) yield* cutter.push(decoded(decoder, chunk, cutter));
  yield* cutter.push(decoded(decoder, undefined, cutter));
  yield* cutter.end();
}

function decoded(decoder: TextDecoder, chunk: Uint8Array | undefined, cutter: Cutter): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new Problem('feeds/encoding', 400, `The file is not in its encoding (${decoder.encoding}).`, {
      place: `line ${cutter.line} or later`,
      wayOut: 'Correct the encoding of the feed, or ask the sender for the file in the agreed one.',
    });
  }
}

class Cutter {
  readonly #delimiter: string;
  #rest = '';
  /** How far `rest` was looked through in vain, and whether that point lies within quotes. */
  #seen = 0;
  #isQuoted = false;
  /** The line that is being read, from 1. */
  line = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  *push(text: string): Generator<CsvRecord> {
    this.#rest += text;
    let from = 0;
    for (;;) {
      const end = this.#nextEnd();
      if (end === undefined) break;
      const record = this.#rest.slice(from, end.at);
      yield* this.#record(record);
      this.line += 1 + breaksIn(record);
      from = end.next;
    }
    if (from > 0) this.#rest = this.#rest.slice(from);
    this.#seen -= from;
    if (this.#rest.length > longestRecord) throw this.#isQuoted ? this.#unclosed() : this.#tooLong();
  }

  *end(): Generator<CsvRecord> {
    const last = this.#rest.replace(/\r$/, '');
    if (this.#isQuoted) throw this.#unclosed();
    yield* this.#record(last);
  }

  *#record(text: string): Generator<CsvRecord> {
    if (text.trim() !== '') yield { fields: fieldsOf(text, this.#delimiter), line: this.line, text };
  }

  /** Where the next record ends; undefined while its end has not come. */
  #nextEnd(): { at: number; next: number } | undefined {
    const text = this.#rest;
    let isQuoted = this.#isQuoted;
    let at = this.#seen;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 34) isQuoted = !isQuoted;
      else if (isQuoted || (code !== 10 && code !== 13)) continue;
      else {
        if (code === 13 && at + 1 === text.length) break;
        const next = code === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
        this.#seen = next;
        this.#isQuoted = false;
        return { at, next };
      }
    }
    this.#seen = at;
    this.#isQuoted = isQuoted;
    return undefined;
  }

  #tooLong(): Problem {
    return new Problem('feeds/long-row', 400, 'A row is longer than 4 million characters.', {
      place: `line ${this.line}`,
      wayOut: 'Ask the sender whether this is a file of rows, and how its lines end.',
    });
  }

  #unclosed(): Problem {
    return new Problem('feeds/quote', 400, 'A quote is opened and never closed.', {
      place: `line ${this.line}`,
      wayOut: 'Ask the sender to write quotes within a field twice.',
    });
  }
}

const breaksIn = (text: string): number => (text.includes('\n') ? text.split('\n').length - 1 : 0);

/** The fields of one record. A quote opens only where a field begins; what follows its end up to the delimiter belongs to the field. */
export function fieldsOf(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let from = 0;
  for (;;) {
    const end = text.indexOf(delimiter, from);
    const plain = text.slice(from, end < 0 ? text.length : end);
    const quote = plain.indexOf('"');
    if (quote < 0 || plain.slice(0, quote).trim() !== '') {
      fields.push(plain);
      if (end < 0) return fields;
      from = end + 1;
      continue;
    }
    const quoted = quotedField(text, from + quote + 1, delimiter);
    fields.push(quoted.field);
    if (quoted.next > text.length) return fields;
    from = quoted.next;
  }
}

/** A field from after its opening quote, and where the next one begins: beyond the text when it was the last. */
function quotedField(text: string, from: number, delimiter: string): { field: string; next: number } {
  let field = '';
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { field: field + text.slice(at), next: text.length + 1 };
    field += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== '"') break;
    field += '"';
    at += 1;
  }
  const end = text.indexOf(delimiter, at);
  if (end < 0) return { field: field + text.slice(at), next: text.length + 1 };
  return { field: field + text.slice(at, end), next: end + 1 };
}
