import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { ancestorsOf, areasOf, membersOf, systemsOn, type Graph } from '../rules/index.ts';
import { namer, type Named } from '../service.ts';
import { boxOf, simplified, withoutSpecks, type Ring } from '../geography/rings.ts';
import { thinned } from '../geography/thinned.ts';
import { boundariesOf } from '../store/areas.ts';
import { newestDeliveries, type Delivery } from '../store/organisations.ts';
import type { Day, Kind, OrganisationId } from '../types.ts';
import { figuresOf, type AreaFigures, type Figures } from './figures.ts';
import { shapesOf } from './shapes.ts';

/** A body in the tree, with the bodies within it and how many partners of each kind belong to it. */
export type Branch = Named & Figures & { partners: Partial<Record<Kind, number>>; within: Branch[] };

export type SystemView = {
  day: Day;
  /** The body looked at; null at the top. */
  body: Branch | null;
  /** What it lies in, nearest first. */
  above: Named[];
  branches: Branch[];
  /** The days on which bodies merged, split, moved, were renamed or closed, earliest first. */
  changes: Day[];
  sources: Delivery[];
};

/** The bodies on a day as a tree: the systems, or what lies within one body. */
export async function systemView(
  db: Db,
  graph: Graph,
  figures: AreaFigures,
  day: Day,
  within: OrganisationId | undefined,
): Promise<SystemView> {
  const name = namer(graph, day);
  const grow = branchGrower(graph, figures, day);
  const body = within === undefined ? null : grow(within);
  if (within !== undefined && body === null) throw notThere();
  const branches =
    body === null
      ? systemsOn(graph, day)
          .flatMap((id) => grow(id) ?? [])
          .toSorted(byName)
      : body.within;
  return {
    day,
    body: body ?? null,
    above: within === undefined ? [] : ancestorsOf(graph, within, day).flatMap(name),
    branches,
    changes: changeDays(graph),
    sources: await newestDeliveries(db),
  };
}

const changeDays = (graph: Graph): Day[] =>
  [...new Set([...graph.successions.values()].flat().map(({ on }) => on))].sort();

const byName = (a: Named, b: Named): number => a.name.localeCompare(b.name, 'en-GB');

/** Grows branches; a body that lies in two others stands under both, and one that lies in itself is cut. */
function branchGrower(graph: Graph, figures: AreaFigures, day: Day) {
  const name = namer(graph, day);
  const grow = (id: OrganisationId, above: readonly OrganisationId[] = []): Branch | null => {
    const [named] = name(id);
    if (named === undefined || above.includes(id)) return null;
    const members = membersOf(graph, id, day);
    const partners: Partial<Record<Kind, number>> = {};
    const within: Branch[] = [];
    for (const { member, kind } of members) {
      const [partner] = name(member);
      if (partner === undefined) continue;
      if (kind === 'part-of') within.push(...[grow(member, [...above, id]) ?? []].flat());
      else partners[partner.kind] = (partners[partner.kind] ?? 0) + 1;
    }
    return {
      ...named,
      ...figuresOf(areasOf(graph, id, day), figures),
      partners,
      within: within.toSorted(byName),
    };
  };
  return grow;
}

export type SystemMap = {
  bodies: { id: OrganisationId; rings: Ring[] }[];
  /** The small areas, where they have boundaries and are not too many to be told apart. */
  areas: { code: string; decile: number | null; rings: Ring[] }[];
};

/** On a map of a whole country small areas would be specks. */
const mostAreas = 3_000;
/** A map is drawn with about so many points across; finer ones cannot be seen. */
const pointsAcross = 600;

/** The shapes of the bodies directly within a body, or of all systems. */
export async function systemMap(
  db: Db,
  graph: Graph,
  figures: AreaFigures,
  day: Day,
  within: OrganisationId | undefined,
): Promise<SystemMap> {
  const name = namer(graph, day);
  const bodies = within === undefined ? systemsOn(graph, day) : innerBodies(graph, within, day);
  const there = bodies.filter((id) => name(id).length > 0);
  const shapes = await shapesOf(db, graph, there, day);
  const codes = [...new Set(there.flatMap((id) => areasOf(graph, id, day)))];
  const areas = codes.length > mostAreas ? new Map<string, Ring[]>() : await boundariesOf(db, codes);
  const box = boxOf([...shapes.values(), ...areas.values()].flat());
  const step = Math.max(box.east - box.west, box.north - box.south) / pointsAcross;
  const all = [...shapes.values(), ...areas.values()].map((rings) =>
    withoutSpecks(simplified(rings, step), 9 * step * step),
  );
  const drawn = thinned(all, 1.25 * step);
  return {
    bodies: [...shapes.keys()].map((id, index) => ({ id, rings: drawn[index]! })),
    areas: [...areas.keys()].map((code, index) => ({
      code,
      rings: drawn[shapes.size + index]!,
      decile: figures.get(code)?.decile ?? null,
    })),
  };
}

/** The bodies within a body; a body without any stands for itself. */
function innerBodies(graph: Graph, within: OrganisationId, day: Day): OrganisationId[] {
  const inside = membersOf(graph, within, day).filter(({ kind }) => kind === 'part-of');
  return inside.length === 0 ? [within] : inside.map(({ member }) => member);
}

const notThere = (): Problem =>
  new Problem('organisations/not-there', 404, 'There was no such body on this day.', {
    place: 'within',
    wayOut: 'Choose another day, or look at the page of the organisation to see when it was there.',
  });
