import type { Viewing } from '../../access/index.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { outboxRows } from '../../platform/events/index.ts';
import { decideDifferent, decideSame } from '../decisions.ts';
import { onRecordOfPersons } from '../on-record.ts';
import { patientsOfPersons } from '../store/links.ts';
import type { ReviewQueue } from '../types.ts';
import { outcomeOf, type CaseState, type Opinion } from './rules.ts';
import { addOpinion, lockCase, opinionsOn, setState, type ReviewCase } from './store.ts';

/**
 * Notes what a reviewer thinks of a case, and when that decides it, does what was decided in the same transaction. Gives the state
 * of the case. Each opinion is on record, and a decision as one about whose record it is. Refused for a case that is closed or in another queue, for a second opinion of one reviewer, and where what was
 * decided contradicts what stands.
 */
export async function giveOpinion(
  db: Db,
  caseId: string,
  opinion: Opinion,
  queues: readonly ReviewQueue[],
  viewing: Viewing,
): Promise<CaseState> {
  return db.transaction(async (tx) => {
    const found = await lockCase(tx, caseId);
    if (found === undefined || !queues.includes(found.queue)) throw noCase();
    if (found.state !== 'waiting' && found.state !== 'disputed') throw closedCase();
    const known = await opinionsOn(tx, caseId);
    if (known.some(({ reviewer }) => reviewer === opinion.reviewer)) throw secondOpinion();
    const names = found.candidates.map(({ personId }) => personId);
    if (opinion.verdict === 'same' && !names.includes(opinion.personId ?? '')) throw noPerson();
    await addOpinion(tx, caseId, opinion);
    const outcome = outcomeOf([...known, opinion], found.twice);
    const decided = 'by' in outcome ? outcome.by : undefined;
    const act = {
      kind: decided === undefined ? 'decision' : 'link',
      type: 'Patient',
      rule: decided === undefined ? `opinion-${opinion.verdict}` : `decided-${decided.verdict}`,
      reason: opinion.reason,
      patientIds: [found.patientId, ...sameAs(found, decided)],
    } as const;
    await onRecordOfPersons(tx, viewing, act, async () => {
      await setState(tx, caseId, outcome.state, decided === undefined ? null : opinion.given);
      if (decided === undefined) return;
      await carryOut(tx, found, decided, opinion.given);
      await tx.copyIn(decidedEvent(found, outcome.state, opinion.given));
    });
    return outcome.state;
  });
}

/** The patient that a decision joins this one to. Of whom it is parted from nothing is told: they may be one person with a past. */
const sameAs = (found: ReviewCase, decided: Opinion | undefined): string[] =>
  decided?.verdict !== 'same'
    ? []
    : found.candidates.flatMap(({ personId, patientId }) =>
        personId === decided.personId ? [patientId] : [],
      );

async function carryOut(tx: Tx, found: ReviewCase, by: Opinion, at: Date): Promise<void> {
  const decided = { by: by.reviewer, reason: by.reason, at };
  const { patientId } = found;
  if (by.verdict === 'same') {
    const chosen = found.candidates.find(({ personId }) => personId === by.personId)!;
    await decideSame(tx, { patientId, otherId: chosen.patientId }, decided);
  }
  if (by.verdict === 'different') {
    const persons = await patientsOfPersons(
      tx,
      found.candidates.map(({ personId }) => personId),
    );
    const otherIds = [...persons.values()].flat();
    const kind = found.queue === 'sealed' ? 'sealed' : 'different';
    if (otherIds.length > 0) await decideDifferent(tx, { patientId, otherIds, kind }, decided);
  }
}

const decidedEvent = (found: ReviewCase, state: CaseState, at: Date) =>
  outboxRows([
    {
      streamId: found.caseId,
      seq: 1,
      name: 'people.review-decided',
      payload: JSON.stringify({ patientId: found.patientId, queue: found.queue, state }),
      at,
    },
  ]);

export const noCase = (): Problem => new Problem('identity/no-case', 404, 'There is no such case.');

const closedCase = (): Problem =>
  new Problem('identity/case-closed', 409, 'This case was decided, or the record changed since.', {
    wayOut: 'Go to the next case.',
  });

const secondOpinion = (): Problem =>
  new Problem('identity/second-opinion', 409, 'You gave your opinion on this case already.', {
    wayOut: 'Another reviewer must look at it now. Go to the next case.',
  });

const noPerson = (): Problem =>
  new Problem('identity/no-person', 400, 'Say which of the people it is.', { place: 'personId' });
