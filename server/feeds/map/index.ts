import { errorCodes, Hl7Fault, type Hl7Message } from '../hl7/index.ts';
import type { Reading, Sender, Claim } from '../types.ts';
import { adtClaims } from './adt.ts';
import { appointmentClaims } from './appointment.ts';
import { openContext, type Context } from './context.ts';
import { immunizationClaims } from './immunization.ts';
import { prescriptionClaims } from './medication.ts';
import { problemClaims } from './problem.ts';
import { claimsByPatient } from './several-patients.ts';
import { orderClaims } from './service-request.ts';
import { documentClaims } from './document.ts';
import { referralClaims } from './referral.ts';
import { resultClaims } from './results.ts';
import { sourceUri } from './source.ts';

export { organisation, organisationOf } from './datatypes.ts';
export { sourceUri, under } from './source.ts';

const kinds: ReadonlyMap<string, (context: Context) => Claim[]> = new Map(
  Object.entries({
    ADT: adtClaims,
    ORU: resultClaims,
    SIU: appointmentClaims,
    MDM: documentClaims,
    REF: referralClaims,
    ORM: orderClaims,
    OMG: orderClaims,
    OML: orderClaims,
    OMI: orderClaims,
    OMP: orderClaims,
    RDE: prescriptionClaims,
    VXU: immunizationClaims,
    PPR: problemClaims,
  }),
);

/** Who sent a message, by MSH-3 and MSH-4. Refuses when neither is told. */
export function senderOf(message: Hl7Message): Sender & { application: string } {
  const application = message.header.value(3);
  const facility = message.header.value(4) || application;
  if (facility === '') {
    throw new Hl7Fault({
      ack: 'AR',
      code: errorCodes.requiredField,
      place: message.header.at(4),
      reason: 'The message does not tell who sent it.',
    });
  }
  return { application, facility, source: sourceUri(facility) };
}

/**
 * What a message says, as claims about FHIR resources. Pure: `received` (milliseconds since 1970) only stands in for a time that
 * the message lacks. Throws Hl7Fault for what cannot be taken.
 */
export function readMessage(message: Hl7Message, sender: Sender, received: number): Reading {
  const make = kinds.get(message.type);
  if (make === undefined) {
    throw new Hl7Fault({
      ack: 'AR',
      code: errorCodes.messageType,
      place: { segment: 'MSH', field: 9, component: 1 },
      reason: `Messages of this type are not taken. Those that are: ${[...kinds.keys()].join(', ')}. Ask the sender to leave the others out.`,
    });
  }
  const context = openContext(message, sender, received);
  return { claims: claimsByPatient(context, make), remarks: context.remarks };
}
