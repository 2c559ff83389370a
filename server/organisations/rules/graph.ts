import type {
  Counterparts,
  Description,
  Membership,
  OrganisationId,
  Responsibility,
  Succession,
} from '../types.ts';

/** All that is believed of who belongs to what, made ready to be asked. */
export type Graph = {
  descriptions: ReadonlyMap<OrganisationId, readonly Description[]>;
  /** Memberships by member, and by the body they name. */
  memberships: ReadonlyMap<OrganisationId, readonly Membership[]>;
  membersNaming: ReadonlyMap<OrganisationId, readonly Membership[]>;
  /** Responsibilities by small area, and by the body they name. */
  responsibilities: ReadonlyMap<string, readonly Responsibility[]>;
  areasNaming: ReadonlyMap<OrganisationId, readonly Responsibility[]>;
  /** Successions by predecessor, earliest first. Those of one day count in the order in which they were given. */
  successions: ReadonlyMap<OrganisationId, readonly Succession[]>;
  /** Successions by heir. */
  inheritances: ReadonlyMap<OrganisationId, readonly Succession[]>;
  /** The place of each succession among all, by its id. */
  order: ReadonlyMap<string, number>;
  counterparts: Counterparts;
};

export type GraphFacts = {
  descriptions?: readonly Description[];
  memberships?: readonly Membership[];
  responsibilities?: readonly Responsibility[];
  successions?: readonly Succession[];
  counterparts?: Counterparts;
};

/** Makes facts ready to be asked. */
export function graphOf(facts: GraphFacts): Graph {
  const { descriptions = [], memberships = [], responsibilities = [] } = facts;
  const successions = (facts.successions ?? []).toSorted((a, b) => compare(a.on, b.on));
  return {
    descriptions: grouped(descriptions, (each) => [each.organisationId]),
    memberships: grouped(memberships, (each) => [each.member]),
    membersNaming: grouped(memberships, (each) => [each.body]),
    responsibilities: grouped(responsibilities, (each) => [each.area]),
    areasNaming: grouped(responsibilities, (each) => [each.body]),
    successions: grouped(successions, (each) => each.predecessors),
    inheritances: grouped(successions, (each) => each.heirs),
    order: new Map(successions.map(({ id }, index) => [id, index])),
    counterparts: facts.counterparts ?? new Map(),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function grouped<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
