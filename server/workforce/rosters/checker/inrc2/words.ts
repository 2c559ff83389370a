import { faultIn, wholeNumber } from '../fault.ts';

export type Line = { number: number; words: string[] };

/** The lines of an INRC-II file that are not empty, cut into words. */
export const linesOf = (text: string): Line[] =>
  text.split(/\r?\n/).flatMap((line, index) => {
    const words = line.split(/\s+/).filter((word) => word !== '');
    return words.length === 0 ? [] : [{ number: index + 1, words }];
  });

/** The lines after a heading `NAME = n`, as many as it says. Without a number, those until the next heading. */
export function sectionOf(lines: Line[], name: string, file: string): Line[] {
  const at = lines.findIndex(({ words }) => words[0] === name);
  if (at < 0) throw faultIn(file, 1, `There is no section ${name}.`);
  const { number, words } = lines[at]!;
  const after = lines.slice(at + 1);
  if (words[1] !== '=') {
    const end = after.findIndex((line) => line.words[1] === '=' || line.words.length === 0);
    return end < 0 ? after : after.slice(0, end);
  }
  const count = wholeNumber(words[2], 'The number of lines', file, number);
  if (after.length < count)
    throw faultIn(file, number, `${name} says ${count} lines and has ${after.length}.`);
  return after.slice(0, count);
}

/** Reads `(2,5)`: a least and a most. */
export function spanOf(text: string | undefined, file: string, line: number): { min: number; max: number } {
  const found = /^\((\d+),(\d+)\)$/.exec(text ?? '');
  if (found === null) throw faultIn(file, line, `"${text ?? ''}" is not two numbers in brackets.`);
  const [min, max] = [Number(found[1]), Number(found[2])];
  if (min > max) throw faultIn(file, line, `The least, ${min}, is more than the most, ${max}.`);
  return { min, max };
}
