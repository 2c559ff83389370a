import type { Appointment, Encounter, ServiceRequest } from '@medplum/fhirtypes';
import { dayOf } from '../../organisations/index.ts';
import type { Resource } from '../../record/types.ts';
import type { PlainReferral } from './types.ts';

/**
 * How long people should wait at most for treatment led by a consultant, and from which day that holds. Source: Handbook to the NHS
 * Constitution for England (from memory: unconfirmed). Faster standards, such as those for cancer, need codes that referrals here do not
 * carry yet.
 */
const promise = {
  rule: 'Treatment by a hospital doctor should start within 18 weeks.',
  weeks: 18,
  from: '2008-12-31',
  source: 'Handbook to the NHS Constitution (from memory)',
};

const weekMs = 7 * 86_400_000;

/** The facts of a referral besides its words. `booked` and `visits` are those made because of it. */
export type Course = Pick<PlainReferral, 'stages' | 'stopped' | 'clock'>;

/** Where a referral stands at a moment, from what was recorded of it. */
export function courseOf(
  referral: ServiceRequest,
  booked: readonly Appointment[],
  visits: readonly Encounter[],
  at: Date,
): Course {
  const held = booked.filter(({ status }) => !['cancelled', 'noshow', 'entered-in-error'].includes(status));
  const seen = [
    ...visits
      .filter(({ status }) => ['finished', 'in-progress', 'arrived'].includes(status))
      .map((visit) => visit.period?.start),
    ...held.filter(({ status }) => status === 'fulfilled').map(({ start }) => start),
  ].filter((start) => start !== undefined);
  const firstSeen = seen.toSorted()[0] ?? null;
  const isSeen = seen.length > 0;
  const isFinished = referral.status === 'completed';
  const isBooked = held.length > 0 || isSeen;
  const firstBooked =
    held
      .map(({ start }) => start ?? '')
      .filter((start) => start !== '')
      .toSorted()[0] ?? null;
  const stopped = stoppedBy(referral.status);
  return {
    stages: [
      { name: 'sent', reached: true, on: referral.authoredOn ?? null },
      { name: 'accepted', reached: isBooked || isFinished || isAccepted(referral), on: null },
      { name: 'booked', reached: isBooked || isFinished, on: firstBooked },
      { name: 'seen', reached: isSeen || isFinished, on: firstSeen },
      { name: 'finished', reached: isFinished, on: null },
    ],
    stopped,
    clock: stopped !== null || isFinished || isSeen ? null : clockOf(referral, at),
  };
}

/** An order that someone performs was taken on by them. */
const isAccepted = (referral: ServiceRequest): boolean =>
  referral.performer !== undefined && referral.performer.length > 0 && referral.status === 'active';

function stoppedBy(status: string): PlainReferral['stopped'] {
  if (status === 'revoked') return 'cancelled';
  if (status === 'on-hold') return 'on-hold';
  return status === 'entered-in-error' ? 'mistake' : null;
}

/** Whole weeks since it was sent, beside the promise that held on that day. Nothing where it is not known when it was sent. */
function clockOf({ authoredOn }: ServiceRequest, at: Date): PlainReferral['clock'] {
  const sent = new Date(authoredOn ?? Number.NaN);
  if (Number.isNaN(sent.getTime()) || sent > at || dayOf(sent) < promise.from) return null;
  const waited = (at.getTime() - sent.getTime()) / weekMs;
  return {
    weeks: Math.floor(waited),
    target: promise.weeks,
    rule: promise.rule,
    source: promise.source,
    isLate: waited > promise.weeks,
  };
}

/** True when a request is for a service that sees the person, not for a test. */
export function isReferral(resource: Resource): boolean {
  if (resource.resourceType !== 'ServiceRequest') return false;
  const request = resource as unknown as ServiceRequest;
  const sorts = request.category?.flatMap(({ coding = [], text = '' }) => [
    text,
    ...coding.flatMap(({ code = '', display = '' }) => [code, display]),
  ]);
  return !(sorts ?? []).some((sort) =>
    /^(lab|laboratory|imaging|radiology|rad|108252007|363679005)\b/i.test(sort),
  );
}
