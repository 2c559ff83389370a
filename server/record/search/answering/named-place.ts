import { Problem } from '../../../platform/errors.ts';
import type { Queryable } from '../../../platform/db/index.ts';
import { typeNumber } from '../../resource-types.ts';
import type { Place } from '../sql/types.ts';
import { createdOf } from '../store.ts';

/**
 * A place that names its row by type and rid alone. Creation numbers count on within one moment, so a link that held one would tell how
 * much was stored beside the row.
 */
export const namedPlace = (type: string, place: Place): Place => ({
  ...place,
  created: `@${typeNumber(type)}`,
});

/** The whole place of a row that is named. Throws a Problem when the link was made for somebody who sees everything. */
export async function placeOfNamed(db: Queryable, place: Place): Promise<Place> {
  const [, type] = /^@(\d{1,3})$/.exec(place.created) ?? [];
  const created = type === undefined ? undefined : await createdOf(db, place.rid, Number(type));
  if (created !== undefined) return { ...place, created };
  throw new Problem('search/cursor', 400, 'This page link is not one for this search.', {
    place: '_cursor',
    wayOut: 'Search again from the first page.',
  });
}
