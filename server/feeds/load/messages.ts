import { createReadStream } from 'node:fs';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import type { FeedName } from '../intake/types.ts';
import { FrameReader, type MllpClient } from '../mllp/index.ts';
import { openFile } from './file-state.ts';
import { saveFile, type FileRow } from './store.ts';

/** Messages that may be under way at a time, and how many lie between two notes of how far it got. */
const underWay = 64;
const betweenNotes = 512;
const longestMessage = 16 * 1024 * 1024;

export type MessageLoad = {
  db: Db;
  clock: Clock;
  client: MllpClient;
  feed: FeedName;
  file: { full: string; name: string };
  signal: AbortSignal;
  stored(messages: number): void;
};

/** Sends a file of framed messages over a connection and waits for each acknowledgement. A file that was cut off goes on where it was. */
export async function loadMessages(load: MessageLoad): Promise<FileRow> {
  const { db, clock, client, feed, file, signal } = load;
  const row = await openFile(db, feed, file, clock());
  if (row.state === 'loaded') return row;
  const waiting: Promise<void>[] = [];
  let read = 0;
  const settle = async (most: number): Promise<void> => {
    while (waiting.length > most) await waiting.shift();
  };
  const send = (bytes: Buffer): void => {
    const answered = client.send(bytes).then(({ code }) => {
      row.done += 1;
      if (code === 'AA') row.stored += 1;
      else row.held += 1;
      load.stored(1);
    });
    answered.catch(() => undefined);
    waiting.push(answered);
  };
  const reader = new FrameReader(longestMessage);
  const skip = row.done;
  for await (const chunk of createReadStream(file.full)) {
    for (const frame of reader.push(chunk as Buffer)) {
      read += 1;
      if (read <= skip) continue;
      send(frame.bytes);
      await settle(underWay);
      if (read % betweenNotes === 0) await note(db, clock, row);
    }
    if (signal.aborted) break;
  }
  await settle(0);
  if (!signal.aborted) row.state = 'loaded';
  await note(db, clock, row);
  return row;
}

async function note(db: Db, clock: Clock, row: FileRow): Promise<void> {
  row.changed = clock();
  await saveFile(db, { ...row });
}
