import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { regularly } from './regularly.ts';

test('a failure is told once until a turn succeeds or another kind fails, and the work is tried again', async () => {
  const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
  const turns: (Error | undefined)[] = [away, away, new TypeError('other'), undefined, away];
  const told: unknown[] = [];
  let done = 0;
  const regular = regularly(
    async () => {
      const error = turns[done++];
      if (error !== undefined) throw error;
    },
    { everyMs: 2, onError: (error) => told.push(error) },
  );
  while (done < turns.length) await pause(2);
  await regular.stop();
  assert.deepEqual(told, [turns[0], turns[2], turns[4]]);
});

test('turns do not overlap, and stopping waits for the one under way', async () => {
  let atOnce = 0;
  let most = 0;
  const regular = regularly(
    async () => {
      most = Math.max(most, (atOnce += 1));
      await pause(10);
      atOnce -= 1;
    },
    { everyMs: 1, onError: () => assert.fail() },
  );
  await pause(30);
  await regular.stop();
  assert.deepEqual([most, atOnce], [1, 0]);
});
