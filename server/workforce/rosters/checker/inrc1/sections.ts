import { faultIn, splitLines, wholeNumber } from '../fault.ts';

export type Line = { number: number; cells: string[] };

const names = [
  'SCHEDULING_PERIOD',
  'SKILLS',
  'SHIFT_TYPES',
  'CONTRACTS',
  'PATTERNS',
  'EMPLOYEES',
  'DAY_OF_WEEK_COVER',
  'DATE_SPECIFIC_COVER',
  'DAY_OFF_REQUESTS',
  'DAY_ON_REQUESTS',
  'SHIFT_OFF_REQUESTS',
  'SHIFT_ON_REQUESTS',
];

/** Cuts an INRC-I file into its sections; each must have as many lines as its heading says. */
export function linesBySection(text: string, file: string): Map<string, Line[]> {
  const found = new Map<string, { lines: Line[]; wanted: number; number: number }>();
  let current: Line[] | undefined;
  for (const [index, raw] of splitLines(text).entries()) {
    const number = index + 1;
    const line = raw.trim();
    if (line === '' || line.startsWith('//')) continue;
    const heading = /^([A-Z_]+)(?:\s*=?\s*(\d+))?;$/.exec(line);
    if (heading !== null && names.includes(heading[1]!)) {
      if (found.has(heading[1]!)) throw faultIn(file, number, `${heading[1]} is there twice.`);
      current = [];
      const wanted =
        heading[2] === undefined ? 1 : wholeNumber(heading[2], 'The number of lines', file, number);
      found.set(heading[1]!, { lines: current, wanted, number });
    } else if (current === undefined || !line.endsWith(';')) {
      throw faultIn(file, number, 'This line is neither a heading nor an entry that ends with a semicolon.');
    } else
      current.push({
        number,
        cells: line
          .slice(0, -1)
          .split(',')
          .map((cell) => cell.trim()),
      });
  }
  for (const [name, { lines, wanted, number }] of found)
    if (lines.length !== wanted)
      throw faultIn(file, number, `${name} says ${wanted} lines and has ${lines.length}.`);
  return new Map([...found].map(([name, { lines }]) => [name, lines]));
}
