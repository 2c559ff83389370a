import { readFileSync } from 'node:fs';

/** The bytes of a file; undefined where there is none, as when another process has just taken it away. */
export function bytesIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The text of a file; undefined where there is none. */
export const readIfThere = (file: string): string | undefined => bytesIfThere(file)?.toString('utf8');
