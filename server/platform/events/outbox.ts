import type { Tx } from '../db/index.ts';

/** Something that happened in one stream (one patient's record, one organisation). `seq` orders the stream. */
export type OutboxEvent = { streamId: string; seq: number; name: string; payload: string; at: Date };

/** Writes events in the caller's transaction: they exist exactly when the change they tell of exists. */
export async function publish(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `insert into platform.outbox (stream_id, seq, name, payload, created)
     select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[])`,
    [
      events.map((event) => event.streamId),
      events.map((event) => event.seq),
      events.map((event) => event.name),
      events.map((event) => event.payload),
      events.map((event) => event.at),
    ],
    { name: 'outbox-publish' },
  );
}
