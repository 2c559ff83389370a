import { statfsSync } from 'node:fs';

/** Free space in bytes for an ordinary account, where the folder exists. */
export function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
