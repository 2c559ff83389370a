import { askedStore, type Asked } from '../asked/index.ts';

export type CorrectionState = 'asked' | 'changed' | 'not-changed';

/** What a person asked to be put right. `holderId` is the organisation that said it; null where none is known. */
export type Correction = Asked & {
  correctionId: string;
  type: string;
  id: string;
  title: string;
  source: string;
  holderId: string | null;
  wrong: string;
  should: string;
  state: CorrectionState;
  answer: string | null;
  answered: Date | null;
  answeredBy: string | null;
};

export const corrections = askedStore<Correction>({
  table: 'own_view.correction',
  key: 'correctionId',
  waits: `state = 'asked'`,
  columns: {
    correctionId: 'correction_id',
    patientId: 'patient_id',
    personId: 'person_id',
    type: 'resource_type',
    id: 'resource_id',
    title: 'title',
    source: 'source',
    holderId: 'holder_id',
    wrong: 'wrong',
    should: 'should',
    state: 'state',
    asked: 'asked',
    due: 'due',
    answer: 'answer',
    answered: 'answered',
    answeredBy: 'answered_by',
  },
});
