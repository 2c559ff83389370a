import type { Queryable } from '../../platform/db/index.ts';
import type { Mapping } from '../csv/index.ts';

/** A file of a feed and how far it is. */
export type FileRow = {
  id: string;
  feedId: string;
  name: string;
  bytes: number;
  state: 'loading' | 'loaded' | 'refused';
  mapping: string | null;
  version: number | null;
  done: number;
  stored: number;
  held: number;
  reason: string | null;
  place: string | null;
  started: Date;
  changed: Date;
};

const columns = `id, feed_id as "feedId", name, bytes, state, mapping, version, done, stored, held, reason, place, started, changed`;

export async function findFile(db: Queryable, id: string): Promise<FileRow | undefined> {
  const [row] = await db.query<FileRow>(`select ${columns} from feeds.file where id = $1`, [id]);
  return row;
}

/** The latest files of a feed. */
export function filesOf(db: Queryable, feedId: string, limit: number): Promise<FileRow[]> {
  return db.query<FileRow>(
    `select ${columns}
     from feeds.file
     where feed_id = $1
     order by started desc, name desc
     limit $2`,
    [feedId, limit],
  );
}

/** Keeps how far a file is. */
export async function saveFile(db: Queryable, file: FileRow): Promise<void> {
  await db.query(
    `insert into feeds.file
       (id, feed_id, name, bytes, state, mapping, version, done, stored, held, reason, place, started, changed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (id) do update
     set state = excluded.state, mapping = excluded.mapping, version = excluded.version, done = excluded.done,
         stored = excluded.stored, held = excluded.held, reason = excluded.reason, place = excluded.place,
         changed = excluded.changed`,
    [
      file.id,
      file.feedId,
      file.name,
      file.bytes,
      file.state,
      file.mapping,
      file.version,
      file.done,
      file.stored,
      file.held,
      file.reason,
      file.place,
      file.started,
      file.changed,
    ],
  );
}

/** Keeps a version of a mapping; one that is there already stays as it is. */
export async function addMapping(db: Queryable, mapping: Mapping, at: Date): Promise<void> {
  await db.query(
    `insert into feeds.mapping (name, version, content, created)
     values ($1, $2, $3, $4)
     on conflict (name, version) do nothing`,
    [mapping.mapping, mapping.version, JSON.stringify(mapping), at],
  );
}

/** One version of a mapping. */
export async function findMapping(
  db: Queryable,
  name: string,
  version: number,
): Promise<Mapping | undefined> {
  const [row] = await db.query<{ content: string }>(
    `select content
     from feeds.mapping
     where name = $1
       and version = $2`,
    [name, version],
  );
  return row === undefined ? undefined : (JSON.parse(row.content) as Mapping);
}

/** Each version of each mapping, newest first within a name. */
export function listMappings(db: Queryable): Promise<{ name: string; version: number; created: Date }[]> {
  return db.query(
    `select name, version, created
     from feeds.mapping
     order by name, version desc`,
  );
}

/** The newest version of a mapping. */
export async function newestMapping(db: Queryable, name: string): Promise<Mapping | undefined> {
  const [row] = await db.query<{ content: string }>(
    `select content
     from feeds.mapping
     where name = $1
     order by version desc
     limit 1`,
    [name],
  );
  return row === undefined ? undefined : (JSON.parse(row.content) as Mapping);
}
