import type { DataClass } from '../../access/index.ts';
import type { Queryable } from '../../platform/db/index.ts';

export type Invitation = {
  invitationId: string;
  patientId: string;
  personId: string;
  classes: DataClass[] | null;
  made: Date;
  expires: Date;
  ended: Date | null;
  usedBy: string | null;
};

const columns = `invitation_id as "invitationId", patient_id as "patientId", person_id as "personId", classes, made, expires, ended,
  used_by as "usedBy"`;

export async function addInvitation(
  db: Queryable,
  invitation: Omit<Invitation, 'ended' | 'usedBy'> & { codeHash: Buffer },
): Promise<void> {
  const { invitationId, codeHash, patientId, personId, classes, made, expires } = invitation;
  await db.query(
    `insert into own_view.invitation (invitation_id, code_hash, patient_id, person_id, classes, made, expires)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [invitationId, codeHash, patientId, personId, classes, made, expires],
  );
}

export const invitationsOf = (db: Queryable, patientIds: readonly string[]): Promise<Invitation[]> =>
  db.query(
    `select ${columns}
     from own_view.invitation
     where patient_id = any($1::uuid[])
     order by made desc, invitation_id`,
    [patientIds],
  );

/** Uses up an invitation that is open. Undefined when no such code is open at that moment. */
export async function useInvitation(
  db: Queryable,
  codeHash: Buffer,
  { at, by }: { at: Date; by: string },
): Promise<Invitation | undefined> {
  const [row] = await db.query<Invitation>(
    `update own_view.invitation
     set ended = $2, used_by = $3
     where code_hash = $1
       and ended is null
       and expires > $2
       and person_id::text <> $3
     returning ${columns}`,
    [codeHash, at, by],
  );
  return row;
}

/** Takes an open invitation back. False when it is not open. */
export async function endInvitation(
  db: Queryable,
  { invitationId, patientIds, at }: { invitationId: string; patientIds: readonly string[]; at: Date },
): Promise<boolean> {
  const rows = await db.query(
    `update own_view.invitation
     set ended = $3
     where invitation_id = $1
       and patient_id = any($2::uuid[])
       and ended is null
     returning invitation_id`,
    [invitationId, patientIds, at],
  );
  return rows.length > 0;
}
