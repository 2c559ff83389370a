import { isoDay, type Day } from '../calendar.ts';
import { homeAt, type Land } from './land.ts';

export const source = 'urn:openics:made-up:doggerland';

/** `geography.json` as docs/reference/geography-format.md describes it. `peopleIn` counts by small area. */
export function geographyDocument(land: Land, from: Day, peopleIn: (lsoa: number) => number): object {
  const { system, places, neighbourhoods, lsoas } = land;
  return {
    format: 'openics-geography-1',
    source,
    from: isoDay(from),
    areas: [
      { ...system, kind: 'system' },
      ...places.map(({ code, name }) => ({ code, name, kind: 'place', parent: system.code })),
      ...neighbourhoods.map(({ code, name, place }) => ({
        code,
        name,
        kind: 'neighbourhood',
        parent: place.code,
      })),
      ...lsoas.map((lsoa) => ({
        code: lsoa.code,
        name: lsoa.name,
        kind: 'lsoa',
        parent: lsoa.neighbourhood.code,
        polygon: lsoa.cell.ring,
        imdDecile: lsoa.imdDecile,
        population: peopleIn(lsoa.index),
      })),
    ],
    postcodes: lsoas.flatMap((lsoa) => {
      const all = new Set<string>();
      for (let slot = 0; slot < lsoa.slots; slot++) all.add(homeAt(lsoa, slot).postcode);
      return [...all].map((postcode) => ({ postcode, lsoa: lsoa.code }));
    }),
  };
}
