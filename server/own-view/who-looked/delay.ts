import { factsTold, shippedPolicy } from '../../access/index.ts';
import type { EventRow } from '../../audit/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Me } from '../types.ts';

/** Since when a professional has delayed notice to a person, where that is in force at a moment; else undefined. */
export async function delayedSince(db: Queryable, me: Me, at: number): Promise<number | undefined> {
  const longest = shippedPolicy().breakGlass.longestDelayDays * 86_400_000;
  const decisions = await factsTold(db, 'recorded_decision', me.patientIds);
  const delays = decisions.filter(
    ({ kind, recordedTo, from, to }) =>
      kind === 'delay-notice' &&
      recordedTo === null &&
      from <= at &&
      (to === null || at < to) &&
      at < from + longest,
  );
  return delays.length === 0 ? undefined : Math.min(...delays.map(({ from }) => from));
}

/**
 * The part of a list, the newest first, that may be shown while notice is delayed: all up to the first look that is not to be told of
 * yet. What is shown is whole up to there, and says so.
 */
export function shownWhileDelayed(
  events: readonly EventRow[],
  since: number,
): { events: EventRow[]; upTo: Date | undefined } {
  const first = events.findLastIndex(
    ({ event }) => (event.kind === 'break-glass' || event.purpose === 'BTG') && Date.parse(event.at) >= since,
  );
  if (first < 0) return { events: [...events], upTo: undefined };
  return { events: events.slice(first + 1), upTo: new Date(events[first]!.event.at) };
}
