import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createLimiter, take, type Bucket, type Limit } from './limits.ts';

const limit: Limit = { atOnce: 3, perMinute: 6 };

test('so many pass at once, then one each ten seconds, and the wait is said', () => {
  let now = 0;
  const limiter = createLimiter(limit, () => now);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => limiter.waitSeconds('a')),
    [0, 0, 0, 10],
  );
  now = 9_999;
  assert.equal(limiter.waitSeconds('a'), 1);
  now = 10_000;
  assert.equal(limiter.waitSeconds('a'), 0);
  assert.equal(limiter.waitSeconds('a'), 10);
});

test('one who asks too often keeps nobody else out', () => {
  const limiter = createLimiter(limit, () => 0);
  for (let n = 0; n < 100; n++) limiter.waitSeconds('a');
  assert.equal(limiter.waitSeconds('b'), 0);
});

test('who has waited long enough is forgotten', () => {
  let now = 0;
  const limiter = createLimiter(limit, () => now);
  for (let n = 0; n < 9_999; n++) limiter.waitSeconds(`asker ${n}`);
  assert.equal(limiter.remembered, 9_999);
  now = 30_000;
  limiter.waitSeconds('another');
  assert.equal(limiter.remembered, 1);
});

test('over any stretch of time no more pass than at once and what refilled', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(
      gaps,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 600 }),
      (waits, atOnce, rate) => {
        let bucket: Bucket | undefined;
        let [now, passed] = [0, 0];
        for (const wait of waits) {
          now += wait;
          const answer = take(bucket, { atOnce, perMinute: rate }, now);
          bucket = answer.bucket;
          if (answer.waitSeconds === 0) passed++;
        }
        assert.ok(passed <= atOnce + (now * rate) / 60_000 + 1e-6);
      },
    ),
  );
});

test('who waits as long as was said passes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (rate, left) => {
        const each = { atOnce: 5, perMinute: rate };
        const { waitSeconds, bucket } = take({ left, at: 0 }, each, 0);
        assert.equal(take(bucket, each, waitSeconds * 1000).waitSeconds, 0);
      },
    ),
  );
});
