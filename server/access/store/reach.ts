import type { Queryable } from '../../platform/db/index.ts';
import type { UserId } from '../types.ts';

/** Who asks, for the patients with whom they may have to do. Times in milliseconds. */
export type ReachAsked = {
  organisations: readonly string[];
  user: UserId;
  /** Relationships that ended before this open nothing any more. */
  endedAfter: number;
  /** A glass broken before this is closed. */
  brokenAfter: number;
  at: number;
};

/**
 * Patients under whom a relationship with one of these organisations is stated, or whose glass the user broke; at most so many. More
 * than may be seen, never less: the rules decide on each. On Citus it asks every machine.
 */
export async function patientsInReach(
  db: Queryable,
  { organisations, user, endedAfter, brokenAfter, at }: ReachAsked,
  most: number,
): Promise<string[]> {
  const rows = await db.query<{ patient_id: string }>(
    `select distinct patient_id
     from (
       select patient_id
       from access.relationship
       where organisation_id = any($1::text[])
         and recorded_to is null
         and valid_from <= $3
         and (valid_to is null or valid_to > $4)
       union all
       select patient_id
       from access.glass
       where user_id = $2
         and recorded_to is null
         and valid_from <= $3
         and valid_from > $5
     ) found
     limit $6`,
    [organisations, user, new Date(at), new Date(endedAfter), new Date(brokenAfter), most],
    { name: 'access-reach' },
  );
  return rows.map((row) => row.patient_id);
}

/** Patients for whom somebody acts, by proxies that anybody believes in; at most so many. */
export async function patientsActedFor(db: Queryable, proxy: string, most: number): Promise<string[]> {
  const rows = await db.query<{ patient_id: string }>(
    `select distinct patient_id
     from access.proxy
     where proxy_id = $1
       and recorded_to is null
     limit $2`,
    [proxy, most],
    { name: 'access-acted-for' },
  );
  return rows.map((row) => row.patient_id);
}
