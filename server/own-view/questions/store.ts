import { askedStore, type Asked } from '../asked/index.ts';

export type QuestionState = 'asked' | 'explained' | 'upheld';

/** What a person asked about who looked at their record. */
export type Question = Asked & {
  questionId: string;
  /** The access it is about, by its id in the audit log. */
  eventId: string | null;
  /** The organisation whose staff looked, else the one that holds the person's record. */
  source: string | null;
  says: string;
  state: QuestionState;
  answer: string | null;
  answered: Date | null;
  answeredBy: string | null;
};

export const questions = askedStore<Question>({
  table: 'own_view.question',
  key: 'questionId',
  waits: `state = 'asked'`,
  columns: {
    questionId: 'question_id',
    patientId: 'patient_id',
    personId: 'person_id',
    eventId: 'event_id',
    source: 'source',
    says: 'says',
    state: 'state',
    asked: 'asked',
    due: 'due',
    answer: 'answer',
    answered: 'answered',
    answeredBy: 'answered_by',
  },
});
