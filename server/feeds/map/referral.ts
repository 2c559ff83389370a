import type { Json } from '../../record/types.ts';
import type { Claim } from '../types.ts';
import { allergiesOf } from './allergy.ts';
import { codeable } from './codes.ts';
import { eventNotTaken, idOf, missing, required, wholeClaim, type Context } from './context.ts';
import { clinician, elementsOf, organisation } from './datatypes.ts';
import { diagnosesOf } from './diagnosis.ts';
import { encounterOf } from './encounter.ts';
import { noteOf } from './order.ts';
import { patientOf } from './patient.ts';
import { under } from './source.ts';

/** What a REF event makes of a referral. Source: HL7 v2.4, chapter 11. */
const events: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ I12: 'active', I13: 'active', I14: 'revoked', I15: 'active' }),
);
/** Referral status in RF1-1. Source: HL7 table 0283. */
const statuses: Record<string, string> = {
  A: 'active',
  P: 'active',
  R: 'revoked',
  E: 'completed',
  C: 'completed',
};
/** Priority in RF1-2. Source: HL7 table 0280. */
const priorities: Record<string, string> = { S: 'stat', A: 'asap', U: 'urgent', R: 'routine' };

/** REF: a referral as a ServiceRequest, with the diagnoses and allergies sent with it. */
export function referralClaims(context: Context): Claim[] {
  const { message, sender, dates } = context;
  const said = events.get(message.event);
  if (said === undefined) throw eventNotTaken('REF');
  const referral = required(context, 'RF1');
  const number = referral.value(6) || referral.value(11);
  if (number === '') throw missing(referral, 6, 'The number of the referral');
  const { key, claim: patient } = patientOf(context);
  const stay = encounterOf(context, key.id, {});
  const kind = codeable(referral.first(3), sender);
  const category = codeable(referral.first(5), sender);
  const elements = elementsOf({
    meta: { source: sender.source },
    identifier: [{ system: under(sender.source, 'referrals'), value: number }],
    status: said === 'revoked' ? said : (statuses[referral.value(1).toUpperCase()] ?? said),
    intent: 'order',
    category: category === undefined ? [] : [category],
    priority: priorities[referral.value(2).toUpperCase()],
    code: kind,
    subject: { reference: `Patient/${key.id}` },
    encounter: stay === undefined ? undefined : { reference: `Encounter/${stay.id}` },
    authoredOn: dates.moment(referral, 7),
    requester: provider(context, 'RP') ?? organisation(sender.facility),
    performer: [provider(context, 'RT')].filter((found) => found !== undefined),
    reasonCode: referral
      .repeats(10)
      .map((value) => codeable(value, sender))
      .filter((found) => found !== undefined),
    note: message.all('NTE').flatMap((note) => noteOf(note)),
  });
  const id = idOf(context, 'referral', number);
  const request = wholeClaim(context, 'ServiceRequest', id, elements, referral.at(6));
  return [
    ...(stay === undefined ? [patient, request] : [patient, stay, request]),
    ...diagnosesOf(context, key.id, stay?.id),
    ...allergiesOf(context, key.id),
  ];
}

/** PRD: who refers (RP) or is referred to (RT), by number and name or by the place they work at. Source: HL7 table 0286. */
function provider(context: Context, role: string): Json | undefined {
  const segment = context.message
    .all('PRD')
    .find((each) => each.repeats(1).some((value) => value.value(1) === role));
  if (segment === undefined) return undefined;
  const name = segment.first(2);
  const display =
    name === undefined
      ? ''
      : [name.value(5), name.value(2), name.value(1)].filter((part) => part !== '').join(' ');
  const number = segment.value(7);
  if (display === '' && number === '') {
    const place = segment.value(4);
    return place === '' ? undefined : organisation(place);
  }
  const identified = clinician(segment.first(7), context.sender);
  return { ...identified, type: 'Practitioner', ...(display === '' ? {} : { display }) };
}
