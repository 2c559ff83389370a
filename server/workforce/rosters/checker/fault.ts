import { Problem } from '../../../platform/errors.ts';

/** A refusal of a problem or solution file, with the file and line of the fault. */
export const faultIn = (file: string, line: number, text: string): Problem =>
  new Problem('workforce/roster-file-wrong', 400, text, { place: `${file}, line ${line}` });

/** Reads a whole number that may not be negative. Some published files write nought as -0. */
export function wholeNumber(text: string | undefined, what: string, file: string, line: number): number {
  if (text === undefined || !/^(\d{1,9}|-0)$/.test(text.trim()))
    throw faultIn(file, line, `${what} must be a whole number that is not negative.`);
  return Math.abs(Number(text));
}
