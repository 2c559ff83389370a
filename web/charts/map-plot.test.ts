import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ring } from '../api/system.ts';
import { plotMap } from './map-plot.ts';

const square = (west: number, south: number, size: number): Ring => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

test('a map fills its width, north is up, and a path is closed', () => {
  const plot = plotMap([[square(0, 51, 1), square(1, 51, 1)]], 200, 1000)!;
  assert.equal(plot.width, 200);
  const { path, middle } = plot.place([square(0, 51, 1)]);
  assert.match(path, /^M0 \d+l100 0 0-\d+-100 0z$/);
  assert.ok(middle![0] > 0 && middle![0] < 100 && middle![1] > 0 && middle![1] < plot.height);
});

test('neighbours that share a border share it on the page', () => {
  const plot = plotMap([[square(0, 51, 1)], [square(1, 51, 1)]], 333, 1000)!;
  const starts = plot.place([square(1, 51, 1)]).path;
  assert.match(starts, /^M167 /);
  assert.match(plot.place([square(0, 51, 1)]).path, /l167 0/);
});

test('a tall map keeps to its greatest height', () => {
  assert.ok(plotMap([[square(0, 50, 5)]], 1000, 100)!.height <= 100);
});

test('the middle of a hooked shape lies inside it', () => {
  const hook: Ring = [
    [0, 50],
    [3, 50],
    [3, 50.5],
    [0.5, 50.5],
    [0.5, 53],
    [0, 53],
    [0, 50],
  ];
  const plot = plotMap([[hook]], 300, 1000)!;
  const [x, y] = plot.place([hook]).middle!;
  assert.ok(x < 50 || y > plot.height * 0.8, `${x}, ${y}`);
});

test('without shapes there is no map', () => {
  assert.equal(plotMap([], 100, 100), undefined);
});
