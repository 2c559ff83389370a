import {
  copyMessage,
  CopyRows,
  uuidList,
  type CopyPart,
  type Queryable,
  type Tx,
} from '../../platform/db/index.ts';
import { ridOf } from '../../record/rid.ts';
import { typeNumber } from '../../record/resource-types.ts';
import { stateOfText, textOfState, type News, type State } from '../entity/index.ts';
import { idFrom } from '../ids.ts';
import type { FeedName, MessageState } from './types.ts';

/** What is known of a message that came before. */
export type KnownMessage = {
  id: string;
  digest: string;
  state: MessageState;
  ack: 'AA' | 'AE' | 'AR';
  code: string | null;
  place: string | null;
  reason: string | null;
  received: Date;
};

/** A message as it is kept. */
export type MessageRow = KnownMessage & {
  feedId: string;
  seq: number;
  controlId: string;
  kind: string;
  eventAt: Date | null;
  remarks: string | null;
  resources: string | null;
  original: Buffer;
  changed: Date;
  changedBy: string;
};

/** More feeds than this are rare; beyond it, their ids are worked out again. */
const mostFeeds = 10_000;
const feedIds = new Map<string, string>();

export function feedId({ kind, key }: { kind: string; key: string }): string {
  const name = `${kind} ${key}`;
  let id = feedIds.get(name);
  if (id === undefined) {
    if (feedIds.size >= mostFeeds) feedIds.clear();
    feedIds.set(name, (id = idFrom('feed', kind, key)));
  }
  return id;
}

/** Adds a feed, or gives it the name it now has. */
export async function nameFeed(db: Queryable, feed: FeedName, at: Date): Promise<void> {
  await db.query(
    `insert into feeds.feed (id, kind, key, name, source, created)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set name = excluded.name, source = excluded.source`,
    [feedId(feed), feed.kind, feed.key, feed.name, feed.source, at],
  );
}

/** Adds a feed nobody announced; one that is there keeps its name. */
export async function addFeed(db: Queryable, feed: FeedName, at: Date): Promise<void> {
  await db.query(
    `insert into feeds.feed (id, kind, key, name, source, created)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do nothing`,
    [feedId(feed), feed.kind, feed.key, feed.name, feed.source, at],
  );
}

/**
 * One plan for each named statement of this transaction, whatever its values, and none that reads a whole table: made while a table
 * was small, it may outlive that. Planned for their values, the statements that replace resources took longer to plan than to run.
 */
export function planOnce(tx: Tx): void {
  if (tx.distributed) return;
  tx.send(
    `select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)`,
    [],
    { name: 'feeds-plan-once' },
  );
}

/** Makes writers of the same sources wait for each other until the transaction ends, so that what is held is not judged twice. */
export function lockSources(tx: Tx, sources: string[]): void {
  tx.send(
    `select pg_advisory_xact_lock(hashtextextended('feeds ' || source, 0))
     from unnest($1::text[]) as source`,
    [[...sources].sort()],
    { name: 'feeds-lock' },
  );
}

export async function knownMessages(db: Queryable, ids: string[]): Promise<Map<string, KnownMessage>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<KnownMessage>(
    `select id, digest, state, ack, code, place, reason, received
     from feeds.message
     where id = any($1::uuid[])`,
    [uuidList(ids)],
    { name: 'feeds-known' },
  );
  return new Map(rows.map((row) => [row.id, row]));
}

type EntityName = { type: string; id: string };
const keyOf = (rid: string, type: number): string => `${rid}/${type}`;

/** What is held of these resources, by `Type/id`. */
export async function heldStates(db: Queryable, names: EntityName[]): Promise<Map<string, State>> {
  if (names.length === 0) return new Map();
  const byKey = new Map(
    names.map((name) => [keyOf(ridOf(name.id), typeNumber(name.type)), `${name.type}/${name.id}`]),
  );
  const rows = await db.query<{ rid: string; type: number; at: Date; state: string | null }>(
    `select rid, type, at, state
     from feeds.entity
     where rid = any($1::uuid[])`,
    [uuidList(names.map((name) => ridOf(name.id)))],
    { name: 'feeds-held' },
  );
  const held = new Map<string, State>();
  for (const row of rows) {
    const name = byKey.get(keyOf(row.rid, row.type));
    if (name === undefined) continue;
    held.set(name, stateOfText(row.at.getTime(), row.state));
  }
  return held;
}

/** JSON holds no control character as such. */
const recordSeparator = '\x1e';

