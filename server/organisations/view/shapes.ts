import type { Queryable } from '../../platform/db/index.ts';
import { boundariesOf } from '../store/areas.ts';
import { areaCodesOf } from '../store/organisations.ts';
import { outlineOf, type Ring } from '../geography/rings.ts';
import { areasOf, descendantsOf, type Graph } from '../rules/index.ts';
import type { Day, OrganisationId } from '../types.ts';

/**
 * The shapes of bodies on a day. A body's shape is the outline of the small areas it is responsible for; where those have no boundaries, that of
 * the smallest bodies within it; else its own. So a body made by a merge has a shape at once.
 */
export async function shapesOf(
  db: Queryable,
  graph: Graph,
  bodies: readonly OrganisationId[],
  day: Day,
): Promise<Map<OrganisationId, Ring[]>> {
  const within = new Map(bodies.map((body) => [body, descendantsOf(graph, body, day)]));
  const all = [...new Set([...within.values()].flat())];
  const codes = await areaCodesOf(db, all);
  const areas = new Map(bodies.map((body) => [body, areasOf(graph, body, day)]));
  const boundaries = await boundariesOf(db, [...codes.values(), ...[...areas.values()].flat()]);
  const own = (body: OrganisationId): Ring[] | undefined => boundaries.get(codes.get(body) ?? '');
  const shapes = new Map<OrganisationId, Ring[]>();
  for (const body of bodies) {
    const small = areas.get(body)!.map((area) => boundaries.get(area));
    const parts = small.length > 0 && small.every((each) => each !== undefined) ? small : smallest(body);
    if (parts.length > 0) shapes.set(body, joined(parts));
  }
  return shapes;

  function smallest(body: OrganisationId): Ring[][] {
    const inside = within.get(body)!.filter((each) => each !== body);
    const found = inside.map(own).filter((each) => each !== undefined);
    const itself = own(body);
    if (found.length > 0) return found;
    return itself === undefined ? [] : [itself];
  }
}

const joined = (parts: Ring[][]): Ring[] => (parts.length === 1 ? parts[0]! : outlineOf(parts));
