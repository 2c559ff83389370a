import type { Queryable } from '../../platform/db/index.ts';
import { typeName } from '../resource-types.ts';

/** How many current resources of each type there are, counted row by row. */
export async function countsByType(db: Queryable): Promise<Map<string, number>> {
  const rows = await db.query<{ type: number; n: number }>(
    `select type, count(*) as n from record.resource where not deleted group by type order by type`,
  );
  return new Map(rows.map((row) => [typeName(row.type), row.n]));
}

/** True when nothing was ever stored. */
export async function isEmpty(db: Queryable): Promise<boolean> {
  return (await db.query('select 1 from record.resource_key limit 1')).length === 0;
}

/**
 * One hash over every version of everything, whatever the order it came in and the times it was stored: two records with
 * equal hashes say the same.
 */
export async function contentHash(db: Queryable): Promise<string> {
  const rows = await db.query<{ hash: string }>(
    `select coalesce(sum(('x' || left(md5(type || '/' || rid || '/' || version || '/' || deleted || '/' || digest), 15))::bit(60)::bigint), 0)::text
            || '/' || count(*) as hash
     from (
       select type, rid, version, deleted, digest from record.resource
       union all
       select type, rid, version, deleted, digest from record.history
     ) v`,
  );
  return rows[0]!.hash;
}
