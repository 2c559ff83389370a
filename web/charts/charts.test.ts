import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Entry, Happening } from '../api/record.ts';
import { findingOf } from '../words/findings.ts';
import { layLanes, spanOf, spansOf } from './lanes.ts';
import { linesOf, plot, type Line } from './trend.ts';

const day = (date: string) => Date.parse(date);

function result(when: string, value: number, unit = 'kg'): Entry {
  return {
    kind: 'result',
    title: 'Weight',
    when,
    standing: 'past',
    facts: {},
    measure: { text: `${value} ${unit}`, value, unit },
    said: [],
  };
}

test('results of one unit form one line, oldest first', () => {
  assert.deepEqual(linesOf([result('2025-02-01', 71), result('2025-01-01', 70)]), [
    {
      title: 'Weight',
      unit: 'kg',
      points: [
        { at: day('2025-01-01'), value: 70 },
        { at: day('2025-02-01'), value: 71 },
      ],
    },
  ]);
});

test('results in another unit never share a line', () => {
  assert.equal(linesOf([result('2025-02-01', 71), result('2025-01-01', 154, 'lb')]).length, 2);
});

test('every point of a chart stands inside it, between its lowest and highest grid line', () => {
  const point = fc.record({
    at: fc.integer({ min: 0, max: 2e12 }),
    value: fc.float({ noNaN: true, min: -1e6, max: 1e6 }),
  });
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), (points) => {
      const drawn = plot([{ title: 'x', points } satisfies Line], 100, 50);
      for (const [x, y] of drawn?.lines[0]?.points ?? []) {
        assert.ok(x >= 0 && x <= 100, `x ${x}`);
        assert.ok(y >= 0 && y <= 50, `y ${y}`);
      }
    }),
  );
});

test('nothing to draw gives no chart', () => {
  assert.equal(plot([], 100, 50), undefined);
});

test('a finding tells the latest value, how it moved, and whether it is extreme', () => {
  const points = [
    { at: day('2024-01-01'), value: 70 },
    { at: day('2024-06-01'), value: 72 },
    { at: day('2025-01-01'), value: 75 },
  ];
  assert.equal(
    findingOf([{ title: 'Weight', unit: 'kg', points }]),
    'Weight: 75 kg on 1 January 2025, up from 72 kg, the highest so far.',
  );
  assert.equal(findingOf([{ title: 'Weight', points: points.slice(0, 1) }]), 'Weight: 70 on 1 January 2024.');
  assert.equal(findingOf([]), undefined);
});

test('a happening that two organisations report stands in both lanes, at its place in the year', () => {
  const happening: Happening = {
    kind: 'encounter',
    title: 'Visit',
    when: '2024-07-02',
    sources: ['A', 'B'],
    standing: 'past',
    type: 'Encounter',
    id: '1',
  };
  const lanes = [
    { source: 'A', count: 1 },
    { source: 'B', count: 1 },
  ];
  const laid = layLanes([happening], lanes, spanOf([2024], 2024), 1000);
  assert.deepEqual(
    laid.map((lane) => lane.marks.tick),
    [[500], [500]],
  );
});

test('years in which nothing happened stand together', () => {
  const years = [3, 0, 0, 1, 0].map((count, index) => ({ year: 2000 + index, count }));
  assert.deepEqual(spansOf(years), [
    { from: 2000, to: 2000, count: 3 },
    { from: 2001, to: 2002, count: 0 },
    { from: 2003, to: 2003, count: 1 },
    { from: 2004, to: 2004, count: 0 },
  ]);
});
