import type { Queryable } from '../../platform/db/index.ts';

export type CorrectionState = 'asked' | 'changed' | 'not-changed';

/** What a person asked to be put right. `holderId` is the organisation that said it; null where none is known. */
export type Correction = {
  correctionId: string;
  patientId: string;
  personId: string;
  type: string;
  id: string;
  title: string;
  source: string;
  holderId: string | null;
  wrong: string;
  should: string;
  state: CorrectionState;
  asked: Date;
  /** The last day to answer, YYYY-MM-DD. */
  due: string;
  answer: string | null;
  answered: Date | null;
  answeredBy: string | null;
};

const columns = `correction_id as "correctionId", patient_id as "patientId", person_id as "personId", resource_type as type,
  resource_id as id, title, source, holder_id as "holderId", wrong, should, state, asked, due::text as due, answer, answered,
  answered_by as "answeredBy"`;

export async function addCorrection(
  db: Queryable,
  asked: Omit<Correction, 'state' | 'answer' | 'answered' | 'answeredBy'>,
): Promise<void> {
  await db.query(
    `insert into own_view.correction (correction_id, patient_id, person_id, resource_type, resource_id, title, source, holder_id,
       wrong, should, state, asked, due)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'asked', $11, $12)`,
    [
      asked.correctionId,
      asked.patientId,
      asked.personId,
      asked.type,
      asked.id,
      asked.title,
      asked.source,
      asked.holderId,
      asked.wrong,
      asked.should,
      asked.asked,
      asked.due,
    ],
  );
}

/** What was asked under these patients, the newest first. */
export const correctionsOf = (db: Queryable, patientIds: readonly string[]): Promise<Correction[]> =>
  db.query(
    `select ${columns}
     from own_view.correction
     where patient_id = any($1::uuid[])
     order by asked desc, correction_id`,
    [patientIds],
  );

/** All that waits for an answer, the one due first before others. */
export const waitingCorrections = (db: Queryable): Promise<Correction[]> =>
  db.query(
    `select ${columns}
     from own_view.correction
     where state = 'asked'
     order by due, correction_id`,
  );

export async function findCorrection(db: Queryable, correctionId: string): Promise<Correction | undefined> {
  const [row] = await db.query<Correction>(
    `select ${columns}
     from own_view.correction
     where correction_id = $1`,
    [correctionId],
  );
  return row;
}

/** Answers what is not answered yet. False when it was already. */
export async function answerCorrection(
  db: Queryable,
  correctionId: string,
  given: { state: Exclude<CorrectionState, 'asked'>; answer: string; at: Date; by: string },
): Promise<boolean> {
  const done = await db.query(
    `update own_view.correction
     set state = $2, answer = $3, answered = $4, answered_by = $5
     where correction_id = $1
       and state = 'asked'
     returning correction_id`,
    [correctionId, given.state, given.answer, given.at, given.by],
  );
  return done.length > 0;
}
