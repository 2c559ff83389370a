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

/** From which broken glass on a person is not told now: the first that a delay in force is about. Undefined when they may be told all. */
export function untoldSince(
  delays: readonly Delay[],
  at: number,
  longestDelayDays: number,
): number | undefined {
  const held = delays.filter((delay) => delayedUntil([delay], at, longestDelayDays) !== undefined);
  return held.length === 0 ? undefined : Math.min(...held.map(({ from }) => from.getTime()));
}
