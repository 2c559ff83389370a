import type { EventRow } from '../../audit/index.ts';

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
