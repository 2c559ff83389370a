import {
  organisationBehind,
  rules,
  type Day,
  type OrganisationId,
  type Organisations,
} from '../../organisations/index.ts';
import type { Party } from '../types.ts';

/** Organisations of one day, as decisions name them. */
export type Parties = {
  /** An organisation with all bodies it belongs to that day; undefined when it is not there. */
  party(id: OrganisationId): Party | undefined;
  /** The organisation a source names, where it is known and there that day. */
  named(source: string): Party | undefined;
  /** Who holds what a source said. */
  holder(source: string | null): Party;
};

export type PartiesOn = (day: Day, sources: Iterable<string | null>) => Promise<Parties>;

/**
 * Holds what no known organisation said. It belongs to nothing and signed nothing, so no agreement covers it: nobody sees it but
 * the person themselves and those whose branch needs no agreement.
 */
const nobodyKnown: Party = { id: 'unknown', kind: 'other', name: 'An organisation not known', bodies: [] };

/**
 * Keeps parties for as long as the graph of organisations stands: decisions know two parties by their identity. What is kept is
 * dropped with the graph, so a change of organisations counts from its commit on.
 */
export function createParties(
  organisations: Pick<Organisations, 'graph' | 'organisationBySource' | 'organisationByIdentifier'>,
): PartiesOn {
  let graph: rules.Graph | undefined;
  let behind = new Map<string, OrganisationId | undefined>();
  let days = new Map<Day, Map<OrganisationId, Party | undefined>>();

  return async (day, sources) => {
    const now = await organisations.graph();
    if (graph !== now) [graph, behind, days] = [now, new Map(), new Map()];
    const [known, of] = [behind, partiesOf(days, day)];
    for (const source of new Set(sources)) {
      if (source !== null && !known.has(source))
        known.set(source, idIn(source) ?? (await organisationBehind(organisations, source)));
    }
    const party = (id: OrganisationId): Party | undefined => {
      if (!of.has(id)) of.set(id, partyOn(now, id, day));
      return of.get(id);
    };
    const named = (source: string): Party | undefined => {
      const id = known.get(source);
      return id === undefined ? undefined : party(id);
    };
    return {
      party,
      named,
      holder: (source) => (source === null ? undefined : named(source)) ?? nobodyKnown,
    };
  };
}

/** What was written here names the organisation of its writer by id. */
const idIn = (source: string): OrganisationId | undefined =>
  /^urn:openics:organisation:([0-9a-f-]{36})$/.exec(source)?.[1];

/** Days that are asked about at once: today and, around midnight, its neighbour. */
const daysKept = 4;

function partiesOf(days: Map<Day, Map<OrganisationId, Party | undefined>>, day: Day) {
  let of = days.get(day);
  if (of === undefined) {
    if (days.size >= daysKept) days.clear();
    days.set(day, (of = new Map()));
  }
  return of;
}

function partyOn(graph: rules.Graph, id: OrganisationId, day: Day): Party | undefined {
  const found = rules.descriptionOn(graph, id, day);
  if (found === undefined) return undefined;
  return { id, kind: found.kind, name: found.name, bodies: rules.allBodiesOver(graph, id, day) };
}
