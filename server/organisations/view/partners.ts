import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { directoryEntries, nameOf, type DirectoryEntry } from '../directory-entry.ts';
import { allBodiesOver, bodiesOf, membersOf, replacementsOf, type Graph } from '../rules/index.ts';
import { namer, type Named } from '../service.ts';
import { dayBefore } from '../days.ts';
import { tierOf, type Day, type Kind, type OrganisationId, type SuccessionKind } from '../types.ts';

export type PartnerQuery = {
  kind?: Kind | undefined;
  name?: string | undefined;
  body?: OrganisationId | undefined;
};

export type PartnerPage = { partners: Named[]; total: number; next: string | null };

/** The organisations of a day by name. `body` leaves those that belong to it, or to a member of it. `after` is an id of this list. */
export function listPartners(
  graph: Graph,
  day: Day,
  { kind, name, body }: PartnerQuery,
  page: { after: string | undefined; count: number },
): PartnerPage {
  const named = namer(graph, day);
  const wanted = name?.trim().toLocaleLowerCase('en-GB');
  const ids = body === undefined ? [...graph.descriptions.keys()] : [...belongingTo(graph, body, day)];
  const found = ids
    .flatMap(named)
    .filter((one) => kind === undefined || one.kind === kind)
    .filter((one) => wanted === undefined || one.name.toLocaleLowerCase('en-GB').includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB') || (a.id < b.id ? -1 : 1));
  const start = page.after === undefined ? 0 : found.findIndex(({ id }) => id === page.after) + 1;
  const partners = found.slice(start, start + page.count);
  const isLast = start + page.count >= found.length;
  return { partners, total: found.length, next: isLast ? null : partners.at(-1)!.id };
}

function belongingTo(graph: Graph, body: OrganisationId, day: Day): Set<OrganisationId> {
  const found = new Set<OrganisationId>();
  const bodies = new Set([body]);
  for (const id of bodies) {
    for (const { member, kind } of membersOf(graph, id, day)) {
      found.add(member);
      if (kind === 'part-of' || kind === 'member') bodies.add(member);
    }
  }
  return found;
}

export type PartnerView = {
  day: Day;
  partner: Omit<DirectoryEntry, 'now' | 'partOf'> & { now: Named | null };
  /** What it belongs to that day, directly and above. */
  bodies: (Named & { how: string })[];
  above: Named[];
  members: (Named & { how: string })[];
  /** What became of it, earliest first. */
  events: { kind: SuccessionKind; on: Day; newName: string | null; from: OtherNamed[]; to: OtherNamed[] }[];
  /** What stands in its place that day, when it is no longer there. */
  replacedBy: Named[];
};

type OtherNamed = { id: OrganisationId; name: string };

/** One organisation as it is on a day, and what became of it. Throws when there never was one. */
export async function partnerView(db: Db, graph: Graph, id: OrganisationId, day: Day): Promise<PartnerView> {
  const [entry] = await directoryEntries(db, graph, [id], day);
  if (entry === undefined || entry.identifiers.length === 0) throw unknownPartner();
  const named = namer(graph, day);
  const { now: described, partOf: _partOf, ...partner } = entry;
  const now =
    described === undefined
      ? null
      : { id, kind: described.kind, name: described.name, tier: tierOf(described.kind) ?? null };
  const withHow = (other: OrganisationId, how: string) => named(other).map((one) => ({ ...one, how }));
  const other =
    (on: Day) =>
    (each: OrganisationId): OtherNamed => ({ id: each, name: nameOf(graph, each, on) });
  const events = [...(graph.successions.get(id) ?? []), ...(graph.inheritances.get(id) ?? [])];
  return {
    day,
    partner: { ...partner, now },
    bodies: bodiesOf(graph, id, day).flatMap(({ body, kind }) => withHow(body, kind)),
    above: allBodiesOver(graph, id, day).flatMap(named),
    members: membersOf(graph, id, day).flatMap(({ member, kind }) => withHow(member, kind)),
    events: events
      .toSorted((a, b) => graph.order.get(a.id)! - graph.order.get(b.id)!)
      .map(({ kind, on, newName, predecessors, heirs }) => ({
        kind,
        on,
        newName,
        from: predecessors.map(other(dayBefore(on))),
        to: heirs.map(other(on)),
      })),
    replacedBy:
      now === null
        ? replacementsOf(graph, id, day)
            .filter((each) => each !== id)
            .flatMap(named)
        : [],
  };
}

const unknownPartner = (): Problem =>
  new Problem('organisations/unknown', 404, 'There is no organisation at this address.', {
    wayOut: 'Look for it in the list of partners.',
  });
