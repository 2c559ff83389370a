import { systemClock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { openDefinitions } from '../../record/definitions/index.ts';
import { createImporter, type Importer } from '../../record/import/index.ts';
import { createSearch } from '../../record/search/index.ts';
import { createValidator } from '../../record/validation/index.ts';

/** Makes the importer over an open database. */
export async function openImporter(db: Db): Promise<Importer> {
  const definitions = openDefinitions();
  const search = createSearch({ definitions });
  const validator = createValidator(definitions);
  return createImporter({
    db,
    clock: systemClock,
    extractor: search,
    validate: (resource) => validator.validate(resource),
    match: ({ type, query }) => search.matchIds(db, type, query, 2),
  });
}
