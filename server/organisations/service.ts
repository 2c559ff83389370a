import type { Db } from '../platform/db/index.ts';
import { localAreaSystem, onsSystem, type Identifier } from './names.ts';
import { postcodeForm } from './postcodes.ts';
import {
  allBodiesOver,
  areasOf,
  bodiesOf,
  descendantsOf,
  descriptionOn,
  replacementsOf,
  tiersOf,
  type Graph,
} from './rules/index.ts';
import { createSnapshot, type Snapshot } from './snapshot.ts';
import {
  areaOfPostcode,
  areasByCode,
  areasOfPostcodes,
  deprivationOf,
  type Deprivation,
} from './store/areas.ts';
import { identified, identifierKey } from './store/identify.ts';
import { organisationNamed } from './store/organisations.ts';
import { tierOf, type Day, type Kind, type MembershipKind, type OrganisationId, type Tier } from './types.ts';

/** A body or partner as others name it. */
export type Named = { id: OrganisationId; kind: Kind; name: string; tier: Tier | null };

/** Where a small area lies on a day. Several bodies of a tier mean that it lies in several. */
export type Places = {
  area: string;
  areaName: string | null;
  ward: string | null;
  localAuthority: string | null;
  deprivation: Deprivation | null;
} & Record<Tier, Named[]>;

/** What other rooms ask of organisations. A day is YYYY-MM-DD. */
export type Organisations = {
  /** Where a postcode lay on a day; undefined when it is not known. Any spacing and case will do. */
  placesOf(postcode: string, day: Day): Promise<Places | undefined>;
  /** The small areas of many postcodes, by the postcode as it was given. Those not known are left out. */
  areasOfPostcodes(postcodes: readonly string[], day: Day): Promise<Map<string, string>>;
  placesOfArea(area: string, day: Day): Promise<Places | undefined>;
  /** What an organisation belongs to on a day, directly, with how. */
  bodiesOf(id: OrganisationId, day: Day): Promise<(Named & { how: MembershipKind })[]>;
  /** The same with all they lie in, nearest first. */
  allBodiesOf(id: OrganisationId, day: Day): Promise<Named[]>;
  /** What stands in an organisation's place on a day: itself, its heirs, or nothing. */
  replacementsOf(id: OrganisationId, day: Day): Promise<Named[]>;
  /** A body with all bodies within it on a day. */
  descendantsOf(id: OrganisationId, day: Day): Promise<Named[]>;
  /** The codes of the small areas a body is responsible for on a day, those of the bodies within it included. */
  areasOf(id: OrganisationId, day: Day): Promise<string[]>;
  findOrganisation(id: OrganisationId, day: Day): Promise<Named | undefined>;
  organisationByIdentifier(identifier: Identifier): Promise<OrganisationId | undefined>;
  /** The organisation a `meta.source` names: `urn:openics:source:rr8` is the one with ODS code or local id RR8. */
  organisationBySource(source: string): Promise<OrganisationId | undefined>;
  /** The body that a code means: an ONS code, or an area code of a source. */
  bodyByCode(code: string, source?: string): Promise<OrganisationId | undefined>;
  /** The newest deprivation of small areas, by code. */
  imdOf(areas: readonly string[]): Promise<Map<string, Deprivation>>;
  /** The graph itself, for questions in bulk with the rules. */
  graph: Snapshot;
};

export function createOrganisations(db: Db): Organisations {
  const graph = createSnapshot(db);

  const placesOfArea = async (area: string, day: Day): Promise<Places | undefined> => {
    const tiers = tiersOf(await graph(), area, day);
    const [areas, deprivation] = [await areasByCode(db, [area]), await deprivationOf(db, [area])];
    const known = areas.get(area);
    if (known === undefined && Object.values(tiers).every((bodies) => bodies.length === 0)) return undefined;
    const name = namer(await graph(), day);
    return {
      area,
      areaName: known?.name ?? null,
      ward: known?.wardCode ?? null,
      localAuthority: known?.localAuthorityCode ?? null,
      deprivation: deprivation.get(area) ?? null,
      system: tiers.system.flatMap(name),
      place: tiers.place.flatMap(name),
      neighbourhood: tiers.neighbourhood.flatMap(name),
    };
  };

  return {
    graph,
    placesOfArea,
    async placesOf(postcode, day) {
      const form = postcodeForm(postcode);
      const area = form === undefined ? undefined : await areaOfPostcode(db, form, day);
      return area === undefined ? undefined : placesOfArea(area, day);
    },
    async areasOfPostcodes(postcodes, day) {
      const forms = new Map(postcodes.map((given) => [given, postcodeForm(given)]));
      const wanted = [...new Set([...forms.values()].filter((form) => form !== undefined))];
      const found = await areasOfPostcodes(db, wanted, day);
      const areas = [...forms].map(([given, form]) => [given, found.get(form ?? '')] as const);
      return new Map(areas.filter((pair): pair is [string, string] => pair[1] !== undefined));
    },
    async bodiesOf(id, day) {
      const now = await graph();
      const name = namer(now, day);
      return bodiesOf(now, id, day).flatMap(({ body, kind }) =>
        name(body).map((named) => ({ ...named, how: kind })),
      );
    },
    async allBodiesOf(id, day) {
      const now = await graph();
      return allBodiesOver(now, id, day).flatMap(namer(now, day));
    },
    async replacementsOf(id, day) {
      const now = await graph();
      return replacementsOf(now, id, day).flatMap(namer(now, day));
    },
    async descendantsOf(id, day) {
      const now = await graph();
      return descendantsOf(now, id, day).flatMap(namer(now, day));
    },
    areasOf: async (id, day) => areasOf(await graph(), id, day),
    findOrganisation: async (id, day) => namer(await graph(), day)(id)[0],
    async organisationByIdentifier(identifier) {
      return (await identified(db, [identifier])).get(identifierKey(identifier));
    },
    organisationBySource: async (source) => {
      const name = /^urn:openics:source:(.+)$/.exec(source)?.[1];
      return name === undefined ? undefined : organisationNamed(db, decodeURIComponent(name));
    },
    async bodyByCode(code, source) {
      const system = source === undefined ? onsSystem : localAreaSystem(source);
      return (await identified(db, [{ system, value: code }])).get(identifierKey({ system, value: code }));
    },
    imdOf: (areas) => deprivationOf(db, areas),
  };
}

/** Names organisations as they are on a day. One that is not there that day has no name. */
export function namer(graph: Graph, day: Day): (id: OrganisationId) => Named[] {
  return (id) => {
    const found = descriptionOn(graph, id, day);
    if (found === undefined) return [];
    return [{ id, kind: found.kind, name: found.name, tier: tierOf(found.kind) ?? null }];
  };
}
