import { uuidList, type Queryable } from '../../platform/db/index.ts';
import { typeName } from '../resource-types.ts';
import { ridOf } from '../rid.ts';

/** The types of which the record has a resource with this id. */
export async function typesOf(db: Queryable, id: string): Promise<string[]> {
  const rows = await db.query<{ type: number }>(
    `select type
     from record.resource_key
     where rid = $1
     order by type`,
    [ridOf(id)],
    { name: 'import-types-of' },
  );
  return rows.map((row) => typeName(row.type));
}

/** A current resource and who said it last. */
export type Said = { rid: string; type: number; digest: string; source: string };

/** Which of these ids the record has, under any type, and what it now holds under them, deleted resources left out. */
export async function saidBefore(
  db: Queryable,
  rids: readonly string[],
): Promise<{ known: string[]; said: Said[] }> {
  const keys = await db.query<{ rid: string; patient_id: string }>(
    `select rid, patient_id
     from record.resource_key
     where rid = any($1::uuid[])`,
    [uuidList(rids)],
    { name: 'import-keys-of' },
  );
  const known = [...new Set(keys.map((key) => key.rid))];
  if (known.length === 0) return { known, said: [] };
  const said = await db.query<Said>(
    `select r.rid, r.type, replace(r.digest::text, '-', '') as digest, d.source
     from record.resource r
     join record.delivery d on d.id = r.delivery_id
     where r.patient_id = any($1::uuid[])
       and r.rid = any($2::uuid[])
       and not r.deleted`,
    [uuidList([...new Set(keys.map((key) => key.patient_id))]), uuidList(known)],
    { name: 'import-said-before' },
  );
  return { known, said };
}

/** Of these targets, the ones the record has a key for, as `rid/type`. */
export async function knownTargets(db: Queryable, rids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ rid: string; type: number }>(
    `select rid, type
     from record.resource_key
     where rid = any($1::uuid[])`,
    [uuidList(rids)],
    { name: 'import-known-targets' },
  );
  return new Set(rows.map((row) => `${row.rid}/${row.type}`));
}
