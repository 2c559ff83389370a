import type { Ring } from './rings.ts';

type Point = Ring[number];

/**
 * Leaves out points of shapes that lie no further than `tolerance` from a straight line between those that stay. A border that two shapes
 * share is thinned in the same way for both, so that neighbours stay joined: points where borders part always stay. A ring that would
 * vanish is left as it is. `tolerance` is in degrees of latitude.
 * Method: Douglas and Peucker, Algorithms for the reduction of the number of points, 1973, border by border.
 */
export function thinned(shapes: readonly (readonly Ring[])[], tolerance: number): Ring[][] {
  const neighbours = new Map<string, Set<string>>();
  const note = (at: Point, next: Point): void => {
    const known = neighbours.get(at.join());
    if (known === undefined) neighbours.set(at.join(), new Set([next.join()]));
    else known.add(next.join());
  };
  for (const ring of shapes.flat()) {
    for (let i = 1; i < ring.length; i++) {
      note(ring[i - 1]!, ring[i]!);
      note(ring[i]!, ring[i - 1]!);
    }
  }
  const isFork = (point: Point): boolean => neighbours.get(point.join())!.size > 2;
  return shapes.map((rings) => rings.map((ring) => thinRing(ring, isFork, tolerance)));
}

function thinRing(ring: Ring, isFork: (point: Point) => boolean, tolerance: number): Ring {
  const open = ring.slice(0, -1);
  const fixed = fixedPoints(open, isFork);
  if (fixed.length < 2) return ring;
  const kept: Point[] = [];
  fixed.forEach((from, index) => {
    const to = fixed[index + 1] ?? fixed[0]! + open.length;
    const border = Array.from({ length: to - from + 1 }, (_, k) => open[(from + k) % open.length]!);
    kept.push(...thinBorder(border, tolerance).slice(0, -1));
  });
  return kept.length < 3 ? ring : [...kept, kept[0]!];
}

/** Where the borders of a ring begin: at forks; an island without them has its first point and the one furthest from it. */
function fixedPoints(open: readonly Point[], isFork: (point: Point) => boolean): number[] {
  const forks = open.flatMap((point, index) => (isFork(point) ? [index] : []));
  if (forks.length > 1 || open.length < 3) return forks;
  const first =
    forks[0] ?? open.reduce((best, point, index) => (isBefore(point, open[best]!) ? index : best), 0);
  const furthest = open.reduce((best, point, index) => {
    const [a, b] = [distance(point, open[first]!), distance(open[best]!, open[first]!)];
    return a > b || (a === b && isBefore(point, open[best]!)) ? index : best;
  }, first);
  return [first, furthest].toSorted((a, b) => a - b);
}

/** The same points stay whichever way round the border is walked. */
function thinBorder(border: readonly Point[], tolerance: number): Point[] {
  if (!isBefore(border.at(-1)!, border[0]!)) return thinLine(border, tolerance);
  return thinLine(border.toReversed(), tolerance).toReversed();
}

function thinLine(line: readonly Point[], tolerance: number): Point[] {
  const stays = new Uint8Array(line.length);
  stays[0] = stays[line.length - 1] = 1;
  const parts: [number, number][] = [[0, line.length - 1]];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [from, to] = part;
    let [most, at] = [tolerance, -1];
    for (let i = from + 1; i < to; i++) {
      const off = distanceToLine(line[i]!, line[from]!, line[to]!);
      if (off > most) [most, at] = [off, i];
    }
    if (at < 0) continue;
    stays[at] = 1;
    parts.push([from, at], [at, to]);
  }
  return line.filter((_, index) => stays[index] === 1);
}

const isBefore = (a: Point, b: Point): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

/** A degree of longitude is shorter than one of latitude by this, in the middle of England. */
const eastShare = Math.cos((53 * Math.PI) / 180);

const distance = (a: Point, b: Point): number => Math.hypot((a[0] - b[0]) * eastShare, a[1] - b[1]);

function distanceToLine(point: Point, from: Point, to: Point): number {
  const [x, y] = [(to[0] - from[0]) * eastShare, to[1] - from[1]];
  const [px, py] = [(point[0] - from[0]) * eastShare, point[1] - from[1]];
  const length = x * x + y * y;
  if (length === 0) return Math.hypot(px, py);
  const along = Math.max(0, Math.min(1, (px * x + py * y) / length));
  return Math.hypot(px - along * x, py - along * y);
}
