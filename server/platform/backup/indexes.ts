import type { Client } from 'pg';

/** What was taken off the tables, as the statements that bring it back. */
type Removed = { remove: string; restore: string }[];

/** Keys first, then the other indexes: what must be dropped before rows are loaded fast. */
const findKeys = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as remove,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore
  from pg_constraint
  where contype in ('p', 'u', 'f', 'x') and conrelid = any($1::regclass[])
  order by contype = 'f' desc`;

const findIndexes = `
  select format('drop index %s', indexrelid::regclass) as remove, pg_get_indexdef(indexrelid) as restore
  from pg_index
  where indrelid = any($1::regclass[])
    and not exists (select 1 from pg_constraint where conindid = indexrelid)`;

/** Takes keys and indexes off the tables. Gives what puts them back, keys that point to other tables last. */
export async function removeIndexes(client: Client, tables: string[]): Promise<() => Promise<void>> {
  const removed: Removed = [];
  for (const find of [findIndexes, findKeys]) {
    const found = await client.query<Removed[number]>(find, [tables]);
    for (const item of found.rows) await client.query(item.remove);
    removed.push(...found.rows);
  }
  return async () => {
    for (const item of removed.reverse()) await client.query(item.restore);
  };
}
