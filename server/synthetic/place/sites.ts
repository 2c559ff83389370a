import { homeAt, type Land } from './land.ts';
import type { Lsoa, Partner } from './types.ts';

/** Where a partner can be gone to: its main site, and for trusts and some practices a second one in another neighbourhood. */
export function sitesOf(land: Land, partner: Partner): object[] {
  const { id, name, address, lsoa } = partner;
  const main = {
    id: `${id}-main`,
    name,
    address: [address.line, address.town],
    postcode: address.postcode,
    point: lsoa.cell.centre,
  };
  const second = secondOf(land, partner);
  if (second === undefined) return [main];
  const place = homeAt(second.lsoa, second.lsoa.slots - 2);
  return [
    main,
    {
      id: `${id}-second`,
      name: second.name,
      address: [place.line, place.town],
      postcode: place.postcode,
      point: second.lsoa.cell.centre,
    },
  ];
}

function secondOf(
  { lsoas, neighbourhoods }: Land,
  { kind, index, lsoa }: Partner,
): { name: string; lsoa: Lsoa } | undefined {
  const next = neighbourhoods[(lsoa.neighbourhood.index + 1) % neighbourhoods.length]!;
  const there = lsoas.find(({ neighbourhood }) => neighbourhood === next)!;
  if (kind === 'nhs-trust') return { name: `${next.name} Community Hospital`, lsoa: there };
  const near = lsoas.filter(({ neighbourhood }) => neighbourhood === lsoa.neighbourhood).at(-1)!;
  if (kind === 'gp-practice' && index % 2 === 0) return { name: `${near.name} branch surgery`, lsoa: near };
  return undefined;
}

/** What a partner offers, and at which of its sites. Clinics and mental health teams of trusts work at the second one too. */
export function servicesOf({ id, kind, services }: Partner): object[] {
  const atMain = services.map((service) => ({ ...service, site: `${id}-main` }));
  const goesOut = services.filter(
    ({ kind: one }) => one === 'outpatient' || one === 'community-mental-health',
  );
  const atSecond =
    kind !== 'nhs-trust' ? [] : goesOut.map((service) => ({ ...service, site: `${id}-second` }));
  return [...atMain, ...atSecond];
}
