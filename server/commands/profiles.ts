import path from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import { listPackages, loadPackage, removePackage } from '../record/definitions/index.ts';
import { fromXml } from '../record/formats/index.ts';
import type { Db } from '../platform/db/index.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { openRecord, recordingDb } from './on-record/index.ts';

export const summary = 'load, list or remove packages of profiles, such as UK Core';

const usage = `./openics profiles load PATH | list | remove NAME VERSION   [options]

  load PATH         a FHIR package: a folder or .tgz of StructureDefinitions, ValueSets, CodeSystems
  list              what is loaded
  remove NAME VERSION
${databaseHelp}

Resources that name a loaded profile in meta.profile are checked against it. A running server takes up
the change within seconds.`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...databaseOptions, help: { type: 'boolean' } },
  });
  const [action, first, second] = positionals;
  if (values.help || action === undefined) {
    console.log(usage);
    return values.help ? 0 : 1;
  }
  const dataDir = dataDirOf(values);
  if (action === 'load' && first !== undefined) return load(dataDir, path.resolve(first));
  if (action === 'list') return list(dataDir);
  if (action === 'remove' && first !== undefined && second !== undefined)
    return remove(dataDir, first, second);
  throw new Problem('profiles/usage', 400, 'That is not how profiles is used.', { wayOut: usage });
}

/** Ends with 2 when some of the package cannot be used, as an import does when something is in quarantine. */
async function load(dataDir: string, from: string): Promise<number> {
  const result = await withDatabase({ dataDir }, async (db) =>
    loadPackage(await changing(db, 'loaded'), from, { fromXml, now: new Date() }),
  );
  console.log(`Loaded ${result.name} ${result.version}: ${result.definitions} definitions.`);
  for (const { file, reason } of result.unread) console.log(`  not read: ${file}: ${reason}`);
  for (const { url, reason } of result.unusable) console.log(`  cannot be used: ${url}: ${reason}`);
  return result.unread.length + result.unusable.length > 0 ? 2 : 0;
}

async function list(dataDir: string): Promise<number> {
  const packages = await withDatabase({ dataDir }, (db) => listPackages(db));
  if (packages.length === 0)
    console.log('No package is loaded. Resources are checked against FHIR R4 itself.');
  for (const one of packages) {
    console.log(
      `${one.name} ${one.version}: ${one.definitions} definitions, loaded ${one.loaded.toISOString()}`,
    );
  }
  return 0;
}

async function remove(dataDir: string, name: string, version: string): Promise<number> {
  const gone = await withDatabase({ dataDir }, async (db) =>
    removePackage(await changing(db, 'removed'), name, version),
  );
  console.log(gone ? `Removed ${name} ${version}.` : `${name} ${version} is not loaded.`);
  return gone ? 0 : 1;
}

/** What is checked of all that comes changes with a package, so that is on record. */
const changing = async (db: Db, rule: 'loaded' | 'removed'): Promise<Db> =>
  recordingDb(db, await openRecord(db), { kind: 'policy', resource: 'ImplementationGuide', rule });
