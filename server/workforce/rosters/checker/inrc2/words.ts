import { faultIn, splitLines, wholeNumber } from '../fault.ts';

/** The headings that stand alone on their line, without a number. */
const headings = ['FORBIDDEN_SHIFT_TYPES_SUCCESSIONS', 'REQUIREMENTS', 'NURSE_HISTORY'];

export type Line = { number: number; words: string[] };

/** The lines of an INRC-II file that are not empty, cut into words. */
export const linesOf = (text: string): Line[] =>
  splitLines(text).flatMap((line, index) => {
    const words = line.split(/\s+/).filter((word) => word !== '');
    return words.length === 0 ? [] : [{ number: index + 1, words }];
  });

/** The lines after a heading, until the next. After `NAME = n` they must be as many as it says. */
export function sectionOf(lines: Line[], name: string, file: string): Line[] {
  const at = lines.findIndex(({ words }) => words[0] === name);
  if (at < 0) throw faultIn(file, 1, `There is no section ${name}.`);
  const { number, words } = lines[at]!;
  const after = lines.slice(at + 1);
  const isHeading = (line: Line): boolean => line.words[1] === '=' || headings.includes(line.words[0]!);
  const end = after.findIndex(isHeading);
  const found = end < 0 ? after : after.slice(0, end);
  if (words[1] !== '=') return found;
  const count = wholeNumber(words[2], 'The number of lines', file, number);
  if (found.length !== count)
    throw faultIn(file, number, `${name} says ${count} lines and has ${found.length}.`);
  return found;
}

/** Reads `(2,5)`: a least and a most. */
export function spanOf(text: string | undefined, file: string, line: number): { min: number; max: number } {
  const found = /^\((\d+),(\d+)\)$/.exec(text ?? '');
  if (found === null) throw faultIn(file, line, `"${text ?? ''}" is not two numbers in brackets.`);
  const [min, max] = [Number(found[1]), Number(found[2])];
  if (min > max) throw faultIn(file, line, `The least, ${min}, is more than the most, ${max}.`);
  return { min, max };
}
