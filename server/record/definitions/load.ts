import { Problem } from '../../platform/errors.ts';
import type { Db } from '../../platform/db/index.ts';
import { openDefinitions } from './open.ts';
import { readPackage, type ReadPackage, type ReadPackageOptions } from './packages.ts';
import { savePackage, storedPackages } from './store.ts';

export type LoadResult = {
  name: string;
  version: string;
  definitions: number;
  /** Files that could not be read. */
  unread: ReadPackage['unread'];
  /** Profiles that cannot be checked against, and why: often a package they build on is not loaded yet. */
  unusable: { url: string; reason: string }[];
};

/** Reads a package from disk, stores it, and says what of it cannot be used. Loading the same package again replaces it. */
export async function loadPackage(
  db: Db,
  path: string,
  options: ReadPackageOptions & { now: Date },
): Promise<LoadResult> {
  const pack = readPackage(path, options);
  const others = (await storedPackages(db)).filter(
    (one) => one.name !== pack.name || one.version !== pack.version,
  );
  const definitions = openDefinitions({ packages: [...others, pack] });
  const unusable: LoadResult['unusable'] = [];
  for (const resource of pack.resources) {
    if (resource.resourceType !== 'StructureDefinition') continue;
    const url = String(resource['url']);
    try {
      definitions.structure(url);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      unusable.push({ url, reason: error.message });
    }
  }
  await savePackage(db, pack, options.now);
  return {
    name: pack.name,
    version: pack.version,
    definitions: pack.resources.length,
    unread: pack.unread,
    unusable,
  };
}
