import { byPatient, errorCodes, Hl7Fault, type Repeat, type Segment } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { allergiesOf } from './allergy.ts';
import {
  eventNotTaken,
  isNhsIdentifier,
  missing,
  numberSystem,
  patientKeyIn,
  required,
  type Context,
} from './context.ts';
import { diagnosesOf } from './diagnosis.ts';
import { encounterOf, stayId } from './encounter.ts';
import { adtEvents } from './events.ts';
import { patientOf } from './patient.ts';

/** ADT: the person, their stay, diagnoses and allergies, and who is who. */
export function adtClaims(context: Context): Claim[] {
  const event = adtEvents.get(context.message.event);
  if (event === undefined)
    throw eventNotTaken('ADT', ' Ask the sender to leave it out, or to say the same with another event.');
  const [first, ...others] = byPatient(context.message).map((message) => ({ ...context, message }));
  const { key, claim: patient } = patientOf(first!);
  if (event.person !== undefined) patient.elements['active'] = event.person === 'gone' ? false : null;
  if (event.ofAccount === true) noteAccount(context, key.id, event.merges === true);
  if (event.links === true) return linked(context, patient, others);
  if (event.merges === true) return merged(context, patient, key.id);
  if (event.separates === true) return separated(patient, others);
  const stay = encounterOf(context, key.id, event);
  const claims = [patient];
  if (stay !== undefined) claims.push(stay);
  if (event.staysAsOne !== undefined) claims.push(...staysAsOne(context, event.staysAsOne, stay));
  if (event.movesStay === true) claims.push(...movedStays(context, key.id));
  return [...claims, ...diagnosesOf(context, key.id, stay?.id), ...allergiesOf(context, key.id)];
}

/**
 * A18, A30, A34, A36, A40, A46, A47: the patients numbered in MRG-1 (before v2.3: MRG-4) are the one of PID, who stands by itself from
 * now on.
 */
function merged(context: Context, patient: Claim, survivor: string): Claim[] {
  const segments = context.message.all('MRG');
  if (segments.length === 0) required(context, 'MRG');
  const losing = new Map<string, Claim>();
  for (const segment of segments) {
    for (const value of priorNumbers(segment)) {
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

/** The numbers by which MRG names who is merged: its own ones, or the NHS number where there is no other. */
function priorNumbers(segment: Segment): Repeat[] {
  const all = segment.repeats(1).length > 0 ? segment.repeats(1) : segment.repeats(4);
  const own = all.filter((value) => !isNhsIdentifier(value));
  return own.length > 0 ? own : all;
}

/** A24: the patient of the second PID is the one of the first; both stay in use. Source: HL7 v2.4, 3.3.24. */
function linked(context: Context, patient: Claim, [second]: Context[]): Claim[] {
  if (second === undefined) throw missing(required(context, 'PID'), 3, 'The second patient (PID)');
  const { claim: other } = patientOf(second);
  if (other.id === patient.id) throw missing(required(second, 'PID'), 3, 'The number of another patient');
  return [patient, { ...other, standing: { kind: 'linked', into: patient.id } }];
}

/** A35, A41, A49: accounts are merged or numbered anew. They are no part of the record; those of two patients are not one. */
function noteAccount(context: Context, patientId: string, isOfPatients: boolean): void {
  const segment = required(context, 'MRG');
  const prior = patientKeyIn(context, segment.repeats(1));
  if (!isOfPatients && prior !== undefined && prior.id !== patientId) {
    throw new Hl7Fault({
      ack: 'AE',
      code: errorCodes.unknownKey,
      place: segment.at(1),
      reason:
        'The account was of another patient. If the two patients are one, the sender says so with A40; if a stay was filed wrongly, with A45.',
    });
  }
  context.remarks.push({
    place: segment.at(3),
    text: 'Numbers of accounts are not in the record. What else the message says is.',
  });
}

/**
 * A50 and A51: the stay of MRG-5 (MRG-6) has the number of PV1 from now on, with all that was told of it. A42: two stays are one.
 * The stay under the old number is marked as entered in error and part of the other, so that it does not count twice.
 */
function staysAsOne(context: Context, how: 'renumbered' | 'merged', stay: Claim | undefined): Claim[] {
  const segment = required(context, 'MRG');
  const visit = required(context, 'PV1');
  const field = context.message.event === 'A51' ? 6 : 5;
  // A stay goes by its alternate number only where it has no other.
  if (field === 6 && visit.value(19) !== '') return [];
  const number = segment.value(field);
  if (number === '') throw missing(segment, field, 'The earlier number of the stay');
  if (stay === undefined) throw missing(visit, 19, 'The number of the stay');
  const id = stayId(context, number);
  if (id === stay.id) throw missing(segment, field, 'A number of the stay that is another one');
  if (how === 'renumbered') stay.inherits = id;
  return [
    {
      ...stay,
      id,
      elements: {
        meta: { source: context.sender.source },
        identifier: [{ use: 'old', system: numberSystem(context, 'stays'), value: number }],
        subject: stay.elements['subject']!,
        status: 'entered-in-error',
        partOf: { reference: `Encounter/${stay.id}` },
      },
      place: segment.at(field),
    },
  ].map(({ inherits: _inherits, move: _move, ...claim }) => claim);
}

/** A37: the patients of both PIDs stand by themselves. */
const separated = (patient: Claim, others: Context[]): Claim[] =>
  [patient, ...others.map((each) => patientOf(each).claim)].map((claim) => ({
    ...claim,
    standing: { kind: 'separate' },
  }));

/** A45: the stays numbered in MRG-5, else in the PV1 below it, belong to the patient of PID. */
function movedStays(context: Context, patientId: string): Claim[] {
  required(context, 'MRG');
  const { segments } = context.message;
  return segments.flatMap((segment, index): Claim[] => {
    if (segment.name !== 'MRG') return [];
    const visit = segments[index + 1];
    const number = segment.value(5) || (visit?.name === 'PV1' ? visit.value(19) : '');
    if (number === '') throw missing(segment, 5, 'The number of the stay that is moved');
    return [
      {
        type: 'Encounter',
        id: stayId(context, number),
        at: context.at,
        weight: 1,
        whole: false,
        elements: { meta: { source: context.sender.source }, subject: { reference: `Patient/${patientId}` } },
        place: segment.at(5),
      },
    ];
  });
}
