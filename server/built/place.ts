import { statSync } from 'node:fs';
import path from 'node:path';

export const home = path.resolve(import.meta.dirname, '../..');

/** Where built programs are kept, each in a folder of its own. */
export const shelf = path.join(home, '.openics/program');

/** Names the program that is in use, and what it was made from. */
export const note = path.join(shelf, 'made.json');

/** What a program was made from: files below the checkout, and how each of them stood. */
export type Made = { folder: string; stands: Record<string, string> };

/** Also decides how a program is made. */
export const alsoMadeFrom = ['package-lock.json', 'server/built/build.ts', 'server/built/place.ts'];

/** How a file stands: its size and when it last changed. Undefined where it is not there, or changed since `before`. */
export function standOf(file: string, before = Infinity): string | undefined {
  const found = statSync(path.join(home, file), { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs < before ? `${found.size} ${found.mtimeMs}` : undefined;
}
