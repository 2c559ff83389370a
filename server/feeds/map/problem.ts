import type { Segment } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { codeable, codeKey, codeSystem, conceptOf } from './codes.ts';
import { eventNotTaken, idOf, missing, required, wholeClaim, type Context } from './context.ts';
import { elementsOf } from './datatypes.ts';
import { encounterOf } from './encounter.ts';
import { patientOf } from './patient.ts';

const events = new Set(['PC1', 'PC2', 'PC3']);

/** PPR: each problem (PRB) as a Condition of the problem list. Source: HL7 v2.4, chapter 12. */
export function problemClaims(context: Context): Claim[] {
  if (!events.has(context.message.event)) throw eventNotTaken('PPR', ' Those that are: PC1, PC2, PC3.');
  const { key, claim: patient } = patientOf(context);
  const stay = encounterOf(context, key.id, {});
  required(context, 'PRB');
  const problems = context.message.all('PRB').map((segment) => problemOf(context, segment, key.id));
  return stay === undefined ? [patient, ...problems] : [patient, stay, ...problems];
}

function problemOf(context: Context, segment: Segment, patientId: string): Claim {
  const { sender, dates, message } = context;
  const code = codeable(segment.first(3), sender);
  if (code === undefined) throw missing(segment, 3, 'The problem');
  const over = dates.moment(segment, 9);
  const isTakenBack = message.event === 'PC3' || segment.value(1).toUpperCase() === 'DE';
  const number = segment.value(4);
  const elements = elementsOf({
    meta: { source: sender.source },
    // FHIR: a problem that was entered in error has no clinical status.
    clinicalStatus: isTakenBack
      ? undefined
      : conceptOf(codeSystem.conditionClinical, over === undefined ? 'active' : 'resolved'),
    verificationStatus: conceptOf(
      codeSystem.conditionVerification,
      isTakenBack ? 'entered-in-error' : 'unconfirmed',
    ),
    category: [conceptOf(codeSystem.conditionCategory, 'problem-list-item', 'Problem List Item')],
    code,
    subject: { reference: `Patient/${patientId}` },
    onsetDateTime: dates.moment(segment, 16),
    abatementDateTime: isTakenBack ? undefined : over,
    recordedDate: dates.moment(segment, 7),
  });
  const id = idOf(context, 'problem', patientId, number, codeKey(code));
  return wholeClaim(context, 'Condition', id, elements, segment.at(3));
}
