import { isNhsNumber } from '../../people/index.ts';
import {
  errorCodes,
  Hl7Fault,
  readMoment,
  type Hl7Message,
  type Remark,
  type Repeat,
  type Segment,
} from '../hl7/index.ts';
import { idFrom } from '../ids.ts';
import type { Elements, Sender, Claim } from '../types.ts';
import { Dates } from './datatypes.ts';
import { under } from './source.ts';

/** A clock of a sender may be this far ahead; what lies further is a fault, and would outlive every later message. */
const clockAheadMs = 3_600_000;

/** The names of the NHS number in CX.4 and CX.5. Source: HL7 table 0203; ITK HL7 v2 Message Specifications. */
const nhsNames = new Set(['NHS', 'NH', 'HN', 'NHSNMBR', 'NHSNUMBER', '2.16.840.1.113883.2.1.4.1']);
const localTypes = new Set(['MR', 'PI', 'MRN', 'MEDREC', 'PAS', 'HOSP', 'LOCAL', 'PT']);

/** A message on its way to claims, with all that its parts need of each other. */
export type Context = {
  message: Hl7Message;
  sender: Sender;
  /** The moment the message speaks of: when the event was recorded, else when it was sent. */
  at: number;
  /** When it happened in the world, as a FHIR dateTime. */
  occurred: string | undefined;
  dates: Dates;
  remarks: Remark[];
  /** Whether the message is about the patient (ADT) or only mentions them. */
  weight: 0 | 1;
};

/** Looks up when a message speaks and collects what is said about its quality. `received` is milliseconds since 1970. */
export function openContext(message: Hl7Message, sender: Sender, received: number): Context {
  const remarks = [...message.remarks];
  const dates = new Dates(remarks);
  const event = message.first('EVN');
  const candidates = [dates.ms(event, 2), dates.ms(message.header, 7)].filter((ms) => ms !== undefined);
  const at = candidates.find((ms) => ms <= received + clockAheadMs) ?? received;
  if (at !== candidates[0]) {
    const place = event === undefined ? message.header.at(7) : event.at(2);
    remarks.push({
      place,
      text: 'No time that can be used: it is missing or lies ahead. The next best was taken.',
    });
  }
  const occurred =
    readMoment(event?.value(6) ?? '') ??
    readMoment(event?.value(2) ?? '') ??
    readMoment(message.header.value(7));
  return {
    message,
    sender,
    at,
    occurred: occurred !== undefined && occurred.fhir.includes('T') ? occurred.fhir : undefined,
    dates,
    remarks,
    weight: message.type === 'ADT' ? 1 : 0,
  };
}

/** The id of something this sender numbers. */
export const idOf = ({ sender }: Context, kind: string, ...names: string[]): string =>
  idFrom('feed', sender.facility, kind, ...names);

/** The identifier system of numbers a sender gives out. */
export const numberSystem = ({ sender }: Context, kind: string, authority = ''): string =>
  under(
    sender.source,
    authority === '' || authority === sender.facility ? kind : `${kind}:${encodeURIComponent(authority)}`,
  );

/** A patient as one segment numbers it. */
export type PatientKey = { id: string; system: string; number: string };

/**
 * The local number by which a sender knows a patient: one typed as such, else the first that is no NHS number. Without one the
 * NHS number stands in, as this sender's. Refuses when there is none.
 */
export function patientKey(context: Context, segment: Segment, field: number): PatientKey {
  const key =
    patientKeyIn(context, segment.repeats(field)) ??
    patientKeyIn(context, segment.name === 'PID' ? [...segment.repeats(2), ...segment.repeats(18)] : []);
  if (key !== undefined) return key;
  throw new Hl7Fault({
    ack: 'AE',
    code: errorCodes.requiredField,
    place: segment.at(field),
    reason: 'The patient has no number.',
  });
}

export function patientKeyIn(context: Context, values: readonly Repeat[]): PatientKey | undefined {
  const named = values.filter((value) => value.value(1) !== '');
  const own = named.filter((value) => !isNhsIdentifier(value));
  const chosen = own.find((value) => localTypes.has(value.value(5).toUpperCase())) ?? own[0];
  if (chosen !== undefined) {
    const authority = chosen.value(4) || chosen.value(4, 2);
    const number = chosen.value(1);
    return {
      id: idOf(context, 'patient', authority, number),
      system: numberSystem(context, 'patients', authority),
      number,
    };
  }
  const nhs = named.map((value) => value.value(1).replaceAll(/[ -]/g, '')).find(isNhsNumber);
  if (nhs === undefined) return undefined;
  return {
    id: idOf(context, 'patient', 'NHS', nhs),
    system: numberSystem(context, 'patients', 'NHS'),
    number: nhs,
  };
}

/** True for the NHS number by its type or the authority that gave it. */
export function isNhsIdentifier(value: Repeat): boolean {
  return [value.value(5), value.value(4), value.value(4, 2)].some((name) =>
    nhsNames.has(name.toUpperCase().replaceAll(' ', '')),
  );
}

/** A required segment; refuses the message without it. */
export function required(context: Context, name: string): Segment {
  const segment = context.message.first(name);
  if (segment === undefined) throw missingSegment(name);
  return segment;
}

/** Refuses because a segment is not there that is needed. */
export function missingSegment(
  name: string,
  reason = 'A segment that this message needs is not there.',
): Hl7Fault {
  return new Hl7Fault({ ack: 'AE', code: errorCodes.segmentSequence, place: { segment: name }, reason });
}

/** Refuses an event of a kind of message that nothing is made of; `wayOut` follows in words. */
export function eventNotTaken(type: string, wayOut = ''): Hl7Fault {
  return new Hl7Fault({
    ack: 'AR',
    code: errorCodes.eventCode,
    place: { segment: 'MSH', field: 9, component: 2 },
    reason: `This event of ${type} is not taken.${wayOut}`,
  });
}

/** Refuses because a field is empty that is needed. */
export function missing(segment: Segment, field: number, what: string): Hl7Fault {
  return new Hl7Fault({
    ack: 'AE',
    code: errorCodes.requiredField,
    place: segment.at(field),
    reason: `${what} is missing.`,
  });
}

/** A claim about a whole resource: newer replaces older. */
export function wholeClaim(
  context: Context,
  type: string,
  id: string,
  elements: Elements,
  place: Claim['place'],
): Claim {
  return { type, id, at: context.at, weight: 1, whole: true, elements, place };
}
