import type { Queryable } from '../../platform/db/index.ts';

export type QuestionState = 'asked' | 'explained' | 'upheld';

/** What a person asked about who looked at their record. */
export type Question = {
  questionId: string;
  patientId: string;
  personId: string;
  /** The access it is about, by its id in the audit log. */
  eventId: string | null;
  /** The organisation whose staff looked, else the one that holds the person's record. */
  source: string | null;
  says: string;
  state: QuestionState;
  asked: Date;
  /** The last day to answer, YYYY-MM-DD. */
  due: string;
  answer: string | null;
  answered: Date | null;
  answeredBy: string | null;
};

const columns = `question_id as "questionId", patient_id as "patientId", person_id as "personId", event_id as "eventId", source, says, state, asked,
  due::text as due, answer, answered, answered_by as "answeredBy"`;

export async function addQuestion(
  db: Queryable,
  question: Pick<
    Question,
    'questionId' | 'patientId' | 'personId' | 'eventId' | 'source' | 'says' | 'asked' | 'due'
  >,
): Promise<void> {
  await db.query(
    `insert into own_view.question (question_id, patient_id, person_id, event_id, source, says, state, asked, due)
     values ($1, $2, $3, $4, $5, $6, 'asked', $7, $8)`,
    [
      question.questionId,
      question.patientId,
      question.personId,
      question.eventId,
      question.source,
      question.says,
      question.asked,
      question.due,
    ],
  );
}

/** What was asked under these patients, the newest first. */
export const questionsOf = (db: Queryable, patientIds: readonly string[]): Promise<Question[]> =>
  db.query(
    `select ${columns}
     from own_view.question
     where patient_id = any($1::uuid[])
     order by asked desc, question_id`,
    [patientIds],
  );

/** All questions, those waiting first, the one due first before others. `open` leaves out what is answered. */
export const allQuestions = (db: Queryable, { open }: { open: boolean }): Promise<Question[]> =>
  db.query(
    `select ${columns}
     from own_view.question
     where state = 'asked' or not $1
     order by (state <> 'asked'), due, question_id`,
    [open],
  );

export async function findQuestion(db: Queryable, questionId: string): Promise<Question | undefined> {
  const [row] = await db.query<Question>(
    `select ${columns}
     from own_view.question
     where question_id = $1`,
    [questionId],
  );
  return row;
}

/** Answers what is not answered yet. False when it was already. */
export async function answerQuestion(
  db: Queryable,
  questionId: string,
  given: { state: Exclude<QuestionState, 'asked'>; answer: string; at: Date; by: string },
): Promise<boolean> {
  const done = await db.query(
    `update own_view.question
     set state = $2, answer = $3, answered = $4, answered_by = $5
     where question_id = $1
       and state = 'asked'
     returning question_id`,
    [questionId, given.state, given.answer, given.at, given.by],
  );
  return done.length > 0;
}
