import { copyMessage, CopyRows, type CopyPart, type Queryable, type Tx } from '../../platform/db/index.ts';
import type { PlacedEvent } from '../types.ts';
import { fromBase64 } from '../verifier/index.ts';
import type { Tile } from './edge.ts';
import type { BucketRow } from './lists.ts';
import type { TileName } from './tile-hashes.ts';

export type LogState = { origin: string; size: number; keyId: string; formerKeyId: string | null };

/** `events` is a list of `StagedEvent` as JSON. */
export type StagedRow = { streamId: string; id: string; events: string };

/** The state of the log, locked for the sequencer. Undefined when another process holds it, or there is no log yet. */
export async function lockLog(tx: Tx): Promise<LogState | undefined> {
  const [row] = await tx.query<LogState>(
    `select origin, size, key_id as "keyId", former_key_id as "formerKeyId"
     from audit.log
     for update skip locked`,
    [],
    { name: 'audit-lock' },
  );
  return row;
}

export async function logState(db: Queryable): Promise<LogState | undefined> {
  const [row] = await db.query<LogState>(
    `select origin, size, key_id as "keyId", former_key_id as "formerKeyId"
     from audit.log`,
  );
  return row;
}

/** What waits for a place, the oldest first. On Citus it asks every machine. */
export async function stagedEvents(tx: Tx, mostRows: number): Promise<StagedRow[]> {
  return tx.query<StagedRow>(
    `select stream_id as "streamId", id, events
     from audit.staged
     order by id
     limit $1`,
    [mostRows],
    { name: 'audit-staged' },
  );
}

export function removeStaged(tx: Tx, rows: readonly StagedRow[]): void {
  tx.send(
    `delete from audit.staged
     where stream_id = any($1::uuid[])
       and id = any($2::uuid[])`,
    [[...new Set(rows.map(({ streamId }) => streamId))], rows.map(({ id }) => id)],
    { name: 'audit-remove-staged' },
  );
}

/** How many rows wait for a place, and since when: the time in the id of the oldest. */
export async function backlog(db: Queryable): Promise<{ rows: number; oldest: string | null }> {
  const [row] = await db.query<{ rows: number; oldest: string | null }>(
    'select count(*) as rows, min(id::text) as oldest from audit.staged',
  );
  return row!;
}

export async function bucketsAt(tx: Queryable, buckets: readonly number[]): Promise<BucketRow[]> {
  return tx.query<BucketRow>(
    `select bucket, entries, counts
     from audit.bucket
     where bucket = any($1::integer[])`,
    [buckets],
    { name: 'audit-buckets' },
  );
}

export async function bucketHashes(
  tx: Queryable,
  buckets?: readonly number[],
): Promise<{ bucket: number; hash: Buffer }[]> {
  if (buckets === undefined) return tx.query('select bucket, hash from audit.bucket');
  return tx.query('select bucket, hash from audit.bucket where bucket = any($1::integer[])', [buckets]);
}

/** Whose lists events from `from` up to but not including `to` stand in. On Citus it asks every machine. */
export async function subjectsBetween(
  tx: Queryable,
  from: number,
  to: number,
): Promise<{ user: string; person: string | null }[]> {
  return tx.query(
    `select distinct user_id as user, case when about_person then list_id end as person
     from audit.event
     where seq >= $1
       and seq < $2`,
    [from, to],
  );
}

export function putBuckets(tx: Tx, rows: readonly (BucketRow & { hash: Uint8Array })[]): void {
  tx.send(
    `insert into audit.bucket (bucket, entries, counts, hash)
     select * from unnest($1::integer[], $2::bytea[], $3::bytea[], $4::bytea[])
     on conflict (bucket) do update
     set entries = excluded.entries, counts = excluded.counts, hash = excluded.hash`,
    [
      rows.map(({ bucket }) => bucket),
      rows.map(({ entries }) => entries),
      rows.map(({ counts }) => counts),
      rows.map(({ hash }) => Buffer.from(hash.buffer, hash.byteOffset, hash.length)),
    ],
    { name: 'audit-put-buckets' },
  );
}

