import type { Queryable } from '../platform/db/index.ts';
import { bodiesOf, descriptionOn, staysOf, type Graph, type Stay } from './rules/index.ts';
import { membershipsOf, particularsOf, type Particulars, type SaidBy } from './store/organisations.ts';
import type { Day, Description, Kind, OrganisationId } from './types.ts';

/** One organisation as a directory lists it on a day, with its past and future ties. */
export type DirectoryEntry = Pick<
  Particulars,
  'id' | 'identifiers' | 'odsRoles' | 'sites' | 'services' | 'contacts' | 'posts'
> & {
  /** Who described it last; undefined when it is known by a code only. */
  source: string | undefined;
  /** What it is on the day; undefined when it is not there that day. */
  now: Description | undefined;
  /** What it was ever called, the name of the latest time first. */
  names: { kind: Kind; name: string }[];
  /** The body it is part of on the day, where it is. */
  partOf: { id: OrganisationId; name: string } | undefined;
  stays: (Stay & SaidBy & { bodyName: string })[];
};

/** Organisations as a directory lists them. */
export async function directoryEntries(
  db: Queryable,
  graph: Graph,
  ids: readonly OrganisationId[],
  day: Day,
): Promise<DirectoryEntry[]> {
  const particulars = await particularsOf(db, ids);
  const memberships = await membershipsOf(db, ids);
  return particulars.map((one) => {
    const stays = (memberships.get(one.id) ?? []).flatMap(({ source, recorded, ...said }) =>
      staysOf(graph, said).map((stay) => ({
        ...stay,
        from: beginOf(graph, stay),
        source,
        recorded,
        bodyName: nameOf(graph, stay.body, stay.from ?? day),
      })),
    );
    const above = bodiesOf(graph, one.id, day).find(({ kind }) => kind === 'part-of')?.body;
    return {
      ...one,
      source: one.descriptions[0]?.source,
      now: descriptionOn(graph, one.id, day),
      names: namesOf(graph, one),
      partOf: above === undefined ? undefined : { id: above, name: nameOf(graph, above, day) },
      stays,
    };
  });
}

/** A tie without a first day began when both its ends were there, as far as that is known. */
function beginOf(graph: Graph, { member, body, from, to }: Stay): Day | null {
  const latest = [from, beganOn(graph, member), beganOn(graph, body)].reduce((one, other) =>
    one === null || (other !== null && other > one) ? other : one,
  );
  return latest !== null && to !== null && latest >= to ? from : latest;
}

/** The first day on which an organisation was there; null when it was always there, or that is not known. */
function beganOn(graph: Graph, id: OrganisationId): Day | null {
  const days = (graph.descriptions.get(id) ?? []).map(({ from }) => from);
  return days.reduce(
    (one, other) => (one === null || other === null || one < other ? one : other),
    days[0] ?? null,
  );
}

function namesOf(graph: Graph, { id, descriptions }: Particulars): { kind: Kind; name: string }[] {
  const said = descriptions.map(({ kind, name }) => ({ kind: kind as Kind, name }));
  const renamed = (graph.successions.get(id) ?? [])
    .filter((event) => event.kind === 'rename')
    .toReversed()
    .map(({ newName }) => ({ kind: said[0]?.kind ?? 'other', name: newName ?? '' }));
  return [...renamed, ...said];
}

/** What a body is called on a day, else what it was ever called. */
export function nameOf(graph: Graph, id: OrganisationId, day: Day): string {
  return (
    descriptionOn(graph, id, day)?.name ??
    graph.descriptions.get(id)?.[0]?.name ??
    'a body we know by code only'
  );
}
