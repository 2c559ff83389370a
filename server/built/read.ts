import { readFileSync } from 'node:fs';
import path from 'node:path';
import { note, shelf, standOf, type Made } from './place.ts';

/** The folder of the program that was built from the present sources. Undefined when there is none. */
export function builtProgram(): string | undefined {
  const made = readMade();
  return made !== undefined && stillStand(made.stands) ? path.join(shelf, made.folder) : undefined;
}

/** True while each of these files stands as it did. */
export const stillStand = (stands: Made['stands']): boolean =>
  Object.entries(stands).every(([file, stand]) => standOf(file) === stand);

/** What is noted of the last build; undefined when there was none, its note is not whole, or it is another account's. */
export function readMade(): Made | undefined {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as Made;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError || ['ENOENT', 'EACCES'].includes(code)) return undefined;
    throw error;
  }
}
