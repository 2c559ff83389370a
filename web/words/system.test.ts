import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Branch } from '../api/system.ts';
import { bodiesWords, countsWords, eventWords, shortName, spanWords, systemFinding } from './system.ts';

const branch = (name: string, deprivedShare: number | null): Branch => ({
  id: name,
  kind: 'place',
  name,
  tier: 'place',
  areas: 1,
  people: 100,
  deprivedShare,
  partners: {},
  within: [],
});

test('the headline says where deprivation is highest and lowest', () => {
  const branches = [branch('West', 0.1), branch('East', 0.335), branch('North', null)];
  assert.equal(
    systemFinding(branches),
    'In East, 34% of people live in the most deprived fifth of England; in West, 10% do.',
  );
  assert.equal(systemFinding([branch('North', null)]), '1 place. Deprivation is not known.');
});

test('bodies and partners are counted in words', () => {
  assert.equal(bodiesWords([branch('A', 0), branch('B', 0)]), '2 places');
  assert.equal(countsWords({ 'gp-practice': 1, school: 3 }), '3 schools, 1 GP practice');
});

test('a span is told by the last day it held, as people do', () => {
  assert.equal(spanWords({ from: '2022-07-01', to: '2026-04-01' }), '1 July 2022 to 31 March 2026');
  assert.equal(spanWords({ from: null, to: '2026-04-01' }), 'Until 31 March 2026');
  assert.equal(spanWords({ from: '2022-07-01', to: null }), 'Since 1 July 2022');
  assert.equal(spanWords({ from: null, to: null }), 'Always');
});

test('events are sentences', () => {
  const [a, b, c] = ['A', 'B', 'C'].map((name) => ({ id: name, name }));
  const said = { on: '2026-04-01', newName: null };
  assert.equal(eventWords({ ...said, kind: 'merge', from: [a!, b!], to: [c!] }), 'A and B merged into C.');
  assert.equal(
    eventWords({ ...said, kind: 'split', from: [a!], to: [b!, c!] }),
    'A was split between B and C.',
  );
  assert.equal(eventWords({ ...said, kind: 'rename', newName: 'D', from: [a!], to: [] }), 'A was renamed D.');
});

test('boards are listed by what tells them apart', () => {
  assert.equal(shortName('NHS Essex Integrated Care Board'), 'Essex');
});
