import type { Condition } from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, mainCoding, statusCode } from '../reading/codes.ts';
import { dayOf, startOf } from '../reading/dates.ts';
import { quantityText, rangeText } from '../reading/quantities.ts';
import { practitionerName } from '../reading/sources.ts';
import type { Standing } from '../types.ts';
import { notes, together, type Reader } from './statement.ts';

const ongoing = new Set(['active', 'recurrence', 'relapse']);
const over = new Set(['inactive', 'remission', 'resolved']);
const takenBack = new Set(['entered-in-error', 'refuted']);

/** Reads a Condition: one problem, known by its code, its place on the body and the day it began. */
export const readProblem: Reader = (filed, lookup) => {
  const condition = filed.resource as unknown as Condition;
  const code = conceptKey(condition.code);
  const began = condition.onsetDateTime ?? startOf(condition.onsetPeriod);
  return {
    kind: 'problem',
    group: code,
    key: [code, dayOf(began), together(condition.bodySite?.map((site) => conceptKey(site)))].join(' '),
    title: conceptTitle(condition.code) ?? 'Problem without a name',
    code: mainCoding(condition.code),
    when: began ?? condition.recordedDate,
    standing: standingOf(condition),
    signedBy: practitionerName(condition.asserter ?? condition.recorder, filed.resource, lookup),
    recorded: condition.recordedDate,
    facts: {
      status: statusCode(condition.clinicalStatus),
      certainty: statusCode(condition.verificationStatus),
      severity: conceptTitle(condition.severity),
      bodySite: together(condition.bodySite?.map(conceptTitle)),
      beganOn: dayOf(began),
      beganAtAge: quantityText(condition.onsetAge) ?? rangeText(condition.onsetRange),
      beganNote: condition.onsetString,
      endedOn: dayOf(condition.abatementDateTime ?? startOf(condition.abatementPeriod)),
      endedNote: condition.abatementString,
      stage: together(condition.stage?.map((stage) => conceptTitle(stage.summary))),
      note: notes(condition.note),
    },
  };
};

function standingOf(condition: Condition): Standing {
  if (takenBack.has(statusCode(condition.verificationStatus) ?? '')) return 'set-aside';
  const status = statusCode(condition.clinicalStatus) ?? '';
  if (ongoing.has(status)) return 'current';
  if (over.has(status) || ended(condition)) return 'past';
  return 'unclear';
}

function ended(condition: Condition): boolean {
  return (
    condition.abatementDateTime !== undefined ||
    condition.abatementPeriod !== undefined ||
    condition.abatementString !== undefined
  );
}
