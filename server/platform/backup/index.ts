export type { Description } from './archive.ts';
export { bringBackFiles } from './kept-files.ts';
export { makeBackup, type BackupOptions } from './make.ts';
export { checkBackup, restoreBackup, type RestoreOptions } from './restore.ts';
