import { types } from 'pg';

export type Column = { name: string; read: (text: string) => unknown };

/** Reads a RowDescription: the name of each column, and the reader of its type. */
export function columnsIn(bytes: Buffer, from: number): Column[] {
  const count = bytes.readInt16BE(from);
  const columns: Column[] = [];
  let at = from + 2;
  for (let index = 0; index < count; index++) {
    const end = bytes.indexOf(0, at);
    const name = bytes.toString('utf8', at, end);
    const oid = bytes.readInt32BE(end + 7);
    columns.push({ name, read: types.getTypeParser(oid, 'text') as (text: string) => unknown });
    at = end + 19;
  }
  return columns;
}

/** Reads a DataRow as an object by column name. */
export function rowIn(columns: readonly Column[], bytes: Buffer, from: number): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  let at = from + 2;
  for (const column of columns) {
    const size = bytes.readInt32BE(at);
    at += 4;
    if (size < 0) {
      row[column.name] = null;
      continue;
    }
    row[column.name] = column.read(bytes.toString('utf8', at, at + size));
    at += size;
  }
  return row;
}

/** The values of a DataRow as the bytes that were sent. */
export function bytesIn(bytes: Buffer, from: number): (Buffer | null)[] {
  const count = bytes.readInt16BE(from);
  const values: (Buffer | null)[] = [];
  let at = from + 2;
  for (let index = 0; index < count; index++) {
    const size = bytes.readInt32BE(at);
    at += 4;
    values.push(size < 0 ? null : bytes.subarray(at, at + size));
    if (size > 0) at += size;
  }
  return values;
}

/** Reads an ErrorResponse into the shape the driver gives errors. */
export function errorIn(bytes: Buffer, from: number, to: number): Error & { code?: string } {
  const fields = new Map<string, string>();
  for (let at = from; at < to && bytes[at] !== 0;) {
    const end = bytes.indexOf(0, at + 1);
    fields.set(String.fromCharCode(bytes[at]!), bytes.toString('utf8', at + 1, end));
    at = end + 1;
  }
  const error = new Error(fields.get('M') ?? 'PostgreSQL refused the statement.');
  return Object.assign(error, { code: fields.get('C') ?? 'XX000', constraint: fields.get('n') });
}
