import { Problem } from '../../platform/errors.ts';

/** One record of a file: its fields, the line it begins on, and its own text. */
export type CsvRecord = { fields: string[]; line: number; text: string };

/** A field longer than this is a quote that was never closed. */
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
      place: `after line ${cutter.line}`,
      wayOut: 'Correct the encoding of the feed, or ask the sender for the file in the agreed one.',
    });
  }
}

class Cutter {
  readonly #delimiter: string;
  #rest = '';
  /** The line that is being read, from 1. */
  line = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  *push(text: string): Generator<CsvRecord> {
    this.#rest += text;
    let from = 0;
    for (;;) {
      const end = this.#endOf(from);
      if (end === undefined) break;
      const record = this.#rest.slice(from, end.at);
      yield* this.#record(record);
      this.line += 1 + breaksIn(record);
      from = end.next;
    }
    this.#rest = from === 0 ? this.#rest : this.#rest.slice(from);
    if (this.#rest.length > longestRecord) throw this.#unclosed();
  }

  *end(): Generator<CsvRecord> {
    const last = this.#rest.replace(/\r$/, '');
    if ((last.split('"').length - 1) % 2 === 1) throw this.#unclosed();
    yield* this.#record(last);
  }

  *#record(text: string): Generator<CsvRecord> {
    if (text.trim() !== '') yield { fields: fieldsOf(text, this.#delimiter), line: this.line, text };
  }

  /** Where the record that begins at `from` ends; undefined while its end has not come. */
  #endOf(from: number): { at: number; next: number } | undefined {
    let isQuoted = false;
    for (let at = from; at < this.#rest.length; at += 1) {
      const code = this.#rest.charCodeAt(at);
      if (code === 34) isQuoted = !isQuoted;
      else if (!isQuoted && code === 10) return { at, next: at + 1 };
      else if (!isQuoted && code === 13) {
        if (at + 1 === this.#rest.length) return undefined;
        return { at, next: this.#rest.charCodeAt(at + 1) === 10 ? at + 2 : at + 1 };
      }
    }
    return undefined;
  }

  #unclosed(): Problem {
    return new Problem('feeds/quote', 400, 'A quote is opened and never closed.', {
      place: `line ${this.line}`,
      wayOut: 'Ask the sender to write quotes within a field twice.',
    });
  }
}

const breaksIn = (text: string): number => (text.includes('\n') ? text.split('\n').length - 1 : 0);

/** The fields of one record. */
export function fieldsOf(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && field.trim() === '') {
      field = '';
      isQuoted = true;
    } else if (character === delimiter) {
      fields.push(field);
      field = '';
    } else field += character;
  }
  fields.push(field);
  return fields;
}
