import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replan, solve } from './index.ts';
import { smallWard } from './small.fixture.ts';

test('an absence is covered with few people moved, and nobody else changes', async () => {
  const problem = smallWard(8, 1, 14);
  for (const person of problem.people)
    for (const rule of person.rules) if (rule.kind === 'count') Object.assign(rule, { min: 2, max: 8 });
  const found = await solve(problem, { seconds: 20, turns: 5 });
  assert.ok(!('impossible' in found) && found.isLegal);
  const ill = found.roster.findIndex((days) => days[3] !== 0 || days[4] !== 0);
  const again = replan(problem, found.roster, { person: ill, from: 3, to: 4 });
  assert.ok(again.isLegal);
  assert.ok(again.moved.length <= 3, `${again.moved.length} moved`);
  assert.deepEqual([...(again.roster[ill] as Uint8Array).subarray(3, 5)], [0, 0]);
});
