import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { gather } from './gather.ts';

test('look-ups that come while one is under way share the next one', async () => {
  const asked: number[][] = [];
  const look = gather(async (keys: number[]) => {
    asked.push(keys);
    await pause(1);
    return keys.map((key) => key * 2);
  });
  assert.deepEqual(await Promise.all([1, 2, 3, 4].map(look)), [2, 4, 6, 8]);
  assert.deepEqual(asked, [[1], [2, 3, 4]]);
});

test('a slow look-up does not hold up those behind it, and no more than allowed are under way', async () => {
  const release: (() => void)[] = [];
  let most = 0;
  let underWay = 0;
  const look = gather(
    async (keys: string[]) => {
      most = Math.max(most, ++underWay);
      if (keys.includes('slow')) await new Promise<void>((resolve) => release.push(resolve));
      underWay--;
      return keys;
    },
    { width: 2 },
  );
  const slow = look('slow');
  assert.equal(await look('quick'), 'quick');
  const [second, third] = [look('slow'), look('last')];
  await pause(20);
  assert.equal(release.length, 2);
  release.forEach((go) => go());
  assert.deepEqual(await Promise.all([slow, second, third]), ['slow', 'slow', 'last']);
  assert.equal(most, 2);
});

test('a look-up that fails tells all who waited for it, and the next one works', async () => {
  let fail = true;
  const look = gather(async (keys: number[]) => {
    if (fail) throw new Error('away');
    return keys;
  });
  await assert.rejects(look(1), /away/);
  fail = false;
  assert.equal(await look(2), 2);
});

test('more keys than one look-up takes are spread over several', async () => {
  const sizes: number[] = [];
  const look = gather(
    async (keys: number[]) => {
      sizes.push(keys.length);
      return keys;
    },
    { most: 3, width: 1 },
  );
  await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(look));
  assert.deepEqual(sizes, [1, 3, 3, 1]);
});
