import { isoDay, type Day } from '../calendar.ts';
import { homeAt, type Land } from './land.ts';
import type { Partner } from './types.ts';

const source = 'urn:openics:made-up:doggerland';

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

/** `organisations.json` as docs/reference/geography-format.md describes it. */
export function organisationsDocument(partners: Partner[], from: Day): object {
  return {
    format: 'openics-organisations-1',
    source,
    organisations: partners.map((partner) => ({
      id: partner.id,
      kind: partner.kind,
      name: partner.name,
      odsCode: partner.odsCode,
      ...(partner.identifiers === undefined ? {} : { identifiers: partner.identifiers }),
      from: isoDay(from),
      memberships: partner.memberships,
      sites: [
        {
          id: `${partner.id}-main`,
          name: partner.name,
          address: [partner.address.line, partner.address.town],
          postcode: partner.address.postcode,
          point: partner.lsoa.cell.centre,
        },
      ],
      services: partner.services,
      ...(partner.sends === undefined
        ? {}
        : { feed: { folder: `feeds/${partner.id}`, sends: partner.sends } }),
    })),
  };
}
