import type { Appointment } from '@medplum/fhirtypes';
import type { PlainAppointment } from './types.ts';

const stateWords: Record<string, string> = {
  proposed: 'Not agreed yet',
  pending: 'Not agreed yet',
  booked: 'Booked',
  arrived: 'You are there',
  'checked-in': 'You are there',
  fulfilled: 'You went',
  cancelled: 'Called off',
  noshow: 'You did not come',
  waitlist: 'You are on the waiting list',
};

/** Times and state of an appointment, as of a moment. */
export function timesOf(
  { start, end, minutesDuration, status }: Appointment,
  at: Date,
): Pick<PlainAppointment, 'at' | 'minutes' | 'state' | 'isComing'> {
  const begins = start === undefined ? undefined : new Date(start);
  const lasts =
    begins !== undefined && end !== undefined ? new Date(end).getTime() - begins.getTime() : Number.NaN;
  const open = !['cancelled', 'noshow', 'fulfilled', 'entered-in-error'].includes(status);
  const isComing = open && (begins === undefined ? status !== 'arrived' : begins >= at);
  return {
    at: start ?? null,
    minutes: minutesDuration ?? (Number.isNaN(lasts) ? null : Math.round(lasts / 60_000)),
    state: !isComing && status === 'booked' ? 'In the past' : (stateWords[status] ?? status),
    isComing,
  };
}