export async function tilesNamed(db: Queryable, names: readonly TileName[]): Promise<Tile[]> {
  if (names.length === 0) return [];
  const rows = await db.query<Tile>(
    `select level, n, hashes
     from audit.tile
     where n = any($1::bigint[])
       and level = any($2::integer[])`,
    [[...new Set(names.map(({ n }) => n))], [...new Set(names.map(({ level }) => level))]],
    { name: 'audit-tiles' },
  );
  const wanted = new Set(names.map(({ level, n }) => `${level} ${n}`));
  return rows.filter(({ level, n }) => wanted.has(`${level} ${n}`));
}

export function putTiles(tx: Tx, tiles: readonly Tile[]): void {
  tx.send(
    `insert into audit.tile (n, level, hashes)
     select * from unnest($1::bigint[], $2::integer[], $3::bytea[])
     on conflict (n, level) do update
     set hashes = excluded.hashes`,
    [tiles.map(({ n }) => n), tiles.map(({ level }) => level), tiles.map(({ hashes }) => hashes)],
    { name: 'audit-put-tiles' },
  );
}

export type ClosingRow = { size: number; at: Date; register: Buffer; note: string };

export async function lastClosing(db: Queryable): Promise<ClosingRow | undefined> {
  const [row] = await db.query<ClosingRow>(
    'select size, at, register, note from audit.closing order by size desc limit 1',
  );
  return row;
}

export function putClosing(tx: Tx, { size, at, register, note }: ClosingRow): void {
  tx.send(
    'insert into audit.closing (size, at, register, note) values ($1, $2, $3, $4)',
    [size, at, register, note],
    { name: 'audit-put-closing' },
  );
  tx.send('update audit.log set size = $1, former_key_id = null', [size], { name: 'audit-grow' });
}

/** The rows of placed events and of their particulars. */
export class EventRows {
  readonly #rows = new CopyRows(64 * 1024);
  readonly #texts = new CopyRows(16 * 1024);

  add(events: readonly PlacedEvent[]): void {
    const rows = this.#rows;
    const texts = this.#texts;
    for (const placed of events) {
      const { event, opened } = placed;
      const listId = event.person ?? event.id;
      rows.startRow(19);
      rows.int8(placed.seq);
      rows.timestamptz(Date.parse(event.at));
      rows.int4(placed.personCount);
      rows.int4(placed.userCount);
      rows.uuid(listId);
      rows.uuid(event.id);
      if (event.request === undefined) rows.null();
      else rows.uuid(event.request);
      rows.bool(event.person !== undefined);
      rows.text(event.kind);
      rows.text(event.outcome);
      rows.text(event.user);
      for (const value of [event.organisation, event.role, event.purpose, event.resource, event.rule]) {
        if (value === undefined) rows.null();
        else rows.text(value);
      }
      if (event.text === undefined) rows.null();
      else rows.blob(fromBase64(event.text));
      if (placed.personHead === undefined) rows.null();
      else rows.blob(placed.personHead);
      rows.blob(placed.userHead);
      if (opened === undefined) continue;
      texts.startRow(4);
      texts.uuid(listId);
      texts.int8(placed.seq);
      texts.blob(fromBase64(opened.salt));
      texts.text(opened.text);
    }
  }

  parts(): CopyPart[] {
    const parts: CopyPart[] = [
      {
        statement: `copy audit.event (seq, at, person_count, user_count, list_id, id, request_id, about_person, kind, outcome, user_id,
          organisation, role, purpose, resource, rule, commitment, person_head, user_head) from stdin (format binary)`,
        data: copyMessage(this.#rows.ranges()),
      },
    ];
    if (this.#texts.count > 0)
      parts.push({
        statement: 'copy audit.particulars (list_id, seq, salt, body) from stdin (format binary)',
        data: copyMessage(this.#texts.ranges()),
      });
    return parts;
  }
}
