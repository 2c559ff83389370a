import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waterfall } from './waterfall.ts';

const part = (comparison: string, weight: number) => ({
  comparison,
  level: 'same',
  weight,
  termFrequency: 0,
});

test('each step begins where the one before it ended, and the last is the sum', () => {
  const evidence = {
    prior: -20,
    weight: 3,
    probability: 0.9,
    vetoes: [],
    contributions: [part('sex', 1), part('birth date', 14), part('given name', 0), part('family name', 8)],
  };
  const { steps, unknown, low, high } = waterfall(evidence);
  assert.deepEqual(
    steps.map(({ what, from, to }) => [what, from, to]),
    [
      ['Before looking', 0, -20],
      ['birth date', -20, -6],
      ['family name', -6, 2],
      ['sex', 2, 3],
      ['All together', 0, 3],
    ],
  );
  assert.deepEqual([unknown, low, high], [['given name'], -20, 3]);
});
