import type { Queryable } from '../../platform/db/index.ts';
import type { MessageState } from '../intake/types.ts';

export type FeedRow = {
  id: string;
  kind: 'hl7v2' | 'csv' | 'fhir';
  name: string;
  source: string;
  expectedHours: number | null;
};

/** Every feed there is. */
export function listFeeds(db: Queryable): Promise<FeedRow[]> {
  return db.query<FeedRow>(
    `select f.id, f.kind, f.name, f.source, f.expected_hours as "expectedHours"
     from feeds.feed f
     order by f.name, f.id`,
  );
}

/** Keeps how many hours may pass before the silence of a feed is worth a look. False when there is no such feed. */
export async function saveExpectedHours(db: Queryable, feedId: string, hours: number): Promise<boolean> {
  const rows = await db.query(`update feeds.feed set expected_hours = $2 where id = $1 returning id`, [
    feedId,
    hours,
  ]);
  return rows.length > 0;
}

/** When the last message or file of a feed came. Asked feed by feed: each answer is one look into an index, however much came. */
export async function lastArrival(db: Queryable, feedId: string): Promise<Date | undefined> {
  const [message] = await db.query<{ at: Date | null }>(
    `select max(received) as at from feeds.message where feed_id = $1`,
    [feedId],
    { name: 'feeds-last-message' },
  );
  const [file] = await db.query<{ at: Date | null }>(
    `select max(changed) as at from feeds.file where feed_id = $1`,
    [feedId],
    { name: 'feeds-last-file' },
  );
  const times = [message?.at, file?.at].filter((at) => at instanceof Date);
  return times.sort((a, b) => b.getTime() - a.getTime())[0];
}

export type HourRow = { feedId: string; hour: Date; outcome: string; n: number };

/** How many messages of which outcome each feed had in each hour since a time. */
export function hoursSince(db: Queryable, since: Date): Promise<HourRow[]> {
  return db.query<HourRow>(
    `select feed_id as "feedId", hour, outcome, n
     from feeds.tally
     where hour >= $1
     order by hour`,
    [since],
  );
}

/** How many messages of which outcome each feed had in all. */
export async function totalsByFeed(db: Queryable): Promise<{ feedId: string; outcome: string; n: number }[]> {
  return db.query(
    `select feed_id as "feedId", outcome, sum(n)::bigint as n
     from feeds.tally
     group by feed_id, outcome`,
  );
}

/** How many messages of each feed wait for a person. */
export async function waitingByFeed(db: Queryable): Promise<Map<string, number>> {
  const rows = await db.query<{ feedId: string; n: number }>(
    `select feed_id as "feedId", count(*) as n
     from feeds.message
     where state = 'dead'
     group by feed_id`,
  );
  return new Map(rows.map((row) => [row.feedId, row.n]));
}

/** A message in a list, without its text. */
export type MessageItem = {
  id: string;
  feedId: string;
  feedName: string;
  received: Date;
  controlId: string;
  kind: string;
  state: MessageState;
  ack: string;
  code: string | null;
  place: string | null;
  reason: string | null;
  remarks: string | null;
};

const itemColumns = `m.id, m.feed_id as "feedId", f.name as "feedName", m.received, m.control_id as "controlId", m.kind, m.state,
  m.ack, m.code, m.place, m.reason, m.remarks`;

export type MessageFilter = {
  state?: MessageState | undefined;
  feed?: string | undefined;
  /** Only those with something worth knowing. */
  flagged?: boolean | undefined;
};

export type MessagePlace = { received: Date; id: string };

/** A page of messages, latest first, before a place in that order. */
export function listMessages(
  db: Queryable,
  filter: MessageFilter,
  page: { before?: MessagePlace | undefined; limit: number },
): Promise<MessageItem[]> {
  return db.query<MessageItem>(
    `select ${itemColumns}
     from feeds.message m
     join feeds.feed f on f.id = m.feed_id
     where ($1::text is null or m.state = $1)
       and ($2::uuid is null or m.feed_id = $2)
       and (not $3::boolean or m.remarks is not null)
       and ($4::timestamptz is null or (m.received, m.id) < ($4, $5::uuid))
     order by m.received desc, m.id desc
     limit $6`,
    [
      filter.state ?? null,
      filter.feed ?? null,
      filter.flagged ?? false,
      page.before?.received ?? null,
      page.before?.id ?? null,
      page.limit,
    ],
  );
}

export type MessageDetail = MessageItem & {
  eventAt: Date | null;
  resources: string | null;
  original: Buffer;
  mended: Buffer | null;
  changed: Date;
  changedBy: string;
  feedKind: 'hl7v2' | 'csv' | 'fhir';
  feedKey: string;
  source: string;
};

export async function findMessage(db: Queryable, id: string): Promise<MessageDetail | undefined> {
  const [row] = await db.query<MessageDetail>(
    `select ${itemColumns}, m.event_at as "eventAt", m.resources, m.original, m.mended, m.changed,
            m.changed_by as "changedBy", f.kind as "feedKind", f.key as "feedKey", f.source
     from feeds.message m
     join feeds.feed f on f.id = m.feed_id
     where m.id = $1`,
    [id],
  );
  return row;
}

/** Keeps a mended text beside the one that came. False when the message no longer waits. */
export async function saveMended(
  db: Queryable,
  id: string,
  text: Buffer,
  at: Date,
  by: string,
): Promise<boolean> {
  const rows = await db.query(
    `update feeds.message
     set mended = $2, changed = $3, changed_by = $4
     where id = $1
       and state = 'dead'
     returning id`,
    [id, text, at, by],
  );
  return rows.length > 0;
}

/** Settles a message without storing what it says. False when it no longer waits. */
export async function dismissMessage(db: Queryable, id: string, at: Date, by: string): Promise<boolean> {
  const rows = await db.query(
    `update feeds.message
     set state = 'dismissed', changed = $2, changed_by = $3
     where id = $1
       and state = 'dead'
     returning id`,
    [id, at, by],
  );
  return rows.length > 0;
}

/** Every message that waits, latest first. */
export async function* waitingMessages(db: Queryable): AsyncGenerator<MessageItem> {
  const limit = 500;
  let before: MessagePlace | undefined;
  for (;;) {
    const page = await listMessages(db, { state: 'dead' }, { before, limit });
    yield* page;
    if (page.length < limit) return;
    before = page.at(-1)!;
  }
}
