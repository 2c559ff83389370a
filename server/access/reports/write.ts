import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asvsPage, type AsvsAnswers } from './asvs.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs/security');

/** The page as it must stand in docs. */
export const asvsText = (): string =>
  asvsPage(JSON.parse(readFileSync(path.join(folder, 'asvs.json'), 'utf8')) as AsvsAnswers);

if (import.meta.main) writeFileSync(path.join(folder, 'asvs.md'), asvsText());
