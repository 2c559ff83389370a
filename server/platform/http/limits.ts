/** How often something may be asked: so many at once, and so many a minute after that. */
export type Limit = { atOnce: number; perMinute: number };

/** What one asker has left, and when that was so. Milliseconds of a clock that only goes forward. */
export type Bucket = { left: number; at: number };

/**
 * Takes one from a bucket that refills evenly. Gives the bucket after, and how many seconds to wait when it was empty: 0 when
 * there was one to take.
 */
export function take(
  bucket: Bucket | undefined,
  { atOnce, perMinute }: Limit,
  now: number,
): { bucket: Bucket; waitSeconds: number } {
  const perMs = perMinute / 60_000;
  const left = bucket === undefined ? atOnce : Math.min(atOnce, bucket.left + (now - bucket.at) * perMs);
  if (left >= 1) return { bucket: { left: left - 1, at: now }, waitSeconds: 0 };
  return { bucket: { left, at: now }, waitSeconds: Math.ceil((1 - left) / perMs / 1000) };
}

const sweepEvery = 10_000;

/** Counts for each key by itself, in this process. Gives how many seconds the asker must wait: 0 when it may go on. */
export function createLimiter(limit: Limit, now: () => number = () => performance.now()) {
  const buckets = new Map<string, Bucket>();
  let taken = 0;

  /** Who has a full bucket need not be remembered. */
  const sweep = (at: number): void => {
    const fullAfterMs = (limit.atOnce / limit.perMinute) * 60_000;
    for (const [key, bucket] of buckets) if (at - bucket.at >= fullAfterMs) buckets.delete(key);
  };

  return {
    waitSeconds(key: string): number {
      const at = now();
      if (++taken % sweepEvery === 0) sweep(at);
      const { bucket, waitSeconds } = take(buckets.get(key), limit, at);
      buckets.set(key, bucket);
      return waitSeconds;
    },
    get remembered(): number {
      return buckets.size;
    },
  };
}

export type Limiter = ReturnType<typeof createLimiter>;
