import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import {
  hoursSince,
  lastArrival,
  listFeeds,
  totalsByFeed,
  waitingByFeed,
  type FeedRow,
  type HourRow,
} from './store.ts';

const hourMs = 3_600_000;
/** How far back the rate of a feed is shown. */
export const hoursShown = 48;

/** A feed nobody said anything about is looked at after a day of silence. */
const usualHours = 24;

export type FeedView = {
  id: string;
  kind: FeedRow['kind'];
  name: string;
  source: string;
  state: 'arriving' | 'quiet' | 'nothing';
  expectedHours: number;
  lastReceived: string | null;
  /** Messages in each of the last hours, the present one last. */
  hours: number[];
  totals: Record<string, number>;
  waiting: number;
};

/** Every feed: when it last came, how much, and what waits. */
export async function feedsOverview(db: Db, clock: Clock): Promise<FeedView[]> {
  const now = clock();
  const from = Math.floor(now.getTime() / hourMs) - hoursShown + 1;
  const [feeds, hours, totals, waiting] = await Promise.all([
    listFeeds(db),
    hoursSince(db, new Date(from * hourMs)),
    totalsByFeed(db),
    waitingByFeed(db),
  ]);
  const last = await Promise.all(feeds.map((feed) => lastArrival(db, feed.id)));
  return feeds.map((feed, index) => {
    const received = last[index];
    return {
      id: feed.id,
      kind: feed.kind,
      name: feed.name,
      source: feed.source,
      state: stateOf(received, feed.expectedHours ?? usualHours, now),
      expectedHours: feed.expectedHours ?? usualHours,
      lastReceived: received?.toISOString() ?? null,
      hours: series(hours, feed.id, from),
      totals: Object.fromEntries(
        totals.filter((each) => each.feedId === feed.id).map((each) => [each.outcome, each.n]),
      ),
      waiting: waiting.get(feed.id) ?? 0,
    };
  });
}

/** Whether a feed is arriving. Pure. */
export function stateOf(received: Date | undefined, expectedHours: number, now: Date): FeedView['state'] {
  if (received === undefined) return 'nothing';
  return now.getTime() - received.getTime() <= expectedHours * hourMs ? 'arriving' : 'quiet';
}

function series(rows: readonly HourRow[], feedId: string, from: number): number[] {
  const counts = Array.from({ length: hoursShown }, () => 0);
  for (const row of rows) {
    if (row.feedId !== feedId || row.outcome === 'flagged') continue;
    const place = Math.round(row.hour.getTime() / hourMs) - from;
    if (place >= 0 && place < hoursShown) counts[place]! += row.n;
  }
  return counts;
}
