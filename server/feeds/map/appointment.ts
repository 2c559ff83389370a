import type { Json } from '../../record/types.ts';
import type { Segment } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { codeable } from './codes.ts';
import { eventNotTaken, idOf, missing, required, wholeClaim, type Context } from './context.ts';
import { clinician, elementsOf, location, organisation } from './datatypes.ts';
import { patientOf } from './patient.ts';
import { under } from './source.ts';

/** What an SIU event makes of an appointment. Source: HL7 v2.4, chapter 10. */
const events: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    S12: 'booked',
    S13: 'booked',
    S14: 'booked',
    S15: 'cancelled',
    S16: 'cancelled',
    S17: 'entered-in-error',
    S18: 'booked',
    S19: 'booked',
    S20: 'booked',
    S21: 'booked',
    S22: 'booked',
    S23: 'booked',
    S24: 'booked',
    S26: 'noshow',
  }),
);

/** Filler status in SCH-25, where it says more than the event. Source: HL7 table 0278. */
const fillerStatuses: Record<string, string> = {
  PENDING: 'pending',
  WAITLIST: 'waitlist',
  COMPLETE: 'fulfilled',
  CANCELLED: 'cancelled',
  DC: 'cancelled',
  DELETED: 'entered-in-error',
  NOSHOW: 'noshow',
  STARTED: 'arrived',
  OVERBOOK: 'booked',
};

const minuteUnits: Record<string, number> = {
  '': 1,
  S: 1 / 60,
  SEC: 1 / 60,
  M: 1,
  MIN: 1,
  MINUTES: 1,
  H: 60,
  HR: 60,
  HOURS: 60,
};
const withoutTime = new Set(['proposed', 'cancelled', 'waitlist']);

/** SIU: an appointment and who takes part in it. */
export function appointmentClaims(context: Context): Claim[] {
  const { message, sender } = context;
  const said = events.get(message.event);
  if (said === undefined) throw eventNotTaken('SIU');
  const schedule = required(context, 'SCH');
  const number = schedule.value(2) || schedule.value(1);
  if (number === '') throw missing(schedule, 2, 'The number of the appointment');
  const { key, claim: patient } = patientOf(context);
  const status = said === 'booked' ? (fillerStatuses[schedule.value(25).toUpperCase()] ?? said) : said;
  const { start, end, minutes } = times(context, schedule);
  if (start === undefined && !withoutTime.has(status))
    throw missing(schedule, 11, 'The time of the appointment');
  const reason = codeable(schedule.first(7), sender);
  const kind = codeable(schedule.first(8), sender);
  const service = codeable(message.first('AIS')?.first(3), sender);
  const elements = elementsOf({
    meta: { source: sender.source },
    identifier: [{ system: under(sender.source, 'appointments'), value: number }],
    status,
    serviceType: service === undefined ? [] : [service],
    specialty: specialty(message.first('PV1')),
    appointmentType: kind,
    reasonCode: reason === undefined ? [] : [reason],
    start,
    end: start === undefined ? undefined : (end ?? start),
    minutesDuration: minutes,
    comment: message
      .all('NTE')
      .map((note) => note.value(3))
      .filter((text) => text !== '')
      .join('\n'),
    participant: participants(context, schedule, key.id),
  });
  if (start !== undefined && end === undefined)
    context.remarks.push({
      place: schedule.at(11),
      text: 'The message does not tell when the appointment ends.',
    });
  const id = idOf(context, 'appointment', number);
  return [patient, wholeClaim(context, 'Appointment', id, elements, schedule.at(2))];
}

const firstInstant = (...found: (string | undefined)[]): string | undefined =>
  found.find((moment) => moment?.includes('T') === true);

/** Start and end from TQ1-7 and -8, SCH-11 or AIS-4; an end that is not told follows from the length. An instant needs a time of day. */
function times(context: Context, schedule: Segment) {
  const { message, dates } = context;
  const service = message.first('AIS');
  const timing = message.first('TQ1');
  const start = firstInstant(
    dates.moment(timing, 7),
    dates.moment(schedule, 11, 4),
    dates.moment(service, 4),
  );
  const told = firstInstant(dates.moment(timing, 8), dates.moment(schedule, 11, 5));
  const length = minutesIn(schedule, 9, 10) ?? (service === undefined ? undefined : minutesIn(service, 7, 8));
  if (start === undefined) return { start, end: undefined, minutes: undefined };
  const from = Date.parse(start);
  const isAfter = told !== undefined && Date.parse(told) >= from;
  const end = isAfter
    ? told
    : length === undefined
      ? undefined
      : new Date(from + length * 60_000).toISOString();
  const minutes = end === undefined ? undefined : Math.round((Date.parse(end) - from) / 60_000);
  return { start, end, minutes: minutes === undefined || minutes < 1 ? undefined : minutes };
}

function minutesIn(segment: Segment, field: number, unitField: number): number | undefined {
  const text = segment.value(field);
  const factor = minuteUnits[segment.value(unitField).toUpperCase()];
  if (!/^\d{1,5}$/.test(text) || factor === undefined) return undefined;
  return Number(text) * factor;
}

function specialty(visit: Segment | undefined): Json[] {
  const code = visit?.value(10) ?? '';
  return code === '' ? [] : [{ text: visit?.value(10, 2) || code }];
}

function participants(context: Context, schedule: Segment, patientId: string): Json[] {
  const { message, sender } = context;
  const found: Json[] = [{ actor: { reference: `Patient/${patientId}` }, status: 'accepted' }];
  const add = (actor: Json | undefined): void => {
    if (actor !== undefined) found.push({ actor, status: 'accepted' });
  };
  for (const person of message.all('AIP')) add(clinician(person.first(3), sender));
  for (const place of message.all('AIL')) add(location(place.first(3)));
  if (found.length === 1) {
    add(clinician(schedule.first(16), sender) ?? clinician(message.first('PV1')?.first(7), sender));
    add(location(message.first('PV1')?.first(3)));
  }
  if (found.length === 1) add(organisation(sender.facility) as Json);
  return found;
}
