import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import * as fc from 'fast-check';
import { Turns } from './turns.ts';

test('work under one name never overlaps, and all of it is done, even when some fails', async () => {
  const jobs = fc.array(
    fc.record({ names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')), fails: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(jobs, async (work) => {
      const turns = new Turns();
      const busy = new Set<string>();
      let done = 0;
      const one = async ({ names, fails }: (typeof work)[number]): Promise<void> => {
        for (const name of names) assert.ok(!busy.has(name));
        for (const name of names) busy.add(name);
        await nextTick();
        for (const name of names) busy.delete(name);
        done += 1;
        if (fails) throw new Error('expected');
      };
      await Promise.allSettled(work.map((job) => turns.take(job.names, () => one(job))));
      assert.equal(done, work.length);
    }),
    { numRuns: 30 },
  );
});
