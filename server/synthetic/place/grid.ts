import { Random } from '../random.ts';

export type Point = [longitude: number, latitude: number];
export type Cell = {
  ring: Point[];
  centre: Point;
  /** 1 in the middle of a town, near 0 far from any. */ urban: number;
};

/** The middle of the made-up island: Dogger Bank in the North Sea, where nobody lives. */
const middle = { longitude: 2.6, latitude: 54.35 };
const kmADegree = 111.2;

/**
 * So many small areas that together make an island. The order is cut into blocks that lie together where `cutBetween` says.
 * Areas that touch share their corner points. Near a town they are small, far from one they are large.
 */
export function island(
  seed: number,
  count: number,
  towns: number,
  squareKm: number,
  cutBetween: Cut,
): Cell[] {
  const random = new Random(seed, 0x151a);
  const side = Math.ceil(Math.sqrt(count * 1.5)) + 2;
  const chosen = chooseCells(random, side, count, cutBetween);
  const centres = townCentres(random, chosen, towns);
  const km = Math.sqrt(squareKm / count);
  const bend = 0.17 * side;
  const project = (x: number, y: number): Point => {
    const pulls = centres.map(([cx, cy]) => Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / bend ** 2));
    // Never more than half of the way in all, so that the map does not fold between two towns.
    const share =
      0.5 /
      Math.max(
        1,
        pulls.reduce((sum, pull) => sum + pull, 0),
      );
    let [px, py] = [x, y];
    centres.forEach(([cx, cy], at) => {
      px += (cx - x) * pulls[at]! * share;
      py += (cy - y) * pulls[at]! * share;
    });
    const north = ((py - side / 2) * km) / kmADegree;
    const east = ((px - side / 2) * km) / (kmADegree * Math.cos((middle.latitude * Math.PI) / 180));
    return [round(middle.longitude + east), round(middle.latitude + north)];
  };
  const corner = (x: number, y: number): Point => {
    const own = new Random(seed, 0xc0, x, y);
    return project(x + (own.unit() - 0.5) * 0.5, y + (own.unit() - 0.5) * 0.5);
  };
  const between = (x: number, y: number, isAcross: boolean): Point => {
    const own = new Random(seed, isAcross ? 0xac : 0xd0, x, y);
    const [along, aside] = [0.5 + (own.unit() - 0.5) * 0.3, (own.unit() - 0.5) * 0.36];
    return isAcross ? project(x + along, y + aside) : project(x + aside, y + along);
  };
  return chosen.map(([x, y]) => {
    const ring = [
      corner(x, y),
      between(x, y, true),
      corner(x + 1, y),
      between(x + 1, y, false),
      corner(x + 1, y + 1),
      between(x, y + 1, true),
      corner(x, y + 1),
      between(x, y, false),
    ];
    const nearest = Math.min(...centres.map(([cx, cy]) => Math.hypot(x + 0.5 - cx, y + 0.5 - cy)));
    return {
      ring: [...ring, ring[0]!],
      centre: project(x + 0.5, y + 0.5),
      urban: Math.exp(-nearest / (0.13 * side)),
    };
  });
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

type Place = [x: number, y: number];

/** Where to cut a run of areas, from the first up to, but not including, the last: a place strictly between. */
export type Cut = (first: number, end: number) => number;

/** The cells of a square grid that lie inside a wavy coast. */
function chooseCells(random: Random, side: number, count: number, cutBetween: Cut): Place[] {
  const waves = [1, 2, 3, 5, 7].map((turns) => ({
    turns,
    phase: random.unit() * 2 * Math.PI,
    size: (0.5 * random.unit() + 0.2) / (turns + 2),
  }));
  const reach = ([x, y]: Place): number => {
    const [dx, dy] = [x + 0.5 - side / 2, y + 0.5 - side / 2];
    const angle = Math.atan2(dy, dx);
    const coast = waves.reduce((sum, wave) => sum + wave.size * Math.sin(wave.turns * angle + wave.phase), 1);
    return Math.hypot(dx, dy) / coast;
  };
  const all: Place[] = Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)]);
  const chosen = all
    .map((place) => ({ place, reach: reach(place) }))
    .sort((a, b) => a.reach - b.reach)
    .slice(0, count)
    .map(({ place }) => place);
  return inBlocks(chosen, 0, cutBetween);
}

/** Towns spread along the order of the cells, so that each place has one. */
function townCentres(random: Random, cells: Place[], towns: number): Place[] {
  return Array.from({ length: towns }, (_, i) => {
    const share = (i + 0.35 + 0.3 * random.unit()) / towns;
    const [x, y] = cells[Math.floor(share * cells.length)]!;
    return [x + 0.5, y + 0.5];
  });
}

/** Cuts the cells into halves, across the longer side, again and again: who stands together lives together. */
function inBlocks(cells: Place[], first: number, cutBetween: Cut): Place[] {
  if (cells.length < 2) return cells;
  const span = (axis: 0 | 1): number =>
    Math.max(...cells.map((cell) => cell[axis])) - Math.min(...cells.map((cell) => cell[axis]));
  const axis = span(0) >= span(1) ? 0 : 1;
  const sorted = cells.toSorted((a, b) => a[axis] - b[axis] || a[1 - axis]! - b[1 - axis]!);
  const cut = cutBetween(first, first + cells.length);
  return [
    ...inBlocks(sorted.slice(0, cut - first), first, cutBetween),
    ...inBlocks(sorted.slice(cut - first), cut, cutBetween),
  ];
}
