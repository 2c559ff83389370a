import { hash } from 'node:crypto';
import type { Db } from '../../platform/db/index.ts';
import { closingsBetween, eventsBetween } from '../lists/store.ts';
import { closingLeaf, eventLeaf, nothing } from '../verifier/index.ts';
import { hashedText } from './place.ts';

/**
 * The data of the leaves from `from` up to but not including `to`: each with its length before it. They are hashes only, and say
 * nothing about anybody. Undefined where the log is not that long. Source: C2SP tlog-tiles, log entries.
 */
export async function entryBundle(db: Db, from: number, to: number): Promise<Buffer | undefined> {
  const [events, closings] = await Promise.all([eventsBetween(db, from, to), closingsBetween(db, from, to)]);
  const leaves = new Map<number, Uint8Array>();
  for (const { seq, event, personHead, userHead } of events)
    leaves.set(seq, eventLeaf(hash('sha256', hashedText(event), 'buffer'), personHead ?? nothing, userHead));
  for (const { size, register, at } of closings)
    leaves.set(size - 1, closingLeaf({ register, atMs: at.getTime() }));
  const parts: Uint8Array[] = [];
  for (let seq = from; seq < to; seq++) {
    const leaf = leaves.get(seq);
    if (leaf === undefined) return undefined;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(leaf.length);
    parts.push(length, leaf);
  }
  return Buffer.concat(parts);
}
