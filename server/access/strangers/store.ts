import type { Queryable, Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';

/** When a user gave a wrong pair since a moment. */
export async function wrongPairsOf(db: Queryable, user: string, since: Date): Promise<Date[]> {
  const rows = await db.query<{ tried: Date }>(
    `select tried
     from access.wrong_pair
     where user_id = $1
       and tried > $2`,
    [user, since],
  );
  return rows.map(({ tried }) => tried);
}

/** Keeps that a user gave a wrong pair, and forgets theirs from before `since`. */
export async function addWrongPair(tx: Tx, user: string, at: Date, since: Date): Promise<void> {
  await tx.query(
    `delete from access.wrong_pair
     where user_id = $1
       and tried <= $2`,
    [user, since],
  );
  await tx.query(
    `insert into access.wrong_pair (user_id, try_id, tried)
     values ($1, $2, $3)`,
    [user, newId(at.getTime()), at],
  );
}

/** Lets one pair of a user be tried after the other, on all servers of one database. */
export async function oneTryAtATime(tx: Tx, user: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`access.wrong_pair ${user}`]);
}
