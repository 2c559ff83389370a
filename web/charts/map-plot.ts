/** Where the points of a map stand on the page. Pure. */
import { geoMercator } from 'd3-geo';
import type { Ring } from '../api/system.ts';

export type Plotted = { path: string; middle: [x: number, y: number] | undefined };

export type MapPlot = { width: number; height: number; place(rings: Ring[]): Plotted };

/**
 * Fits shapes into a width and a greatest height, in the Mercator projection, and gives a function that draws any shape there. Points
 * are rounded to whole units in the same way for all shapes, so that neighbours stay joined and paths are short.
 */
export function plotMap(shapes: Ring[][], width: number, mostHeight: number): MapPlot | undefined {
  const project = geoMercator().scale(1).translate([0, 0]);
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const point of shapes.flat(2)) {
    const [x, y] = project(point)!;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  if (!(box.right > box.left && box.bottom > box.top)) return undefined;
  const scale = Math.min(width / (box.right - box.left), mostHeight / (box.bottom - box.top));
  const at = (point: [number, number]): [number, number] => {
    const [x, y] = project(point)!;
    return [Math.round((x - box.left) * scale), Math.round((y - box.top) * scale)];
  };
  return {
    width: Math.ceil((box.right - box.left) * scale),
    height: Math.ceil((box.bottom - box.top) * scale),
    place: (rings) => placed(rings.map((ring) => withoutRepeats(ring.map(at)))),
  };
}

type Point = [number, number];

function withoutRepeats(points: Point[]): Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || before[0] !== point[0] || before[1] !== point[1];
  });
}

function placed(rings: Point[][]): Plotted {
  const drawn = rings.filter((ring) => ring.length >= 4);
  const path = drawn.map(pathOf).join('');
  const largest = drawn.toSorted((a, b) => areaOf(b) - areaOf(a))[0];
  return { path, middle: largest === undefined ? undefined : insideOf(largest) };
}

/** A closed path that says each point by its distance from the one before. */
function pathOf([first, ...rest]: Point[]): string {
  let [x, y] = first!;
  const steps = rest.slice(0, -1).flatMap(([nextX, nextY]) => {
    const step = [nextX - x, nextY - y];
    [x, y] = [nextX, nextY];
    return step;
  });
  // A minus sign parts two numbers as well as a space does.
  return `M${first!.join(' ')}l${steps.join(' ').replaceAll(' -', '-')}z`;
}

function areaOf(ring: Point[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1]!;
    const [x2, y2] = ring[i]!;
    sum += x1 * y2 - x2 * y1;
  }
  return Math.abs(sum) / 2;
}

/** A point well inside a ring: the middle of the widest stretch of the ring along one of a few level lines. */
function insideOf(ring: Point[]): Point {
  const ys = ring.map(([, y]) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  let best: { at: Point; width: number } | undefined;
  for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
    const y = top + (bottom - top) * part + 0.01;
    const xs = crossings(ring, y);
    for (let i = 1; i < xs.length; i += 2) {
      const width = xs[i]! - xs[i - 1]!;
      if (best === undefined || width > best.width * 1.2)
        best = { at: [(xs[i]! + xs[i - 1]!) / 2, y], width };
    }
  }
  return best?.at ?? ring[0]!;
}

function crossings(ring: Point[], y: number): number[] {
  const xs: number[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1]!;
    const [x2, y2] = ring[i]!;
    if (y1 > y !== y2 > y) xs.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return xs.sort((a, b) => a - b);
}
