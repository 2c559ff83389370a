/** What to call the things of imports and quarantine. */
import type { ImportJob, QuarantineItem, QuarantineState } from '../api/imports.ts';
import { numberWords } from './numbers.ts';
import { typeWords } from './record.ts';

export const jobStates: Record<ImportJob['state'], { words: string; colour?: string }> = {
  running: { words: 'Running', colour: 'blue' },
  finished: { words: 'Finished', colour: 'green' },
  failed: { words: 'Failed', colour: 'red' },
};

export const quarantineStates: Record<QuarantineState, string> = {
  open: 'Waiting',
  mended: 'Mended, not yet tried',
  replayed: 'Stored after all',
  dismissed: 'Given up',
};

/** What an item is, as far as it could be read. */
export function itemName({ type, resourceId }: QuarantineItem): string {
  if (type === null) return 'Something that could not be read';
  return resourceId === null ? typeWords(type) : `${typeWords(type)} ${resourceId}`;
}

/** Where an item came from: file, line or entry. */
export function itemPlace({ file, entry, line, column }: QuarantineItem): string {
  if (line === null) return `${file}, entry ${numberWords(entry)}`;
  return column === null
    ? `${file}, line ${numberWords(line)}`
    : `${file}, line ${numberWords(line)}, column ${numberWords(column)}`;
}
