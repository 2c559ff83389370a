/** Messages of PostgreSQL's extended query protocol, version 3.0. Source: PostgreSQL manual, Message Formats. */

const letter = (of: string): number => of.charCodeAt(0);
const bind = letter('B');

/** Ends a group of statements: the server goes on after it, whatever failed before. */
export const sync = Buffer.from([letter('S'), 0, 0, 0, 4]);

/** Execute of the unnamed portal, all rows: the same bytes for every statement. */
const execute = Buffer.from([letter('E'), 0, 0, 0, 9, 0, 0, 0, 0, 0]);
const executeAndSync = Buffer.concat([execute, sync]);

/** Ends the connection. */
export const terminate = Buffer.from([letter('X'), 0, 0, 0, 4]);

/** Forgets a statement of this name, parses it anew, and asks which columns it gives. */
export function prepareMessage(name: string, text: string): Buffer {
  return Buffer.concat([
    message('C', `S${name}\0`),
    message('P', `${name}\0${text}\0\0\0`),
    message('D', `S${name}\0`),
  ]);
}

function message(kind: string, body: string): Buffer {
  const out = Buffer.allocUnsafe(5 + Buffer.byteLength(body));
  out.write(kind, 0);
  out.writeInt32BE(out.length - 1, 1);
  out.write(body, 5);
  return out;
}

/** Runs a parsed statement with values in text form, and ends with Sync, so that an error stays with it. */
export const runMessage = (name: string, values: readonly (string | null)[]): Buffer =>
  boundMessage(name, values, executeAndSync);

/** Runs a parsed statement with values in text form, one of several before a Sync. */
export const executeMessage = (name: string, values: readonly (string | null)[]): Buffer =>
  boundMessage(name, values, execute);

/** A COPY from the client with all its rows, one of several statements before a Sync. */
export function copyMessages(statement: string, data: readonly Buffer[]): Buffer[] {
  const head = [message('P', `\0${statement}\0\0\0`), executeMessage('', [])];
  const rows = data.flatMap((bytes) => [copyDataHeader(bytes.length), bytes]);
  return [Buffer.concat(head), ...rows, copyDone];
}

const copyDone = Buffer.from([letter('c'), 0, 0, 0, 4]);

function copyDataHeader(size: number): Buffer {
  const header = Buffer.allocUnsafe(5);
  header.writeUInt8(letter('d'), 0);
  header.writeInt32BE(size + 4, 1);
  return header;
}

function boundMessage(name: string, values: readonly (string | null)[], ending: Buffer): Buffer {
  const nameBytes = Buffer.byteLength(name);
  const sizes = values.map((value) => (value === null ? 0 : Buffer.byteLength(value)));
  const length = 4 + 1 + nameBytes + 1 + 2 + 2 + sizes.reduce((sum, size) => sum + 4 + size, 0) + 2;
  const out = Buffer.allocUnsafe(1 + length + ending.length);
  let at = out.writeUInt8(bind, 0);
  at = out.writeInt32BE(length, at);
  at = out.writeUInt8(0, at);
  at += out.write(name, at);
  at = out.writeUInt8(0, at);
  at = out.writeInt16BE(0, at);
  at = out.writeInt16BE(values.length, at);
  for (const [index, value] of values.entries()) {
    at = out.writeInt32BE(value === null ? -1 : sizes[index]!, at);
    if (value !== null) at += out.write(value, at);
  }
  at = out.writeInt16BE(0, at);
  ending.copy(out, at);
  return out;
}

/** A value in the text form PostgreSQL reads. Undefined is null. Throws for what has no such form here. */
export function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
  }
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(elementOf).join(',')}}`;
  throw new TypeError('A value of this kind cannot be sent with a named statement.');
}

const plain = /^[0-9A-Za-z.-]+$/;

function elementOf(value: unknown): string {
  if (Array.isArray(value)) return textOf(value)!;
  if (Buffer.isBuffer(value)) return `"\\\\x${value.toString('hex')}"`;
  const text = textOf(value);
  if (text === null) return 'NULL';
  if (plain.test(text) && (text.length !== 4 || text.toLowerCase() !== 'null')) return text;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
