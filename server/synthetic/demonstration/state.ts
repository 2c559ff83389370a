import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readIfThere } from '../../platform/read-if-there.ts';
import type { Demonstration } from './types.ts';

const fileOf = (dataDir: string): string => path.join(dataDir, 'demonstration.json');

/** Where the feeds of the demonstration stand until they are loaded. */
export const feedsFolderOf = (dataDir: string): string => path.join(dataDir, 'demonstration-feeds');

/** How far the demonstration of a data folder is; undefined where there is none. */
export function readDemonstration(dataDir: string): Demonstration | undefined {
  const text = readIfThere(fileOf(dataDir));
  return text === undefined ? undefined : (JSON.parse(text) as Demonstration);
}

/** Keeps how far it is, whole or not at all. */
export function keepDemonstration(dataDir: string, demonstration: Demonstration): void {
  const file = fileOf(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(demonstration)}\n`);
  renameSync(`${file}.new`, file);
}
