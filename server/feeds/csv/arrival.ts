import { digestOf, idFrom } from '../ids.ts';
import type { Arrival, FeedName } from '../intake/types.ts';
import { fieldsOf, type CsvRecord } from './read.ts';
import { refused, sayRow } from './row.ts';
import type { Mapping, RowFault } from './types.ts';

/** Where a row comes from. */
export type RowPlace = { feed: FeedName; fileId: string; file: string; header: CsvRecord; received: Date };

/** What is wrong with the columns of a file; undefined when they are those of the mapping. */
export function headerFault(mapping: Mapping, header: CsvRecord): RowFault | undefined {
  const sent = header.fields.map((name) => name.trim());
  const missing = mapping.columns.filter((name) => !sent.includes(name));
  if (missing.length > 0) return { column: missing.join(', '), reason: 'Columns are missing.' };
  const extra = sent.filter((name) => !mapping.columns.includes(name));
  if (extra.length > 0)
    return { column: extra.join(', '), reason: 'There are columns that the mapping does not know.' };
  const twice = sent.find((name, index) => sent.indexOf(name) !== index);
  return twice === undefined ? undefined : { column: twice, reason: 'A column is there twice.' };
}

/** A row as a message: kept with its header, so that it can be read by itself. */
export function rowArrival(mapping: Mapping, record: CsvRecord, place: RowPlace): Arrival {
  const { feed, fileId, file, header, received } = place;
  const bytes = Buffer.from(`${header.text}\n${record.text}\n`);
  const line = String(record.line);
  return {
    feed,
    id: idFrom('row', fileId, line),
    otherId: () => idFrom('row', fileId, line, 'other'),
    digest: digestOf(bytes),
    received,
    controlId: `${file}, line ${line}`,
    kind: mapping.mapping,
    bytes,
    channel: 'csv',
    agent: `${mapping.mapping} ${mapping.version}`,
    message: undefined,
    said: said(mapping, record, header, feed.source, received),
  };
}

function said(
  mapping: Mapping,
  record: CsvRecord,
  header: CsvRecord,
  source: string,
  received: Date,
): Arrival['said'] {
  const [got, wanted] = [record.fields.length, header.fields.length];
  if (got !== wanted)
    return refused({ column: '', reason: `The row has ${got} fields instead of ${wanted}.` });
  const values = new Map(header.fields.map((name, index) => [name.trim(), record.fields[index]!]));
  return sayRow(mapping, source, values, received.getTime());
}

const delimiters = [',', ';', '|', '\t'];

/** A row that was kept with its header, read again. Kept rows are UTF-8, with the delimiter that their header uses. */
export function rowAgain(
  mapping: Mapping,
  bytes: Buffer,
  place: { feed: FeedName; received: Date },
): Arrival {
  const text = bytes.toString().trimEnd();
  const end = text.indexOf('\n');
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
  const delimiter = delimiters.find((each) => fieldsOf(head, each).length === mapping.columns.length) ?? ',';
  const record = (line: number, part: string): CsvRecord => ({
    fields: fieldsOf(part, delimiter),
    line,
    text: part,
  });
  const whole = { ...place, fileId: digestOf(bytes), file: '', header: record(1, head) };
  return rowArrival(mapping, record(2, body), whole);
}
