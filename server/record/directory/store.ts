import type { Queryable } from '../../platform/db/index.ts';

export type Entry = { organisationId: string; type: string; id: string };

/** The resources that stand for these organisations. */
export async function entriesOf(db: Queryable, organisationIds: readonly string[]): Promise<Entry[]> {
  return db.query<Entry>(
    `select organisation_id as "organisationId", type, id
     from record.directory_entry
     where organisation_id = any($1::uuid[])
     order by type, id`,
    [organisationIds],
  );
}

export async function addEntries(db: Queryable, entries: readonly Entry[]): Promise<void> {
  await db.query(
    `insert into record.directory_entry (organisation_id, type, id)
     select "organisationId", type, id
     from jsonb_to_recordset($1::jsonb) as x ("organisationId" uuid, type text, id text)
     on conflict do nothing`,
    [JSON.stringify(entries)],
  );
}

export async function removeEntry(db: Queryable, { organisationId, type, id }: Entry): Promise<void> {
  await db.query(
    `delete from record.directory_entry
     where organisation_id = $1
       and type = $2
       and id = $3`,
    [organisationId, type, id],
  );
}

export type State = { change: number; day: string };

/** Up to where the directory is right; undefined when it was never written. */
export async function directoryState(db: Queryable): Promise<State | undefined> {
  const [row] = await db.query<State>(
    `select change_number as change, day::text as day from record.directory_state where name = 'all'`,
  );
  return row;
}

export async function setDirectoryState(db: Queryable, { change, day }: State): Promise<void> {
  await db.query(
    `insert into record.directory_state (name, change_number, day)
     values ('all', $1, $2)
     on conflict (name) do update set change_number = excluded.change_number, day = excluded.day`,
    [change, day],
  );
}
