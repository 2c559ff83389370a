import type { Queryable, Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Moments, PersonId, UserId } from '../types.ts';
import type { Saying } from './facts.ts';
import { moveVersion } from './versions.ts';

/** A role somebody holds, as it is kept: the organisation by its id alone. */
export type KeptPost = Moments & {
  id: string;
  user: UserId;
  kind: 'staff' | 'program';
  person: PersonId | null;
  role: string;
  organisation: string;
  teams: string[];
};

export type Holdings = { version: number; posts: KeptPost[] };

type Row = {
  fact_id: string;
  user_id: string;
  kind: 'staff' | 'program';
  person_id: string | null;
  role: string;
  organisation_id: string;
  teams: string[];
  valid_from: Date;
  valid_to: Date | null;
};

/** Gives somebody a role. In force everywhere with the commit. */
export async function givePost(tx: Tx, post: Omit<KeptPost, 'id'>, { by, at }: Saying): Promise<string> {
  const id = newId(at.getTime());
  await insert(tx, { ...post, id }, { by, at });
  await moveVersion(tx, post.user);
  return id;
}

/**
 * Changes a role that is held: its teams, or until when. What was believed before stays, ended. False when nobody holds it.
 */
export async function changePost(
  tx: Tx,
  id: string,
  change: { teams?: string[]; to?: number | null },
  { by, at }: Saying,
): Promise<boolean> {
  const [row] = await tx.query<Row>(
    `update access.post
     set recorded_to = $2, ended_by = $3
     where fact_id = $1
       and recorded_to is null
     returning fact_id, user_id, kind, person_id, role, organisation_id, teams, valid_from, valid_to`,
    [id, at, by],
  );
  if (row === undefined) return false;
  await insert(tx, { ...keptPost(row), ...change }, { by, at });
  await moveVersion(tx, row.user_id);
  return true;
}

/**
 * Says which person of the record a user is, in all their posts. Who said that they hold them stays, so that a provider can go on ending
 * what it gave. Gives how many posts they have.
 */
export async function namePost(tx: Tx, user: UserId, person: PersonId, { by, at }: Saying): Promise<number> {
  const rows = await tx.query<Row & { said_by: string }>(
    `update access.post
     set recorded_to = $2, ended_by = $3
     where user_id = $1
       and recorded_to is null
     returning fact_id, user_id, kind, person_id, role, organisation_id, teams, valid_from, valid_to, said_by`,
    [user, at, by],
  );
  for (const row of rows) await insert(tx, { ...keptPost(row), person }, { by: row.said_by, at });
  await moveVersion(tx, user);
  return rows.length;
}

/** All that a user holds, with the version by which to know that it still stands. */
export async function holdingsOf(db: Queryable, userId: UserId): Promise<Holdings> {
  const rows = await db.query<Row & { version: number | null }>(
    `select v.version, p.fact_id, p.user_id, p.kind, p.person_id, p.role, p.organisation_id, p.teams, p.valid_from, p.valid_to
     from (select max(version) as version from access.version where subject_id = $1) v
     left join access.post p on p.user_id = $1 and p.recorded_to is null
     order by p.fact_id`,
    [userId],
    { name: 'access-holdings' },
  );
  return {
    version: rows[0]?.version ?? 0,
    posts: rows.filter((row) => row.fact_id !== null).map(keptPost),
  };
}

/** All that a user holds or held, as it is now believed, with who said so last. */
export async function postsSaid(db: Queryable, userId: UserId): Promise<(KeptPost & { saidBy: string })[]> {
  const rows = await db.query<Row & { said_by: string }>(
    `select fact_id, user_id, kind, person_id, role, organisation_id, teams, valid_from, valid_to, said_by
     from access.post
     where user_id = $1
       and recorded_to is null
     order by fact_id`,
    [userId],
  );
  return rows.map((row) => ({ ...keptPost(row), saidBy: row.said_by }));
}

const keptPost = (row: Row): KeptPost => ({
  id: row.fact_id,
  user: row.user_id,
  kind: row.kind,
  person: row.person_id,
  role: row.role,
  organisation: row.organisation_id,
  teams: row.teams,
  from: row.valid_from.getTime(),
  to: row.valid_to?.getTime() ?? null,
});

async function insert(tx: Tx, post: KeptPost, { by, at }: Saying): Promise<void> {
  await tx.query(
    `insert into access.post (fact_id, user_id, kind, person_id, role, organisation_id, teams, valid_from, valid_to, said_by, recorded)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      post.id,
      post.user,
      post.kind,
      post.person,
      post.role,
      post.organisation,
      post.teams,
      new Date(post.from),
      post.to === null ? null : new Date(post.to),
      by,
      at,
    ],
  );
}
