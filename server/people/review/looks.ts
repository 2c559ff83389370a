/** Who opened sealed cases. Old and new identity stand side by side for somebody who said why, and for an hour. */
import type { Queryable } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';

export type Look = { reviewer: string; reason: string; looked: Date };

const lastsMs = 60 * 60_000;

/** Keeps that a reviewer opens a case, and why. Gives the id by which it is shown. */
export async function addLook(db: Queryable, caseId: string, look: Look): Promise<string> {
  const lookId = newId(look.looked.getTime());
  await db.query(
    `insert into people.sealed_look (look_id, case_id, reviewer, reason, looked) values ($1, $2, $3, $4, $5)`,
    [lookId, caseId, look.reviewer, look.reason, look.looked],
  );
  return lookId;
}

/** Everyone who opened a case, the first one first. */
export async function looksAt(db: Queryable, caseId: string): Promise<Look[]> {
  return db.query<Look>(
    `select reviewer, reason, looked from people.sealed_look where case_id = $1 order by looked, look_id`,
    [caseId],
  );
}

/** Whether a look is of this case and this reviewer, and not older than an hour. */
export async function isOpenTo(
  db: Queryable,
  { lookId, caseId, reviewer, now }: { lookId: string; caseId: string; reviewer: string; now: Date },
): Promise<boolean> {
  const rows = await db.query(
    `select 1
     from people.sealed_look
     where look_id = $1
       and case_id = $2
       and reviewer = $3
       and looked > $4`,
    [lookId, caseId, reviewer, new Date(now.getTime() - lastsMs)],
  );
  return rows.length > 0;
}

/** Refuses who never opened a case: what was not looked at cannot be decided. */
export async function mustHaveLooked(db: Queryable, caseId: string, reviewer: string): Promise<void> {
  const looks = await looksAt(db, caseId);
  if (looks.some((look) => look.reviewer === reviewer)) return;
  throw new Problem('identity/not-opened', 409, 'You have not opened this case.', {
    wayOut: 'Open it first, and say why. Then decide.',
  });
}
