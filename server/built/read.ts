import { readFileSync } from 'node:fs';
import path from 'node:path';
import { note, shelf, standOf, type Made } from './place.ts';

/** The folder of the program that was built from the present sources. Undefined when there is none. */
export function builtProgram(): string | undefined {
  const made = readMade();
  if (made === undefined) return undefined;
  for (const file in made.stands) if (standOf(file) !== made.stands[file]) return undefined;
  return path.join(shelf, made.folder);
}

/** What is noted of the last build; undefined when there was none, or its note is not whole. */
export function readMade(): Made | undefined {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as Made;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
