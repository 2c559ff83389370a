import type { Queryable } from '../../platform/db/index.ts';

/** Users who hold the same role at the same organisation in the same teams. */
export type Shape = {
  role: string;
  organisation: string;
  teams: string[];
  users: number;
  /** Set where what is known of the person names this user, who is then looked at alone. */
  user: string | null;
  person: string | null;
};

/**
 * The posts of staff in force at a moment, those alike together. Users whom facts about the person name, and the person as a user,
 * stand alone.
 */
export async function shapesInForce(
  db: Queryable,
  at: Date,
  { users, person }: { users: readonly string[]; person: string },
): Promise<Shape[]> {
  return db.query<Shape>(
    `select role, organisation_id as organisation, teams, count(distinct user_id)::int as users,
       case when alone then user_id end as user, case when alone then person_id end as person
     from (
       select role, organisation_id, teams, user_id, person_id, user_id = any($2) or person_id is not distinct from $3 as alone
       from access.post
       where kind = 'staff'
         and recorded_to is null
         and valid_from <= $1
         and (valid_to is null or valid_to > $1)
     ) p
     group by role, organisation_id, teams, case when alone then user_id end, case when alone then person_id end`,
    [at, users, person],
  );
}
