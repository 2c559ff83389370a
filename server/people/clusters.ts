/**
 * Which patients are one person, as a pure function of what ties them. The same ties always give the same persons, in whatever
 * order they were added and taken back: so that leaving a person is exact.
 */
import type { Member, Tie, TieKind } from './types.ts';

type Node = Pick<Member, 'patientId' | 'homeId' | 'active' | 'nhsNumber'>;
type Bond = Pick<Tie, 'patientId' | 'otherId' | 'kind' | 'ord'>;

/** Where a patient belongs, and the tie by which it hangs on; none when it stands at home. */
export type Place<T extends Bond = Tie> = { personId: string; via: T | undefined };

const joining: ReadonlySet<TieKind> = new Set(['matched', 'same', 'superseded']);

class Group {
  members: Node[];
  personId: string;
  nhsNumber: string | undefined;

  constructor(node: Node) {
    this.members = [node];
    this.personId = node.homeId;
    this.nhsNumber = node.nhsNumber;
  }
}

/**
 * Joins patients along their ties, oldest first. A tie that would bring together two NHS numbers, or two patients that were
 * decided to be different, joins nothing. A person's id is the home of its oldest member. Ties to patients that are not given,
 * or not active, count for nothing.
 */
export function placesOf<T extends Bond>(nodes: Iterable<Node>, ties: Iterable<T>): Map<string, Place<T>> {
  const groups = new Map<string, Group>();
  for (const node of nodes) if (node.active) groups.set(node.patientId, new Group(node));
  const known = [...ties].filter((tie) => groups.has(tie.patientId) && groups.has(tie.otherId));
  const apart = apartFrom(known);
  const used = new Map<string, T[]>();
  for (const tie of known.filter(({ kind }) => joining.has(kind)).sort(byOrder)) {
    const a = groups.get(tie.patientId)!;
    const b = groups.get(tie.otherId)!;
    if (a === b || !mayJoin(a, b, apart)) continue;
    join(a, b, groups);
    for (const end of [tie.patientId, tie.otherId]) used.set(end, [...(used.get(end) ?? []), tie]);
  }
  return hung(new Set(groups.values()), used);
}

/**
 * All patients that may be concerned when something about these changes: those of the same persons, and those that ties lead to,
 * however far.
 */
export function reachOf(
  patientIds: Iterable<string>,
  {
    companionsOf,
    tiesOf,
  }: { companionsOf(patientId: string): Iterable<string>; tiesOf(patientId: string): Iterable<Bond> },
): Set<string> {
  const reach = new Set(patientIds);
  for (const id of reach) {
    for (const companion of companionsOf(id)) reach.add(companion);
    for (const tie of tiesOf(id)) reach.add(tie.patientId).add(tie.otherId);
  }
  return reach;
}

/** False when two NHS numbers, or a decision, keep two groups apart. */
function mayJoin(a: Group, b: Group, apart: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (a.nhsNumber !== undefined && b.nhsNumber !== undefined && a.nhsNumber !== b.nhsNumber) return false;
  const ids = new Set(b.members.map(({ patientId }) => patientId));
  return !a.members.some(({ patientId }) => {
    const others = apart.get(patientId);
    return others !== undefined && [...others].some((other) => ids.has(other));
  });
}

function join(a: Group, b: Group, groups: Map<string, Group>): void {
  const [into, from] = a.personId <= b.personId ? [a, b] : [b, a];
  into.members.push(...from.members);
  into.nhsNumber ??= from.nhsNumber;
  for (const { patientId } of from.members) groups.set(patientId, into);
}

function apartFrom(ties: readonly Bond[]): Map<string, Set<string>> {
  const apart = new Map<string, Set<string>>();
  for (const { kind, patientId, otherId } of ties) {
    if (joining.has(kind)) continue;
    apart.set(patientId, (apart.get(patientId) ?? new Set()).add(otherId));
    apart.set(otherId, (apart.get(otherId) ?? new Set()).add(patientId));
  }
  return apart;
}

/** Walks from the member at home along the ties that joined, so that each other member gets the tie it hangs on. */
function hung<T extends Bond>(
  groups: ReadonlySet<Group>,
  used: ReadonlyMap<string, readonly T[]>,
): Map<string, Place<T>> {
  const places = new Map<string, Place<T>>();
  for (const { members, personId } of groups) {
    const home = members.find(({ homeId }) => homeId === personId)!;
    places.set(home.patientId, { personId, via: undefined });
    const reached = [home.patientId];
    for (const at of reached) {
      for (const tie of used.get(at) ?? []) {
        const other = tie.patientId === at ? tie.otherId : tie.patientId;
        if (places.has(other)) continue;
        places.set(other, { personId, via: tie });
        reached.push(other);
      }
    }
  }
  return places;
}

/** The order in which ties count: as they came, and between two at the same moment by their patients. */
function byOrder(a: Bond, b: Bond): number {
  if (a.ord !== b.ord) return a.ord - b.ord;
  return compare(a.patientId, b.patientId) || compare(a.otherId, b.otherId) || compare(a.kind, b.kind);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
