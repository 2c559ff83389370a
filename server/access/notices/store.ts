import type { Queryable, Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';

export type Told = 'person' | 'privacy-officer';

/** Tells the privacy officer and the person of a broken glass. When the person sees it is decided when they look. */
export async function addNotices(tx: Tx, patientId: string, factId: string, made: Date): Promise<void> {
  for (const tells of ['privacy-officer', 'person'] satisfies Told[]) {
    await tx.query(
      `insert into access.notice (patient_id, notice_id, fact_id, tells, made)
       values ($1, $2, $3, $4, $5)`,
      [patientId, newId(made.getTime()), factId, tells, made],
    );
  }
}

/** A notice of a broken glass: who broke it, and why. */
export type Notice = {
  noticeId: string;
  patientId: string;
  glass: string;
  user: string;
  organisation: string | null;
  reason: string;
  from: Date;
  made: Date;
};

/** The notices meant for a person, under these patients, the newest first. */
export const noticesToPerson = (db: Queryable, patientIds: readonly string[]): Promise<Notice[]> =>
  db.query(
    `select n.notice_id as "noticeId", n.patient_id as "patientId", n.fact_id as glass, g.user_id as user,
       g.organisation_id as organisation, g.reason,
       g.valid_from as "from", n.made
     from access.notice n
     join access.glass g on g.patient_id = n.patient_id and g.fact_id = n.fact_id and g.recorded_to is null
     where n.patient_id = any($1::uuid[])
       and n.tells = 'person'
     order by n.made desc, n.notice_id`,
    [patientIds],
  );

/** What was decided about delaying notices to a person, with the reasons. */
export type Delay = { id: string; reason: string; from: Date; to: Date | null; by: string };

export const delaysOf = (db: Queryable, patientIds: readonly string[]): Promise<Delay[]> =>
  db.query(
    `select fact_id as id, reason, valid_from as "from", valid_to as "to", said_by as by
     from access.recorded_decision
     where patient_id = any($1::uuid[])
       and kind = 'delay-notice'
       and recorded_to is null
     order by valid_from desc`,
    [patientIds],
  );
