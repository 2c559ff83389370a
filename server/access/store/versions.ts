import type { Tx } from '../../platform/db/index.ts';

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
