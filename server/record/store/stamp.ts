import type { Batch } from './batch.ts';

/** What the writer decides about a row. */
export type Stamp = { version: number; created: number; at: Date; deliveryId: Buffer };

const postgresEpochMs = Date.UTC(2000, 0, 1);
const versionStart = '"versionId":"';

/** Bytes from the start of a row to its fixed fields; the order is that of `resourceColumns`. */
const offset = { version: 52, created: 60, lastUpdated: 72, deliveryId: 89 } as const;

/** The columns of record.resource in the order of the binary rows: fixed sizes first, content last. */
export const resourceColumns =
  'patient_id, type, rid, version, created, last_updated, deleted, delivery_id, digest, present, date_low, date_high, combination, tokens, refs, content';

/** The stamp as it stands in content, at its usual width. */
export const stampText = (version: number, at: string): string =>
  `${versionStart}${version}","lastUpdated":"${at}"`;

export const placeholder = stampText(1, '0000-00-00T00:00:00.000Z');

/** Stamps row `index` in place when it is new (version 1), else gives a rewritten row. */
export function stampRow(batch: Batch, index: number, stamp: Stamp): Buffer | undefined {
  const main = batch.main;
  const start = main.starts[index]!;
  const stampAt = batch.stampAt[index]!;
  if (stamp.version === 1) {
    writeFixed(main.bytes, start, stamp);
    main.bytes.write(stamp.at.toISOString(), stampAt + placeholder.length - 25, 'latin1');
    return undefined;
  }
  const row = main.row(index);
  const before = row.subarray(0, stampAt - start);
  const after = row.subarray(stampAt - start + placeholder.length);
  const whole = Buffer.concat([before, Buffer.from(stampText(stamp.version, stamp.at.toISOString())), after]);
  const contentStart = batch.contentAt[index]! - start;
  whole.writeInt32BE(whole.length - contentStart, contentStart - 4);
  writeFixed(whole, 0, stamp);
  return whole;
}

/** The content of row `index` as it was written. */
export function contentOf(batch: Batch, index: number, stamp: { version: number; at: Date }): string {
  const main = batch.main;
  const end = main.starts[index + 1] ?? main.length;
  const stampAt = batch.stampAt[index]!;
  const head = main.bytes.toString('utf8', batch.contentAt[index], stampAt);
  return (
    head +
    stampText(stamp.version, stamp.at.toISOString()) +
    main.bytes.toString('utf8', stampAt + placeholder.length, end)
  );
}

function writeFixed(bytes: Buffer, start: number, stamp: Stamp): void {
  bytes.writeInt32BE(stamp.version, start + offset.version);
  writeInt8(bytes, stamp.created, start + offset.created);
  writeInt8(bytes, (stamp.at.getTime() - postgresEpochMs) * 1000, start + offset.lastUpdated);
  stamp.deliveryId.copy(bytes, start + offset.deliveryId);
}

function writeInt8(bytes: Buffer, value: number, at: number): void {
  const high = Math.floor(value / 0x100000000);
  bytes.writeInt32BE(high, at);
  bytes.writeUInt32BE(value - high * 0x100000000, at + 4);
}
