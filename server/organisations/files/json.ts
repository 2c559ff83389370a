import { bytesOf } from './bytes.ts';
import { fault } from './fault.ts';
import { jsonFaultAt } from './json-fault.ts';

/** Reads a JSON file, plain or gzip. Throws a Problem that names line and column where it is not JSON. */
export async function readJson(file: string, name: string): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytesOf(file, name)) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    const before = text.slice(0, jsonFaultAt(text));
    const column = before.length - before.lastIndexOf('\n');
    throw fault(name, before.split('\n').length, 'From here on this is not JSON.', column);
  }
}
