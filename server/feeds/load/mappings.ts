import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { mappingOf, shippedMappings, type Mapping } from '../csv/index.ts';
import { addMapping, findMapping } from './store.ts';

/**
 * Keeps a mapping that somebody declares in a file; from then on files of its name are read by it. The same again changes nothing. Throws a
 * Problem with the place of what is wrong, or when its version stands for another content.
 */
export async function declareMapping(db: Queryable, clock: Clock, file: string): Promise<Mapping> {
  const place = path.basename(file);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Problem('feeds/no-mapping-file', 400, 'The file cannot be read.', { place, cause });
  });
  const mapping = mappingOf(text, place);
  for (const shipped of shippedMappings()) await addMapping(db, shipped, clock());
  await addMapping(db, mapping, clock());
  const kept = await findMapping(db, mapping.mapping, mapping.version);
  if (JSON.stringify(kept) !== JSON.stringify(mapping)) {
    throw new Problem(
      'feeds/mapping-version',
      409,
      `Version ${mapping.version} of ${mapping.mapping} is there with another content.`,
      { place: `${place}, /version`, wayOut: 'Give the changed mapping a higher version.' },
    );
  }
  return mapping;
}
