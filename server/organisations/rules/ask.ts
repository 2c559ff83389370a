import { holdsOn } from '../days.ts';
import {
  tierOf,
  type Day,
  type Description,
  type MembershipKind,
  type OrganisationId,
  type Tier,
} from '../types.ts';
import type { Graph } from './graph.ts';
import { endOf, heirFor, predecessorsOf } from './heirs.ts';

export type Tie = { body: OrganisationId; kind: MembershipKind };

/** What an organisation belongs to on a day, through every merge, split and transfer. */
export function bodiesOf(graph: Graph, member: OrganisationId, day: Day): Tie[] {
  const found = new Map<string, Tie>();
  for (const { body, kind, from } of tiesOn(graph.memberships.get(member), day)) {
    const now = heirFor(graph, body, member, from, day);
    if (now !== undefined && now !== member) found.set(`${kind} ${now}`, { body: now, kind });
  }
  return [...found.values()];
}

/**
 * The bodies responsible for a small area on a day: those said of it, else of the areas of another census that it stands for. One is
 * right; several or none is a fault in the data.
 */
export function responsibleFor(graph: Graph, area: string, day: Day): OrganisationId[] {
  const own = responsibleAsSaid(graph, area, day);
  if (own.length > 0) return own;
  for (const counterpart of graph.counterparts.get(area) ?? []) {
    const found = responsibleAsSaid(graph, counterpart, day);
    if (found.length > 0) return found;
  }
  return [];
}

function responsibleAsSaid(graph: Graph, area: string, day: Day): OrganisationId[] {
  const found = new Set<OrganisationId>();
  for (const { body, from } of tiesOn(graph.responsibilities.get(area), day)) {
    const now = heirFor(graph, body, area, from, day);
    if (now !== undefined) found.add(now);
  }
  return [...found];
}

/** Everything an organisation lies in on a day, nearest first: the bodies it is part of, theirs, and so on. */
export function ancestorsOf(graph: Graph, start: OrganisationId, day: Day): OrganisationId[] {
  const found = new Set<OrganisationId>();
  const waiting = [start];
  for (const id of waiting) {
    for (const { body, kind } of bodiesOf(graph, id, day)) {
      if (kind !== 'part-of' || body === start || found.has(body)) continue;
      found.add(body);
      waiting.push(body);
    }
  }
  return [...found];
}

/** All an organisation belongs to on a day, however: its bodies, and what they are part of. */
export function allBodiesOver(graph: Graph, id: OrganisationId, day: Day): OrganisationId[] {
  const direct = bodiesOf(graph, id, day).map(({ body }) => body);
  return [...new Set(direct.flatMap((body) => [body, ...ancestorsOf(graph, body, day)]))];
}

/** The bodies of each tier a small area lies in on a day. */
export function tiersOf(graph: Graph, area: string, day: Day): Record<Tier, OrganisationId[]> {
  const tiers: Record<Tier, OrganisationId[]> = { system: [], place: [], neighbourhood: [] };
  const nearest = responsibleFor(graph, area, day);
  const all = new Set(nearest.flatMap((body) => [body, ...ancestorsOf(graph, body, day)]));
  for (const body of all) {
    const kind = descriptionOn(graph, body, day)?.kind;
    const tier = kind === undefined ? undefined : tierOf(kind);
    if (tier !== undefined) tiers[tier].push(body);
  }
  return tiers;
}

/** Who belongs to a body on a day, directly. */
export function membersOf(
  graph: Graph,
  body: OrganisationId,
  day: Day,
): (Tie & { member: OrganisationId })[] {
  const found = new Map<string, Tie & { member: OrganisationId }>();
  for (const named of predecessorsOf(graph, body, day)) {
    for (const { member, kind, from } of tiesOn(graph.membersNaming.get(named), day)) {
      if (member === body || heirFor(graph, named, member, from, day) !== body) continue;
      if (endOf(graph, member, day) === undefined) found.set(`${kind} ${member}`, { member, body, kind });
    }
  }
  return [...found.values()];
}

/** A body with all bodies within it on a day. */
export function descendantsOf(graph: Graph, body: OrganisationId, day: Day): OrganisationId[] {
  const found = new Set([body]);
  for (const id of found) {
    for (const { member, kind } of membersOf(graph, id, day)) if (kind === 'part-of') found.add(member);
  }
  return [...found];
}

/** The small areas a body is responsible for on a day, those of the bodies within it included. */
export function areasOf(graph: Graph, body: OrganisationId, day: Day): string[] {
  const found = new Set<string>();
  for (const id of descendantsOf(graph, body, day)) {
    for (const named of predecessorsOf(graph, id, day)) {
      for (const { area, from } of tiesOn(graph.areasNaming.get(named), day)) {
        if (heirFor(graph, named, area, from, day) === id) found.add(area);
      }
    }
  }
  return [...found];
}

/** What an organisation is and is called on a day, renamings included; undefined when it is not there that day. */
export function descriptionOn(graph: Graph, id: OrganisationId, day: Day): Description | undefined {
  const described = (graph.descriptions.get(id) ?? []).find((each) => holdsOn(each, day));
  if (described === undefined || endOf(graph, id, day) !== undefined) return undefined;
  const renamed = (graph.successions.get(id) ?? []).findLast(
    (event) =>
      event.kind === 'rename' && event.on <= day && (described.from === null || event.on > described.from),
  );
  return renamed?.newName === undefined || renamed.newName === null
    ? described
    : { ...described, name: renamed.newName };
}

/** The bodies at the top on a day: those of the system tier that belong to no other, such as a board to its system. */
export function systemsOn(graph: Graph, day: Day): OrganisationId[] {
  return [...graph.descriptions.keys()].filter((id) => {
    const described = descriptionOn(graph, id, day);
    if (described === undefined || tierOf(described.kind) !== 'system') return false;
    return !allBodiesOver(graph, id, day).some((above) => {
      const kind = descriptionOn(graph, above, day)?.kind;
      return kind !== undefined && tierOf(kind) === 'system';
    });
  });
}

const tiesOn = <T extends { from: Day | null; to: Day | null }>(
  ties: readonly T[] | undefined,
  day: Day,
): T[] => (ties ?? []).filter((tie) => holdsOn(tie, day));
