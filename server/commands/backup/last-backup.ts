import { readFileSync } from 'node:fs';
import path from 'node:path';

export type LastBackup = { made: string; target: string };

/** Where a data folder notes its last backup. */
export const lastBackupFile = (dataDir: string): string => path.join(dataDir, 'last-backup.json');

/** The last backup that was noted, where there is one. */
export function lastBackup(dataDir: string): LastBackup | undefined {
  try {
    return JSON.parse(readFileSync(lastBackupFile(dataDir), 'utf8')) as LastBackup;
  } catch {
    return undefined;
  }
}
