import { bytesOf } from './bytes.ts';
import { fault } from './fault.ts';
import { jsonFaultAt } from './json-fault.ts';

/** Reads a JSON file in UTF-8, plain or gzip. Throws a Problem that names line and column where it is not JSON. */
export async function readJson(file: string, name: string): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytesOf(file, name)) pieces.push(piece);
  const text = decoded(Buffer.concat(pieces), name);
  try {
    return JSON.parse(text);
  } catch {
    const before = text.slice(0, jsonFaultAt(text));
    const column = before.length - before.lastIndexOf('\n');
    throw fault(name, before.split('\n').length, 'From here on this is not JSON.', column);
  }
}

/** A byte-order mark is left out. */
function decoded(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fault(name, 1, 'This file is not in UTF-8.');
  }
}
