/** A closed line of [longitude, latitude] (WGS84); the last point is the first again. */
export type Ring = readonly (readonly [longitude: number, latitude: number])[];

/**
 * Simplifies rings for maps by moving each point to a grid and leaving out repeats and points on a straight line. Neighbours that share
 * points stay joined, because a point moves to the same place whoever it belongs to. `step` is in degrees; 0.002 is some 200 metres. Rings
 * that vanish are left out.
 */
export function simplified(rings: readonly Ring[], step = 0.002): Ring[] {
  return rings.map((ring) => onGrid(ring, step)).filter((ring) => ring.length >= 4);
}

/** Leaves out islands too small to be seen, but never the largest ring. `least` is in square degrees. */
export function withoutSpecks(rings: readonly Ring[], least: number): Ring[] {
  const most = Math.max(...rings.map((ring) => Math.abs(areaOf(ring))));
  return rings.filter((ring) => {
    const area = Math.abs(areaOf(ring));
    return area === most || area / 2 >= least;
  });
}

function onGrid(ring: Ring, step: number): Ring {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step)));
  const snapped = (value: number): number => Number((Math.round(value / step) * step).toFixed(decimals));
  const points: [number, number][] = [];
  for (const [longitude, latitude] of ring) {
    const point: [number, number] = [snapped(longitude), snapped(latitude)];
    const last = points.at(-1);
    if (last === undefined || last[0] !== point[0] || last[1] !== point[1]) points.push(point);
  }
  return points;
}

export type Box = { west: number; south: number; east: number; north: number };

/** The smallest box round some rings. */
export function boxOf(rings: readonly Ring[]): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const ring of rings) {
    for (const [longitude, latitude] of ring) {
      box.west = Math.min(box.west, longitude);
      box.east = Math.max(box.east, longitude);
      box.south = Math.min(box.south, latitude);
      box.north = Math.max(box.north, latitude);
    }
  }
  return box;
}

/** Twice the area in square degrees; its sign tells the direction of the ring. */
function areaOf(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1]!;
    const [x2, y2] = ring[i]!;
    sum += x1 * y2 - x2 * y1;
  }
  return sum;
}

/**
 * The outline of areas together: the edges that belong to one of them only, joined to rings. Areas that touch share their corner points
 * exactly, so that a shared edge appears twice, once in each direction or twice in the same, and drops out.
 */
export function outlineOf(areas: readonly (readonly Ring[])[]): Ring[] {
  const edges = new Map<string, [Point, Point]>();
  for (const ring of areas.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      if (sameAs(a, b)) continue;
      const key = [a.join(), b.join()].sort().join(' ');
      if (!edges.delete(key)) edges.set(key, [a, b]);
    }
  }
  return joined([...edges.values()]);
}

type Point = readonly [number, number];
const sameAs = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];

function joined(edges: [Point, Point][]): Ring[] {
  const at = new Map<string, Set<[Point, Point]>>();
  for (const edge of edges) {
    for (const point of edge) {
      const there = at.get(point.join()) ?? new Set();
      at.set(point.join(), there.add(edge));
    }
  }
  const rings: Ring[] = [];
  const waiting = new Set(edges);
  for (const edge of waiting) {
    const ring: Point[] = [edge[0], edge[1]];
    take(edge);
    for (;;) {
      const end = ring.at(-1)!;
      const next = at.get(end.join())?.values().next().value;
      if (next === undefined) break;
      take(next);
      ring.push(sameAs(next[0], end) ? next[1] : next[0]);
    }
    rings.push(ring);
  }
  return rings;

  function take(edge: [Point, Point]): void {
    waiting.delete(edge);
    for (const point of edge) at.get(point.join())?.delete(edge);
  }
}
