import { existsSync } from 'node:fs';
import { Problem } from '../../platform/errors.ts';

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
  if (!existsSync(file))
    throw new Problem('roster/no-file', 404, `There is no such file: the ${what}.`, { place: file });
  return file;
}
