/** Small made-up resources and an importer, for the tests of this room. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import type { Db } from '../../platform/db/index.ts';
import { openDefinitions } from '../definitions/index.ts';
import { createExtractor, createSearch, type Extractor } from '../search/index.ts';
import { createStore } from '../store/index.ts';
import { createValidator } from '../validation/index.ts';
import { createImporter, type Importer, type ImportServices } from './importer.ts';
import type { Job } from './store-jobs.ts';

type Json = Record<string, unknown>;

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const patient = (id: string | undefined, more: Json = {}): Json => ({
  resourceType: 'Patient',
  ...(id === undefined ? {} : { id }),
  name: [{ family: 'Made-Up' }],
  ...more,
});

export const observation = (id: string, subject: string, more: Json = {}): Json => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'Pulse' },
  subject: { reference: subject },
  ...more,
});

export const practitioner = (id: string, number: string): Json => ({
  resourceType: 'Practitioner',
  id,
  identifier: [{ system: 'urn:example:staff', value: number }],
});

/** A bundle; an entry that is a resource is given its `urn:uuid:` full URL. */
export const bundle = (type: string, ...entries: Json[]): Json => ({
  resourceType: 'Bundle',
  type,
  entry: entries.map((each) =>
    'resourceType' in each
      ? { ...(typeof each['id'] === 'string' ? { fullUrl: `urn:uuid:${each['id']}` } : {}), resource: each }
      : each,
  ),
});

export const quiet = {
  found: (): void => undefined,
  bytes: (): void => undefined,
  stored: (): void => undefined,
  note: (): void => undefined,
};

export function openTestImporter(
  db: Db,
  changed: (extractor: Extractor) => Extractor = (extractor) => extractor,
  more: Partial<ImportServices> = {},
): Importer {
  const definitions = openDefinitions();
  const search = createSearch({ definitions });
  const validator = createValidator(definitions);
  return createImporter({
    db,
    clock: () => new Date(),
    extractor: changed(search),
    validate: (resource) => validator.validate(resource),
    match: ({ type, query }) => search.matchIds(db, type, query, 2),
    ...more,
  });
}

/** What a database holds, and the content under an id now: undefined where there is none. */
export function openStored(db: Db) {
  const store = createStore({ db, extractor: createExtractor(openDefinitions()), clock: () => new Date() });
  const content = async (type: string, id: string): Promise<Json | undefined> => {
    const found = await store.read(type, id);
    return found === undefined || found.deleted ? undefined : (JSON.parse(found.content) as Json);
  };
  return { store, content };
}

/** A folder of its own for one test file, and a way to import what is written into it. */
export function openDesk(db: Db) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-import-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const importer = openTestImporter(db);
  const write = (name: string, content: unknown): string => {
    const file = path.join(folder, name);
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(file, isText ? content : JSON.stringify(content));
    return file;
  };
  const run = (paths: string[], more: { source?: string; again?: boolean } = {}): Promise<Job> =>
    importer.run({ paths, agent: 'test', progress: quiet, ...more });
  return { folder, importer, write, run };
}
