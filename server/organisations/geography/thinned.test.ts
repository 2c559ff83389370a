import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { outlineOf, type Ring } from './rings.ts';
import { thinned } from './thinned.ts';

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

/** A border of many points that hardly leaves a straight line. */
const wavy = Array.from({ length: 41 }, (_, k): [number, number] => [5 + (k % 2) * 0.001, k / 10]);
const left: Ring = [[0, 0], ...wavy, [0, 4], [0, 0]];
const right: Ring = [[9, 0], [9, 4], ...wavy.toReversed(), [9, 0]];

test('a border that is almost straight becomes straight, for both of its neighbours', () => {
  const [[a], [b]] = thinned([[left], [right]], 0.01) as [Ring[], Ring[]];
  assert.equal(a!.length, 5);
  assert.equal(b!.length, 5);
  assert.equal(outlineOf([[a!], [b!]])[0]!.length - 1, 6);
});

test('an island keeps its form', () => {
  assert.deepEqual(thinned([[box(1, 1, 3, 2)]], 0.01), [[box(1, 1, 3, 2)]]);
});

test('what would vanish is left as it is', () => {
  assert.deepEqual(thinned([[box(1, 1, 1.001, 1.001)]], 5), [[box(1, 1, 1.001, 1.001)]]);
});

test('neighbours stay joined however rough their border is and wherever their rings begin', () => {
  const rough = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(rough, fc.nat(60), fc.integer({ min: 1, max: 200 }), (bumps, turn, tolerance) => {
      const border = bumps.map((bump, k): [number, number] => [
        5 + bump / 1000,
        (4 * k) / (bumps.length - 1),
      ]);
      const west = turned([[0, 0], ...border, [0, 4]], turn);
      const east = turned([[9, 0], [9, 4], ...border.toReversed()], turn * 7);
      const [a, b] = thinned([[west], [east]], tolerance / 1000).map(([ring]) => new Set(ring!.map(String)));
      for (const point of border.map(String)) assert.equal(a!.has(point), b!.has(point), point);
    }),
  );
});

function turned(open: [number, number][], by: number): Ring {
  const start = by % open.length;
  const points = [...open.slice(start), ...open.slice(0, start)];
  return [...points, points[0]!];
}
