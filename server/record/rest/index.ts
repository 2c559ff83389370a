import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import { pastWall, pastWallDb, type Db } from '../../platform/db/index.ts';
import type { FileDoor } from '../../platform/scanning/index.ts';
import { createSealer, sealingKey } from '../../platform/sealing/index.ts';
import type { Definitions } from '../definitions/index.ts';
import { parseJson } from '../formats/index.ts';
import { createExports } from '../operations/index.ts';
import type { Search } from '../search/index.ts';
import type { Store } from '../store/index.ts';
import type { Validator } from '../validation/index.ts';
import { capabilityTexts } from './capabilities.ts';
import { mount } from './http.ts';
import { everythingOperation } from './operations/everything.ts';
import { exportFollowUps, exportOperations } from './operations/export.ts';
import { graphqlOperation } from './operations/graphql.ts';
import { matchOperation } from './operations/match.ts';
import { metaOperation } from './operations/meta.ts';
import { validateOperation } from './operations/validate.ts';
import { KeptAnswers } from './kept-answers.ts';
import { pageTokens } from './page-token.ts';
import { ReadyAnswers } from './ready-answers.ts';
import type { FhirServices, FhirSettings } from './services.ts';
import { Turns } from './turns.ts';
import { uriElements } from './uris.ts';

export type { FhirSettings } from './services.ts';

/** What the FHIR API is built on. */
export type FhirParts = {
  db: Db;
  clock: Clock;
  store: Store;
  search: Search;
  definitions: Definitions;
  validator: Validator;
  /** By which contents of files leave. */
  files: FileDoor;
  settings: FhirSettings;
  /** Told of errors that nobody expected: the reference that the client was given, and the error. */
  onUnexpected?: (reference: string, error: unknown) => void;
};

/** Room for the whole records of about 250 people. */
const usualKeepBytes = 128 * 1024 * 1024;

/** Adds the FHIR R4 API at `/fhir`, and takes up exports that an earlier process left. */
export async function registerFhir(app: FastifyInstance, parts: FhirParts): Promise<void> {
  const { db, clock, store, definitions, validator, settings } = parts;
  const exports = createExports({
    db: pastWallDb(db, 'exporting'),
    clock,
    folder: settings.exportFolder,
    membersOf: async (groupId, version) =>
      membersIn((await pastWall('exporting', () => store.readVersion('Group', groupId, version)))?.content),
  });
  const mostBytes = settings.keepBytes ?? usualKeepBytes;
  const types = servedTypes(definitions);
  const served = new Set(types);
  const operations = [
    everythingOperation,
    validateOperation,
    graphqlOperation,
    metaOperation,
    matchOperation,
    ...exportOperations,
    ...exportFollowUps,
  ];
  const services: FhirServices = {
    db,
    clock,
    store,
    search: parts.search,
    definitions,
    types,
    isType: (name) => served.has(name),
    validate: (resource, options) => validator.validate(resource, options),
    holdsUri: uriElements(definitions),
    patching: new Turns(),
    pages: pageTokens(createSealer(await sealingKey(db, 'page-link', clock()))),
    capabilities: capabilityTexts({
      definitions,
      served: types,
      search: parts.search,
      settings,
      operations,
      date: clock(),
    }),
    kept: new KeptAnswers({ stateOf: store.stateOf, mostBytes }),
    ready: new ReadyAnswers({ lease: db.lease, mostBytes }),
    operations,
    exports,
    files: parts.files,
    settings,
  };
  await mount(app, services, { prefix: '/fhir', onUnexpected: parts.onUnexpected ?? (() => {}) });
  app.addHook('onReady', async () => exports.resume());
  app.addHook('onClose', async () => exports.stop());
}

/** The types of FHIR R4. The definitions may hold a type of a later release too. */
function servedTypes(definitions: Definitions): string[] {
  const r4 = definitions.expand('http://hl7.org/fhir/ValueSet/resource-types');
  if (!r4.enumerable) throw new Error(`The list of resource types is not there: ${r4.reason}`);
  const names = new Set(r4.concepts.map(({ code }) => code));
  return definitions.resourceTypes.filter((type) => names.has(type));
}

/** The ids of the patients a Group names as members now. */
function membersIn(content: string | undefined): string[] {
  const members = content === undefined ? [] : (parseJson(content)['member'] ?? []);
  if (!Array.isArray(members)) return [];
  return members
    .filter((member) => member.inactive !== true)
    .map((member) => /^Patient\/([A-Za-z0-9\-.]{1,64})/.exec(String(member.entity?.reference))?.[1])
    .filter((id) => id !== undefined);
}
