import { errorCodes, Hl7Fault } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { allergiesOf } from './allergy.ts';
import { missing, patientKey, patientKeyIn, required, type Context } from './context.ts';
import { diagnosesOf } from './diagnosis.ts';
import { encounterOf, stayId } from './encounter.ts';
import { adtEvents } from './events.ts';
import { patientElements, patientOf } from './patient.ts';

/** ADT: the person, their stay, diagnoses and allergies, and who is who. */
export function adtClaims(context: Context): Claim[] {
  const event = adtEvents[context.message.event];
  if (event === undefined) {
    throw new Hl7Fault({
      ack: 'AR',
      code: errorCodes.eventCode,
      place: { segment: 'MSH', field: 9, component: 2 },
      reason: 'This event of ADT is not taken.',
    });
  }
  const { key, claim: patient } = patientOf(context);
  if (event.merges === true) return merged(context, patient, key.id);
  if (event.separates === true) return separated(context, patient);
  const stay = encounterOf(context, key.id, event);
  const claims = [patient];
  if (stay !== undefined) claims.push(stay);
  if (event.movesStay === true) claims.push(...movedStays(context, key.id));
  return [...claims, ...diagnosesOf(context, key.id, stay?.id), ...allergiesOf(context, key.id)];
}

/** A34, A40, A47: the patients numbered in MRG-1 are the one of PID, who stands by itself from now on. */
function merged(context: Context, patient: Claim, survivor: string): Claim[] {
  const segments = context.message.all('MRG');
  if (segments.length === 0) required(context, 'MRG');
  const losing = new Map<string, Claim>();
  for (const segment of segments) {
    for (const value of segment.repeats(1)) {
      const key = patientKeyIn(context, [value]);
      if (key === undefined || key.id === survivor) continue;
      losing.set(key.id, {
        type: 'Patient',
        id: key.id,
        at: context.at,
        weight: 0,
        whole: false,
        elements: {
          meta: { source: context.sender.source },
          identifier: [{ system: key.system, value: key.number }],
        },
        standing: { kind: 'merged', into: survivor },
        place: segment.at(1),
      });
    }
  }
  if (losing.size === 0) throw missing(segments[0]!, 1, 'The number of the patient that is merged');
  return [{ ...patient, standing: { kind: 'separate' } }, ...losing.values()];
}

/** A37: the patients of both PIDs stand by themselves. */
function separated(context: Context, patient: Claim): Claim[] {
  const claims: Claim[] = [{ ...patient, standing: { kind: 'separate' } }];
  for (const segment of context.message.all('PID').slice(1)) {
    const key = patientKey(context, segment, 3);
    claims.push({
      type: 'Patient',
      id: key.id,
      at: context.at,
      weight: context.weight,
      whole: false,
      elements: patientElements(context, segment, key),
      standing: { kind: 'separate' },
      place: segment.at(3),
    });
  }
  return claims;
}

/** A45: the stays numbered in MRG-5 belong to the patient of PID. */
function movedStays(context: Context, patientId: string): Claim[] {
  const number = required(context, 'MRG').value(5) || context.message.first('PV1')?.value(19) || '';
  if (number === '') throw missing(required(context, 'MRG'), 5, 'The number of the stay that is moved');
  return [
    {
      type: 'Encounter',
      id: stayId(context, number),
      at: context.at,
      weight: 1,
      whole: false,
      elements: { meta: { source: context.sender.source }, subject: { reference: `Patient/${patientId}` } },
      place: required(context, 'MRG').at(5),
    },
  ];
}
