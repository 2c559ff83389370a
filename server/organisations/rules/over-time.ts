import type { Day, Membership, OrganisationId } from '../types.ts';
import type { Graph } from './graph.ts';
import { endOf, heirFor } from './heirs.ts';

/** A membership as it came to be: in one body from one day to another. */
export type Stay = Membership;

/**
 * A membership cut where a merge, split, transfer or end changed the body it means, in the order of time. Where the body or the member was no
 * longer there it stops.
 */
export function staysOf(graph: Graph, membership: Membership): Stay[] {
  const { member, from, to } = membership;
  const cuts = daysOfEvents(graph, membership).filter(
    (day) => (from === null || day > from) && (to === null || day < to),
  );
  const stays: Stay[] = [];
  for (const [index, start] of [from, ...cuts].entries()) {
    const body = bodyOn(graph, membership, start);
    const end = cuts[index] ?? to;
    const before = stays.at(-1);
    if (body === undefined || body === member) continue;
    if (before?.body === body && before.to === start) before.to = end;
    else stays.push({ ...membership, body, from: start, to: end });
  }
  return stays;
}

const earliest = '0001-01-01';

function bodyOn(
  graph: Graph,
  { member, body, from }: Membership,
  day: Day | null,
): OrganisationId | undefined {
  const at = day ?? earliest;
  return endOf(graph, member, at) === undefined ? heirFor(graph, body, member, from, at) : undefined;
}

/** The days of all events that may touch a membership: those of its member, its body and all that may follow the body. */
function daysOfEvents(graph: Graph, { member, body }: Membership): Day[] {
  const days = new Set((graph.successions.get(member) ?? []).map(({ on }) => on));
  const bodies = new Set([body]);
  for (const id of bodies) {
    for (const event of graph.successions.get(id) ?? []) {
      days.add(event.on);
      for (const heir of event.heirs) bodies.add(heir);
    }
  }
  return [...days].sort();
}
