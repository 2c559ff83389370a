import { faultIn, splitLines } from './fault.ts';

/**
 * A roster as written: for each person, in file order, what stands in the column of each day ('' = nothing).
 */
export type Roster = Map<string, string[]>;

/**
 * Reads a solution file: a line a person, the id and then a column a day, tabs between; lines that start with
 * # are notes. The people must be exactly those of the problem. Throws a Problem that names the line of the
 * first fault.
 */
export function readRoster(text: string, file: string, people: readonly string[], days: number): Roster {
  const known = new Set(people);
  const roster: Roster = new Map();
  for (const [index, raw] of splitLines(text).entries()) {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#')) continue;
    const [id = '', ...cells] = line.split('\t').map((cell) => cell.trim());
    if (!known.has(id)) throw faultIn(file, index + 1, `There is nobody called "${id}" in the problem.`);
    if (roster.has(id)) throw faultIn(file, index + 1, `"${id}" has a second line.`);
    if (cells.length > days)
      throw faultIn(file, index + 1, `There are ${cells.length} days here and ${days} in the problem.`);
    roster.set(id, [...cells, ...Array<string>(days - cells.length).fill('')]);
  }
  const missing = people.find((id) => !roster.has(id));
  if (missing !== undefined)
    throw faultIn(file, splitLines(text).length, `"${missing}" has no line in the solution.`);
  return new Map(people.map((id) => [id, roster.get(id)!]));
}
