import { byPatient, errorCodes, Hl7Fault } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { patientKey, type Context } from './context.ts';
import { adtEvents } from './events.ts';

/**
 * The claims of a message, whoever it speaks of. Results and merges may speak of several patients, each with what stands below its
 * PID (HL7 v2.4, 3.3.40 and 7.3.1). Any other message that names a second patient is refused: what belongs to whom cannot be told.
 */
export function claimsByPatient(context: Context, make: (context: Context) => Claim[]): Claim[] {
  const { message } = context;
  const parts = byPatient(message);
  if (parts.length === 1) return make(context);
  const event = message.type === 'ADT' ? adtEvents.get(message.event) : undefined;
  if (message.type === 'ORU' || event?.merges === true)
    return parts.flatMap((part) => make({ ...context, message: part }));
  if (event?.links !== true && event?.separates !== true) refuseOthers(context);
  return make(context);
}

function refuseOthers(context: Context): void {
  const [first, ...others] = context.message.all('PID');
  const { id } = patientKey(context, first!, 3);
  const stranger = others.find((segment) => patientKey(context, segment, 3).id !== id);
  if (stranger === undefined) return;
  throw new Hl7Fault({
    ack: 'AE',
    code: errorCodes.segmentSequence,
    place: stranger.at(3),
    reason:
      'The message speaks of a second patient, and what belongs to whom cannot be told. Ask the sender for one message for each patient.',
  });
}
