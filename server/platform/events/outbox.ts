import { copyMessage, CopyRows, type CopyPart } from '../db/index.ts';

/** Something that happened in one stream (one patient's record, one organisation). `seq` orders the stream. */
export type OutboxEvent = { streamId: string; seq: number; name: string; payload: string; at: Date };

/** The rows that store events. Send them in the transaction of the change they tell of: they exist exactly when it does. */
export function outboxRows(events: readonly OutboxEvent[]): CopyPart[] {
  if (events.length === 0) return [];
  const rows = new CopyRows();
  for (const event of events) {
    rows.startRow(5);
    rows.uuid(event.streamId);
    rows.int8(event.seq);
    rows.text(event.name);
    rows.text(event.payload);
    rows.timestamptz(event.at.getTime());
  }
  const statement =
    'copy platform.outbox (stream_id, seq, name, payload, created) from stdin (format binary)';
  return [{ statement, data: copyMessage(rows.ranges()) }];
}