/** Keeps what is held from now on: whole where more is new than a time. On Citus always whole. */
export function saveStates(
  tx: Tx,
  states: ReadonlyMap<string, State>,
  news: ReadonlyMap<string, News>,
): void {
  const all = [...states];
  const hasOnlyTime = ([name]: [string, State]): boolean => !tx.distributed && news.get(name) === 'times';
  const whole = all.filter((each) => news.get(each[0]) !== 'nothing' && !hasOnlyTime(each));
  if (whole.length > 0)
    tx.send(
      `insert into feeds.entity (rid, type, at, state)
       select * from unnest($1::uuid[], $2::smallint[], $3::timestamptz[], string_to_array($4, chr(30), ''))
       on conflict (rid, type) do update set at = excluded.at, state = excluded.state`,
      [...keysAndTimes(whole), whole.map(([, state]) => textOfState(state)).join(recordSeparator)],
      { name: 'feeds-save-states' },
    );
  const later = all.filter(hasOnlyTime);
  if (later.length > 0)
    tx.send(
      `update feeds.entity e
       set at = said.at
       from unnest($1::uuid[], $2::smallint[], $3::timestamptz[]) as said (rid, type, at)
       where e.rid = said.rid
         and e.type = said.type`,
      keysAndTimes(later),
      { name: 'feeds-save-times' },
    );
}

function keysAndTimes(states: readonly [string, State][]): [rids: string, types: string, times: string] {
  const rids: string[] = [];
  const types: number[] = [];
  const times: string[] = [];
  for (const [name, { at }] of states) {
    const slash = name.indexOf('/');
    rids.push(ridOf(name.slice(slash + 1)));
    types.push(typeNumber(name.slice(0, slash)));
    times.push(new Date(at).toISOString());
  }
  return [uuidList(rids), `{${types.join(',')}}`, `{"${times.join('","')}"}`];
}

/** The rows that keep messages, for one COPY. */
export function messageRows(messages: readonly MessageRow[]): CopyPart[] {
  if (messages.length === 0) return [];
  const rows = new CopyRows(2048 * messages.length);
  const text = (value: string | null): void => (value === null ? rows.null() : rows.text(value));
  for (const each of messages) {
    rows.startRow(18);
    rows.uuid(each.id);
    rows.uuid(each.feedId);
    rows.timestamptz(each.received.getTime());
    rows.int8(each.seq);
    rows.text(each.controlId);
    rows.text(each.kind);
    if (each.eventAt === null) rows.null();
    else rows.timestamptz(each.eventAt.getTime());
    rows.uuid(each.digest);
    rows.text(each.state);
    rows.text(each.ack);
    text(each.code);
    text(each.place);
    text(each.reason);
    text(each.remarks);
    text(each.resources);
    rows.blob(each.original);
    rows.timestamptz(each.changed.getTime());
    rows.text(each.changedBy);
  }
  const statement = `copy feeds.message (id, feed_id, received, seq, control_id, kind, event_at, digest, state, ack, code, place,
    reason, remarks, resources, original, changed, changed_by) from stdin (format binary)`;
  return [{ statement, data: copyMessage(rows.ranges()) }];
}

/** Counts outcomes by feed and hour. */
export function addTallies(
  tx: Tx,
  counted: { feedId: string; at: Date; outcome: string; n?: number }[],
): void {
  const sums = new Map<string, { feedId: string; hour: Date; outcome: string; n: number }>();
  for (const { feedId: id, at, outcome, n = 1 } of counted) {
    const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
    const key = `${id} ${hour.getTime()} ${outcome}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { feedId: id, hour, outcome, n });
    else sum.n += n;
  }
  const all = [...sums.keys()].sort().map((key) => sums.get(key)!);
  tx.send(
    `insert into feeds.tally (feed_id, hour, outcome, n)
     select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bigint[])
     on conflict (feed_id, hour, outcome) do update set n = feeds.tally.n + excluded.n`,
    [
      all.map((each) => each.feedId),
      all.map((each) => each.hour),
      all.map((each) => each.outcome),
      all.map((each) => each.n),
    ],
    { name: 'feeds-tally' },
  );
}

/** Writes what became of a message that was tried again. */
export async function settleMessage(
  tx: Tx,
  id: string,
  fate: Pick<
    MessageRow,
    'state' | 'code' | 'place' | 'reason' | 'remarks' | 'resources' | 'changed' | 'changedBy'
  >,
): Promise<void> {
  await tx.query(
    `update feeds.message
     set state = $2, code = $3, place = $4, reason = $5, remarks = $6, resources = $7, changed = $8, changed_by = $9
     where id = $1`,
    [
      id,
      fate.state,
      fate.code,
      fate.place,
      fate.reason,
      fate.remarks,
      fate.resources,
      fate.changed,
      fate.changedBy,
    ],
  );
}
