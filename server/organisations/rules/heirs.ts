import type { Day, OrganisationId, Succession } from '../types.ts';
import type { Graph } from './graph.ts';

const endsPredecessor = ({ kind }: Succession): boolean =>
  kind === 'merge' || kind === 'split' || kind === 'close';

/**
 * Who stands in a body's place for one of its members on a day, after every merge, split and transfer up to that day. `since` is the
 * first day the tie to the body was said to hold: a transfer before it does not count, because the tie was made knowing of it; the end of a
 * body always counts. Undefined when the body closed without heir.
 */
export function heirFor(
  graph: Graph,
  body: OrganisationId,
  member: string,
  since: Day | null,
  day: Day,
): OrganisationId | undefined {
  let current = body;
  let last: Succession | undefined;
  for (;;) {
    const next = (graph.successions.get(current) ?? []).find(
      (event) => event.on <= day && moves(event, member) && countsAfter(graph, event, last, since),
    );
    if (next === undefined) return current;
    const heir = heirIn(next, member);
    if (heir === undefined) return undefined;
    current = heir;
    last = next;
  }
}

function countsAfter(
  graph: Graph,
  event: Succession,
  last: Succession | undefined,
  since: Day | null,
): boolean {
  if (last !== undefined) return isAfter(graph, event, last);
  return endsPredecessor(event) || since === null || event.on > since;
}

const isAfter = (graph: Graph, one: Succession, other: Succession): boolean =>
  graph.order.get(one.id)! > graph.order.get(other.id)!;

const moves = (event: Succession, member: string): boolean =>
  endsPredecessor(event) || (event.kind === 'transfer' && takerOf(event, member) !== undefined);

const takerOf = (event: Succession, member: string): OrganisationId | undefined =>
  event.heirs.find((heir) => event.taken[heir]?.includes(member));

function heirIn(event: Succession, member: string): OrganisationId | undefined {
  return event.kind === 'transfer' || event.kind === 'split'
    ? (takerOf(event, member) ?? event.heirs[0])
    : event.heirs[0];
}

/** The event that ended a body by that day, unless a later one made it an heir and so brought it back. */
export function endOf(graph: Graph, body: OrganisationId, day: Day): Succession | undefined {
  const end = (graph.successions.get(body) ?? []).findLast(
    (event) => event.on <= day && endsPredecessor(event),
  );
  if (end === undefined) return undefined;
  const cameBack = (graph.inheritances.get(body) ?? []).some(
    (event) => event.on <= day && event.kind !== 'transfer' && isAfter(graph, event, end),
  );
  return cameBack ? undefined : end;
}

/** What stands in the place of an organisation on a day: itself, its heirs' heirs and so on, or nothing. */
export function replacementsOf(graph: Graph, body: OrganisationId, day: Day): OrganisationId[] {
  const found = new Set<OrganisationId>();
  const seen = new Set<OrganisationId>();
  const follow = (id: OrganisationId): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const end = endOf(graph, id, day);
    if (end === undefined) found.add(id);
    else for (const heir of end.heirs) follow(heir);
  };
  follow(body);
  return [...found];
}

/** A body and all whose place it may have taken by that day, or from whom it received members. */
export function predecessorsOf(graph: Graph, body: OrganisationId, day: Day): Set<OrganisationId> {
  const found = new Set([body]);
  for (const id of found) {
    for (const event of graph.inheritances.get(id) ?? []) {
      if (event.on <= day) for (const predecessor of event.predecessors) found.add(predecessor);
    }
  }
  return found;
}
