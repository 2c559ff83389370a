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

/** What is noted of the last build. A note that is not there, not whole or not for this account counts as none. */
export function readMade(): Made | undefined {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as Made;
  } catch {
    return undefined;
  }
}
