import { statSync } from 'node:fs';
import { Problem } from '../../platform/errors.ts';
import {
  inrc2Files,
  readProblem,
  readStages,
  type Problem as Rostering,
} from '../../workforce/rosters/index.ts';

/** A number in an option, from `low` up, or an error that says so. */
export function numberIn(option: string, text: string, low: number, high = 1e9): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < low || number > high)
    throw new Problem('roster/wrong-option', 400, `--${option} is not as it should be.`, {
      wayOut: `Give a number from ${low} to ${high}.`,
    });
  return number;
}

/** Refuses a file that is not there. */
export function mustExist(file: string | undefined, what: string): string {
  if (file === undefined)
    throw new Problem('roster/no-file', 400, `Say which ${what}.`, { wayOut: './openics roster --help' });
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() === false)
    throw new Problem('roster/no-file', 400, `This is no file: the ${what}.`, { place: file });
  if (found === undefined)
    throw new Problem('roster/no-file', 404, `There is no such file: the ${what}.`, { place: file });
  return file;
}

/** The files of a problem: one, or those of a scenario of INRC-II with its history and weeks. */
export function filesOf(given: readonly string[]): string[] {
  const files = given.length === 1 ? inrc2Files(given[0] ?? '') : given;
  if (files.length === 0) mustExist(undefined, 'problem');
  if (files.length === 2)
    throw new Problem('roster/no-weeks', 400, 'A scenario and a history need weeks as well.');
  return files.map((file) => mustExist(file, 'problem'));
}

/** The problem in those files; of INRC-II all its weeks as one. */
export function problemIn(given: readonly string[]): Rostering {
  const files = filesOf(given);
  return files.length > 1 ? readStages(files).whole : readProblem(files[0] ?? '');
}
