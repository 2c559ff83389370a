import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import type { Db } from '../../platform/db/index.ts';
import { idFrom } from '../ids.ts';
import { feedId } from '../intake/store.ts';
import type { FeedName } from '../intake/types.ts';
import { findFile, type FileRow } from './store.ts';

/** A file of a feed with how far it got before, if it was met. */
export async function openFile(
  db: Db,
  feed: FeedName,
  file: { full: string; name: string },
  now: Date,
): Promise<FileRow> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file.full)) hash.update(chunk as Buffer);
  const id = idFrom('file', feed.kind, feed.key, hash.digest('hex'));
  const known = await findFile(db, id);
  if (known !== undefined) return known;
  return {
    id,
    feedId: feedId(feed),
    name: file.name,
    bytes: statSync(file.full).size,
    state: 'loading',
    mapping: null,
    version: null,
    done: 0,
    stored: 0,
    held: 0,
    reason: null,
    place: null,
    started: now,
    changed: now,
  };
}
