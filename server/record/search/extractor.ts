import type { Definitions } from '../definitions/index.ts';
import { createFhirPath } from '../fhirpath/index.ts';
import type { Resource } from '../types.ts';
import { generateExtract, type Extract } from './extraction/generate.ts';
import type { IndexRow } from './extraction/index-row.ts';
import { compileParams } from './parameters/compile.ts';
import { patientOf } from './parameters/owner.ts';
import type { TypeParams } from './parameters/types.ts';

export type Extractor = {
  /** Empties `row` and fills it with everything that finds `resource`. Throws for a type that is not in R4. */
  extract(type: string, resource: Resource, row: IndexRow): void;
  /** The id of the Patient a resource belongs to, if any. */
  patientOf(resource: Resource): string | undefined;
  /** The search parameters of a type, compiled when first asked for. */
  params(type: string): TypeParams;
};

/** Makes the extractor of index values; each type is compiled when it is first met. */
export function createExtractor(definitions: Definitions): Extractor {
  const known = new Map<string, TypeParams>();
  const made = new Map<string, Extract>();
  const fhirPath = createFhirPath(definitions);
  const params = (type: string): TypeParams => {
    let found = known.get(type);
    if (found === undefined) known.set(type, (found = compileParams(definitions, type)));
    return found;
  };
  return {
    params,
    patientOf,
    extract(type, resource, row) {
      let extract = made.get(type);
      if (extract === undefined) made.set(type, (extract = generateExtract(params(type), fhirPath)));
      row.reset();
      extract(resource, row);
    },
  };
}
