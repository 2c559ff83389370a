import type { Queryable, Tx } from '../../platform/db/index.ts';

export type Changed = { streamId: string; seq: number; types: string[]; created: string };

/** Takes the part of the follower: up to when all was followed, or undefined when another process has it now. */
export async function takePart(tx: Tx): Promise<string | undefined> {
  const [row] = await tx.query<{ settled: string }>(
    `select settled::text as settled
     from access.following
     where name = 'relationships'
     for update skip locked`,
  );
  return row?.settled;
}

/**
 * The moment before which every event there will ever be can be read: since when the oldest transaction that writes has been under
 * way, by the earlier of our clock and that of the database, less half a minute for clocks of other servers and for what it did
 * before its first write. Ask before reading events.
 */
export async function settledBefore(db: Queryable, now: Date): Promise<string> {
  const [row] = await db.query<{ settled: string }>(
    `select (least(min(xact_start), clock_timestamp(), $1::timestamptz) - interval '30 seconds')::text as settled
     from pg_stat_activity
     where backend_xid is not null
       and datname = current_database()
       and pid <> pg_backend_pid()`,
    [now],
  );
  return row!.settled;
}

/** Changes of records from a moment on, after the last one read where one is given. */
export async function changesSince(
  db: Queryable,
  since: string,
  after: Changed | undefined,
  limit: number,
): Promise<Changed[]> {
  const rows = await db.query<{ streamId: string; seq: number; created: string; payload: string }>(
    `select stream_id as "streamId", seq, created::text as created, payload
     from platform.outbox
     where created >= $1
       and name = 'record.changed'
       and ($2::timestamptz is null or (created, stream_id, seq) > ($2, $3::uuid, $4::bigint))
     order by created, stream_id, seq
     limit $5`,
    [since, after?.created ?? null, after?.streamId ?? null, after?.seq ?? null, limit],
  );
  return rows.map(({ payload, ...row }) => ({
    ...row,
    types: (JSON.parse(payload) as { types: string[] }).types,
  }));
}

/** Everything before this moment was followed. It never goes back. */
export async function setSettled(tx: Tx, settled: string): Promise<void> {
  await tx.query(
    `update access.following
     set settled = $1
     where name = 'relationships'
       and settled < $1`,
    [settled],
  );
}
