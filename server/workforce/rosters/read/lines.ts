import path from 'node:path';
import { Problem } from '../../../platform/errors.ts';

/** A line of a text file that says something: trimmed, with its number in the file (1 is the first). */
export type Line = { text: string; number: number };

/** An error in a problem file, with its file and line. */
export function fault(file: string, line: number, message: string, wayOut?: string): Problem {
  return new Problem('roster/bad-file', 400, message, {
    place: `${path.basename(file)}, line ${line}`,
    ...(wayOut === undefined ? {} : { wayOut }),
  });
}

/** The lines of `text` that are not blank and not comments. */
export function linesOf(text: string, comment: RegExp): Line[] {
  return text
    .split(/\r\n?|\n/)
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .filter((line) => line.text !== '' && !comment.test(line.text));
}

/** The cells of a line with commas between them, without empty ones after the last. */
export function cellsOf(text: string): string[] {
  const cells = text.split(',').map((cell) => cell.trim());
  while (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells;
}

/** A whole number from `low` up, or an error that names what it was to be. */
export function wholeNumber(
  file: string,
  line: Line,
  text: string | undefined,
  what: string,
  low = 0,
): number {
  const number = Number(text);
  if (text === undefined || !/^-?\d+$/.test(text.trim()) || !Number.isSafeInteger(number))
    throw fault(file, line.number, `${what} should be a whole number, and is "${text ?? ''}".`);
  if (number < low) throw fault(file, line.number, `${what} should be ${low} or more, and is ${number}.`);
  return number;
}

/** The index of a name in a list, or an error that names what is unknown. */
export function indexIn(
  file: string,
  line: Line,
  names: Map<string, number>,
  name: string,
  what: string,
): number {
  const found = names.get(name);
  if (found === undefined)
    throw fault(
      file,
      line.number,
      `There is no ${what} "${name}".`,
      `Known: ${[...names.keys()].slice(0, 40).join(', ')}.`,
    );
  return found;
}

/** How many duties a problem may have at most: a day of a roster is one byte. */
export const mostDuties = 255;

/** A name that a solution file can hold, or an error. */
export function idIn(file: string, line: Line, id: string | undefined, what: string): string {
  if (id === undefined || id === '') throw fault(file, line.number, `A ${what} has no name.`);
  if (id.startsWith('#') || id.includes('\t'))
    throw fault(file, line.number, `A ${what} is called "${id}": a name may not begin with # or hold a tab.`);
  return id;
}
