import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../../platform/errors.ts';
import { meaningsOf, type ColumnMeaning } from './columns.ts';
import { forEachRow, RowFault } from './csv.ts';
import { isMonthFirst } from './particulars.ts';

/** How a file is to be read. */
export type FilePlan = {
  file: string;
  name: string;
  encoding: string;
  separator: string;
  header: string[];
  meanings: ColumnMeaning[];
  monthFirst: boolean;
  bytes: number;
};

/** Part of a file: whole rows from one byte to another. */
export type FilePiece = {
  plan: FilePlan;
  from: number;
  to: number;
  firstLine: number;
  hasHeader: boolean;
  source: number;
};

const sampleBytes = 1 << 20;
const separators = [',', ';', '\t', '|'];

/** Looks at the beginning of a file and decides how to read it. */
export function planFile(
  file: string,
  said: ReadonlyMap<string, ColumnMeaning>,
  encoding: string | undefined,
): FilePlan {
  const name = path.basename(file);
  if (!existsSync(file) || !statSync(file).isFile())
    throw new Problem('link/no-file', 404, `There is no file ${name}.`, { wayOut: 'Check the path.' });
  const head = headOf(file);
  if (head.length === 0) throw empty(name);
  const read = encoding ?? guessedEncoding(head);
  const text = textOf(head.subarray(0, lastWholeLine(head)), read, name);
  const first = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
  const separator = separators.reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  );
  const rows: string[][] = [];
  try {
    forEachRow(text, separator, 1, (fields) => rows.push(fields.map((field) => field.trim())));
  } catch (error) {
    const isCutShort = head.length === sampleBytes && rows.length > 1;
    if (!isCutShort) throw rowProblem(error, name, rows[0]?.length ?? 0);
  }
  const [header, ...sample] = rows;
  if (header === undefined || sample.length === 0) throw empty(name);
  const meanings = meaningsOf(header, said, name);
  const dates = meanings.flatMap((meaning, column) =>
    meaning === 'birthDate' ? sample.map((row) => row[column] ?? '') : [],
  );
  const { size } = statSync(file);
  return {
    file,
    name,
    encoding: read,
    separator,
    header,
    meanings,
    monthFirst: isMonthFirst(dates),
    bytes: size,
  };
}

const empty = (name: string): Problem =>
  new Problem('link/empty', 400, `${name} has no rows.`, {
    wayOut: 'It needs a line with the names of the columns, and a line for each record.',
  });

function headOf(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(Math.min(sampleBytes, fstatSync(handle).size));
    readSync(handle, head, 0, head.length, 0);
    return head;
  } finally {
    closeSync(handle);
  }
}

function lastWholeLine(head: Buffer): number {
  if (head.length < sampleBytes) return head.length;
  const end = head.lastIndexOf(10);
  return end < 0 ? head.length : end + 1;
}

function guessedEncoding(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Decodes bytes, or says that they are in another encoding. */
export function textOf(bytes: Uint8Array, encoding: string, name: string): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new Problem('link/unknown-encoding', 400, `There is no encoding "${encoding}".`, {
      wayOut: 'Common ones are utf-8, windows-1252 and utf-16le.',
    });
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Problem('link/encoding', 400, `${name} is not written in ${encoding}.`, {
      wayOut: 'Say which encoding it is in. From Excel it is often --encoding windows-1252',
    });
  }
}

/** Says in plain words what is wrong with a row. */
export function rowProblem(error: unknown, name: string, fields: number): unknown {
  if (!(error instanceof RowFault)) return error;
  const place = `${name}, line ${error.line}`;
  if (error.kind === 'quote') {
    return new Problem('link/quote', 400, 'A quotation mark is opened and never closed.', {
      place,
      wayOut: 'Close it. A quotation mark inside a field is written twice.',
    });
  }
  return new Problem('link/fields', 400, `A row has ${error.fields} fields; the header has ${fields}.`, {
    place,
    wayOut: 'A field with a comma in it needs quotation marks around it.',
  });
}

/** Cuts a file into pieces of whole rows, none much larger than `most` bytes. */
export function piecesOfFile(plan: FilePlan, most: number, source: number): FilePiece[] {
  const whole = { plan, from: 0, to: plan.bytes, firstLine: 1, hasHeader: true, source };
  if (plan.bytes <= most || plan.encoding.startsWith('utf-16')) return [whole];
  const pieces: FilePiece[] = [];
  const handle = openSync(plan.file, 'r');
  try {
    const chunk = Buffer.alloc(1 << 22);
    let from = 0;
    let firstLine = 1;
    let line = 1;
    let quotes = 0;
    for (let at = 0; at < plan.bytes;) {
      const read = readSync(handle, chunk, 0, chunk.length, at);
      const bytes = chunk.subarray(0, read);
      const hasQuotes = bytes.includes(34);
      for (let end = bytes.indexOf(10), seen = 0; end >= 0; end = bytes.indexOf(10, end + 1)) {
        line++;
        if (hasQuotes) for (; seen <= end; seen++) if (bytes[seen] === 34) quotes++;
        if (at + end + 1 - from < most || quotes % 2 === 1) continue;
        pieces.push({ plan, from, to: at + end + 1, firstLine, hasHeader: from === 0, source });
        from = at + end + 1;
        firstLine = line;
      }
      if (hasQuotes) for (let k = bytes.lastIndexOf(10) + 1; k < read; k++) if (bytes[k] === 34) quotes++;
      at += read;
    }
    if (from < plan.bytes)
      pieces.push({ plan, from, to: plan.bytes, firstLine, hasHeader: from === 0, source });
  } finally {
    closeSync(handle);
  }
  return pieces;
}
