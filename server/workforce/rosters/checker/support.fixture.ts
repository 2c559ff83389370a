import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Problem } from '../../../platform/errors.ts';
import { checkSolution, type Verdict } from './index.ts';

/** Checks texts as files: problem files by name in order, and a solution. */
export function checkTexts(problem: Record<string, string>, solution: string): Verdict {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-roster-'));
  try {
    const write = (name: string, text: string): string => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return file;
    };
    const files = Object.entries(problem).map(([name, text]) => write(name, text));
    return checkSolution(files.length === 1 ? files[0]! : files, write('solution.txt', solution));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A row of a solution: cells split by spaces, `-` for a day off. */
export const row = (id: string, cells: string): string =>
  [id, ...cells.split(' ').map((cell) => (cell === '-' ? '' : cell))].join('\t');

/** The refusal that reading gives, as `place: text`. */
export function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Problem) return `${error.place}: ${error.message}`;
    throw error;
  }
  return 'no refusal';
}
