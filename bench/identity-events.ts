/** Random events about who is who, run one after the other and replayed from nothing, by two different programs. */
import { placesOf, reachOf, type TieKind } from '../server/people/index.ts';
import { seeded } from './match-people.ts';

export type Bond = { patientId: string; otherId: string; kind: TieKind; ord: number };
export type Node = { patientId: string; homeId: string; active: boolean; nhsNumber: string | undefined };

export type Event =
  | { kind: 'tie'; tie: Bond }
  | { kind: 'untie'; patientId: string; otherId: string; of: TieKind }
  | { kind: 'number'; patientId: string; nhsNumber: string | undefined }
  | { kind: 'active'; patientId: string; active: boolean };

export type State = { nodes: Node[]; ties: Bond[]; persons: Map<string, string> };

export const patientName = (n: number): string => `p${String(n).padStart(2, '0')}`;

const newNode = (n: number): Node => ({
  patientId: patientName(n),
  homeId: `home-${patientName(n)}`,
  active: true,
  nhsNumber: undefined,
});

/** Links, merges, unlinks, replacements and their undoing, numbers that change, patients that go and come back. */
export function randomEvents(seed: number, count: number, patients = 60): Event[] {
  const random = seeded(seed);
  const pick = (below: number): number => Math.floor(random() * below);
  const kinds: TieKind[] = ['matched', 'matched', 'matched', 'same', 'superseded', 'different', 'sealed'];
  const made: Bond[] = [];
  return Array.from({ length: count }, (_, ord): Event => {
    const kind = random();
    const first = pick(patients);
    const patientId = patientName(first);
    if (kind < 0.08) return { kind: 'number', patientId, nhsNumber: [undefined, '1', '2', '3'][pick(4)] };
    if (kind < 0.12) return { kind: 'active', patientId, active: random() < 0.6 };
    const old = made.length > 0 && random() < 0.5 ? made.splice(pick(made.length), 1)[0] : undefined;
    if (old !== undefined)
      return { kind: 'untie', patientId: old.patientId, otherId: old.otherId, of: old.kind };
    const otherId = patientName((first + 1 + pick(patients - 1)) % patients);
    const tie = { patientId, otherId, kind: kinds[pick(kinds.length)]!, ord };
    made.push(tie);
    return { kind: 'tie', tie };
  });
}

function startOf(patients: number): { nodes: Map<string, Node>; ties: Map<string, Bond> } {
  const nodes = Array.from({ length: patients }, (_, n) => newNode(n));
  return { nodes: new Map(nodes.map((node) => [node.patientId, node])), ties: new Map() };
}

const keyOf = (tie: Pick<Bond, 'patientId' | 'otherId' | 'kind'>): string =>
  `${tie.patientId} ${tie.otherId} ${tie.kind}`;

/** Changes nodes and ties by one event. Gives the patients concerned. */
function apply(event: Event, nodes: Map<string, Node>, ties: Map<string, Bond>): string[] {
  if (event.kind === 'tie') {
    if (!ties.has(keyOf(event.tie))) ties.set(keyOf(event.tie), event.tie);
    return [event.tie.patientId, event.tie.otherId];
  }
  if (event.kind === 'untie') {
    ties.delete(keyOf({ ...event, kind: event.of }));
    return [event.patientId, event.otherId];
  }
  const node = nodes.get(event.patientId)!;
  const change = event.kind === 'number' ? { nhsNumber: event.nhsNumber } : { active: event.active };
  nodes.set(event.patientId, { ...node, ...change });
  return [event.patientId];
}

/** Runs events as the product does: after each one only what it touches is worked out afresh. */
export function runEvents(events: readonly Event[], patients: number): State {
  const { nodes, ties } = startOf(patients);
  const persons = new Map([...nodes.values()].map(({ patientId, homeId }) => [patientId, homeId]));
  const members = new Map([...persons].map(([patientId, personId]) => [personId, new Set([patientId])]));
  const at = new Map([...nodes.keys()].map((patientId) => [patientId, new Set<Bond>()]));
  for (const event of events) {
    const before = event.kind === 'untie' ? ties.get(keyOf({ ...event, kind: event.of })) : undefined;
    const touched = apply(event, nodes, ties);
    if (before !== undefined) for (const end of touched) at.get(end)!.delete(before);
    if (event.kind === 'tie') {
      const kept = ties.get(keyOf(event.tie))!;
      for (const end of touched) at.get(end)!.add(kept);
    }
    const reach = reachOf(touched, {
      companionsOf: (id) => members.get(persons.get(id) ?? '') ?? [],
      tiesOf: (id) => at.get(id)!,
    });
    const places = placesOf(
      [...reach].map((id) => nodes.get(id)!),
      new Set([...reach].flatMap((id) => [...at.get(id)!])),
    );
    for (const id of reach) {
      members.get(persons.get(id) ?? '')?.delete(id);
      const personId = places.get(id)?.personId;
      if (personId === undefined) {
        persons.delete(id);
        continue;
      }
      persons.set(id, personId);
      members.set(personId, (members.get(personId) ?? new Set()).add(id));
    }
  }
  return { nodes: [...nodes.values()], ties: [...ties.values()], persons };
}

/**
 * Replays events from nothing: only what they leave counts, and it is joined by colouring, without any of the code that the product
 * uses.
 */
export function replayed(events: readonly Event[], patients: number): State {
  const { nodes, ties } = startOf(patients);
  for (const event of events) apply(event, nodes, ties);
  const left = { nodes: [...nodes.values()], ties: [...ties.values()] };
  return { ...left, persons: coloured(left.nodes, left.ties) };
}

/** The person of each active patient, by giving each its own colour and repainting along the ties. */
export function coloured(nodes: readonly Node[], ties: readonly Bond[]): Map<string, string> {
  const alive = nodes.filter(({ active }) => active);
  const colour = new Map(alive.map(({ patientId, homeId }) => [patientId, homeId]));
  const ofColour = (wanted: string): Node[] =>
    alive.filter(({ patientId }) => colour.get(patientId) === wanted);
  const apart = new Set(
    ties
      .filter(({ kind }) => kind === 'different' || kind === 'sealed')
      .flatMap(({ patientId, otherId }) => [`${patientId} ${otherId}`, `${otherId} ${patientId}`]),
  );
  const clash = (a: Node, b: Node): boolean =>
    (a.nhsNumber !== undefined && b.nhsNumber !== undefined && a.nhsNumber !== b.nhsNumber) ||
    apart.has(`${a.patientId} ${b.patientId}`);
  for (const { kind, patientId, otherId } of ties.toSorted((a, b) => a.ord - b.ord)) {
    const [one, two] = [colour.get(patientId), colour.get(otherId)];
    if (kind === 'different' || kind === 'sealed' || one === undefined || two === undefined || one === two)
      continue;
    if (ofColour(one).some((a) => ofColour(two).some((b) => clash(a, b)))) continue;
    const joined = one < two ? one : two;
    for (const { patientId: id } of [...ofColour(one), ...ofColour(two)]) colour.set(id, joined);
  }
  return colour;
}

/** The first patient about whom two states differ; undefined when they are equal. */
export function statesDiffer(a: Pick<State, 'persons'>, b: Pick<State, 'persons'>): string | undefined {
  const ids = new Set([...a.persons.keys(), ...b.persons.keys()]);
  return [...ids].find((id) => a.persons.get(id) !== b.persons.get(id));
}
