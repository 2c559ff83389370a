import { systemClock, type Clock } from './platform/clock.ts';
import { pastWallDb, type Db } from './platform/db/index.ts';
import { createFeeds, type Feeds } from './feeds/index.ts';
import { useAdoptedModel } from './people/index.ts';
import { openDefinitions, storedPackages, type Definitions } from './record/definitions/index.ts';
import { createImporter, type Importer } from './record/import/index.ts';
import { createSearch, type Search } from './record/search/index.ts';
import { createStore, type Store } from './record/store/index.ts';
import { tellOfTurns } from './unexpected.ts';
import { createLiveValidator, type LiveValidator } from './record/validation/index.ts';

/** The rooms of the record over one database, each built on those below it. */
export type Services = {
  db: Db;
  clock: Clock;
  definitions: Definitions;
  search: Search;
  store: Store;
  validator: LiveValidator;
  importer: Importer;
  feeds: Feeds;
};

/** Builds the record over an open, migrated database. */
export async function createServices(db: Db, clock: Clock = systemClock): Promise<Services> {
  const definitions = openDefinitions({ packages: await storedPackages(db) });
  const search = createSearch({ definitions, clock });
  const validator = await createLiveValidator(db, tellOfTurns('profile packages'));
  await useAdoptedModel(db);
  const writing = pastWallDb(db, 'writing');
  return {
    db,
    clock,
    definitions,
    search,
    store: createStore({ db, extractor: search, clock }),
    validator,
    feeds: createFeeds({
      db: writing,
      clock,
      extractor: search,
      validate: (resource) => validator.validate(resource),
    }),
    importer: createImporter({
      db: writing,
      clock,
      extractor: search,
      validate: (resource) => validator.validate(resource),
      match: ({ type, query }) => search.matchIds(writing, type, query, 2),
      threads: { packages: () => storedPackages(writing) },
    }),
  };
}
