import { dayMs } from '../moments.ts';
import type { Delay } from './store.ts';

/**
 * Until when a person is not told of what was opened: as long as a delay with a safeguarding reason is recorded, and never longer
 * than the policy lets a notice wait. Undefined when they may be told now.
 */
export function delayedUntil(
  delays: readonly Delay[],
  at: number,
  longestDelayDays: number,
): number | undefined {
  const ends = delays.flatMap(({ from, to }) => {
    const end = Math.min(to?.getTime() ?? Infinity, from.getTime() + longestDelayDays * dayMs);
    return from.getTime() <= at && at < end ? [end] : [];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}
