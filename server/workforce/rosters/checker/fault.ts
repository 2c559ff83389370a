import { Problem } from '../../../platform/errors.ts';

/** A refusal of a problem or solution file, with the file and line of the fault. */
export const faultIn = (file: string, line: number, text: string): Problem =>
  new Problem('workforce/roster-file-wrong', 400, text, { place: `${file}, line ${line}` });

/** Reads a whole number that may not be negative. Some published files write nought as -0. */
export function wholeNumber(text: string | undefined, what: string, file: string, line: number): number {
  if (text === undefined || !/^(\d{1,15}|-0)$/.test(text.trim()))
    throw faultIn(file, line, `${what} must be a whole number that is not negative.`);
  return Math.abs(Number(text));
}

/** The lines of a text, whichever way they end; a byte order mark before them is no part of the first. */
export const splitLines = (text: string): string[] => text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);

/** Puts a value under a name that must be new. */
export function putNew<T>(
  into: Map<string, T>,
  id: string | undefined,
  value: T,
  what: string,
  place: { file: string; line: number },
): void {
  if (id === undefined || id === '') throw faultIn(place.file, place.line, `A ${what} has no name.`);
  if (into.has(id)) throw faultIn(place.file, place.line, `The ${what} "${id}" is there twice.`);
  into.set(id, value);
}
