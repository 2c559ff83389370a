import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWorlds } from './leaks/compare.ts';

test('2,000 pairs of a viewer and a record hidden from them: every answer is the same as if the record never was', async (t) => {
  const start = process.cpuUsage();
  const tally = await compareWorlds(Number(process.env['LEAK_PAIRS'] ?? 2_000), 1, t);
  const { differences, ...counts } = tally;
  const { user, system } = process.cpuUsage(start);
  t.diagnostic(JSON.stringify({ ...counts, processorSeconds: Math.round((user + system) / 1e6) }));
  assert.deepEqual(differences.slice(0, 3), []);
  assert.equal(differences.length, 0);
  for (const [viewer, hidden] of Object.entries(tally.hidden)) assert.ok(hidden > 10, viewer);
});
