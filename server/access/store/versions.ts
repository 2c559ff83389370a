import type { Queryable, Tx } from '../../platform/db/index.ts';

/** The subject whose version counts changes of policies and agreements. */
export const rulesSubject = '';

/** Notes, in the transaction of a change, that what was kept of a subject is no longer good. */
export async function moveVersion(tx: Tx, subjectId: string): Promise<void> {
  await tx.query(
    `insert into access.version (subject_id, version)
     values ($1, 1)
     on conflict (subject_id) do update
     set version = version.version + 1`,
    [subjectId],
  );
}

/** By which to know that what is held in memory of a user, and of policies and agreements, still stands. */
export type Versions = { userVersion: number; rulesVersion: number };

/** The versions of now; 0 where nothing was ever said. */
export async function versionsOf(db: Queryable, userId: string): Promise<Versions> {
  const rows = await db.query<{ subject_id: string; version: number }>(
    'select subject_id, version from access.version where subject_id in ($1, $2)',
    [userId, rulesSubject],
    { name: 'access-versions' },
  );
  const of = (subject: string): number => rows.find(({ subject_id: id }) => id === subject)?.version ?? 0;
  return { userVersion: of(userId), rulesVersion: of(rulesSubject) };
}
