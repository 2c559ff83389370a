import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fault } from './fault.ts';

/** Reads a JSON file, plain or gzip. Throws a Problem that names line and column where it is not JSON. */
export async function readJson(file: string, name: string): Promise<unknown> {
  const bytes = await readFile(file);
  const text = (name.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const before = text.slice(0, position === undefined ? text.length : Number(position));
    const line = before.split('\n').length;
    throw fault(name, line, 'From here on this is not JSON.', before.length - before.lastIndexOf('\n'));
  }
}
