import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { keeper } from '../../platform/secrets/index.ts';
import { ownSecrets } from '../secrets/holdings.ts';
import { good, look, wrong, type Finding } from './finding.ts';

/** Who keeps secrets, and whether they can be had. */
export async function lookAtSecrets(): Promise<Finding> {
  try {
    const outside = await keeper();
    if (outside === undefined)
      return good(
        'secrets',
        'they lie in files of this account and in the database (OPENICS_SECRETS is not set)',
      );
    await outside.check();
    return good('secrets', `${outside.place} answers`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return wrong('secrets', error.message, `${error.wayOut ?? ''} (${error.place ?? 'OPENICS_SECRETS'})`);
  }
}

/** Secrets that the program made before somebody kept them. */
export async function lookAtHome(owner: Db, dataDir: string): Promise<Finding[]> {
  const outside = await keeper();
  if (outside?.takes !== true) return [];
  const own = await ownSecrets(owner, dataDir);
  const isHome = await Promise.all(own.map((each) => each.atHome()));
  const count = isHome.filter((value) => value !== undefined).length;
  return count === 0
    ? []
    : [look('secrets', `${count} lie with the program still`, './openics secrets move')];
}
