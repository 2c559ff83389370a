import type { Ask, Filter, SortKey } from './types.ts';

/** True when a filter looks near a place and leaves the distance to us. */
export function assumesDistance(filter: Filter): boolean {
  switch (filter.is) {
    case 'near':
      return filter.places.some((place) => place.assumed === true);
    case 'chain':
      return filter.targets.some((target) => assumesDistance(target.filter));
    case 'has':
      return assumesDistance(filter.filter);
    default:
      return false;
  }
}

/** The keys of an order; a distance is measured from the places that the same search looks near. */
export function measured({ sort, types }: Ask): SortKey[] {
  const filters = types.flatMap((one) => one.filters);
  return sort.map((key) => {
    const places = filters.flatMap((filter) =>
      filter.is === 'near' && filter.param.code === key.code ? filter.places : [],
    );
    return places.length === 0 ? key : { ...key, places };
  });
}
