import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Appointment, Encounter, ServiceRequest } from '@medplum/fhirtypes';
import * as fc from 'fast-check';
import { courseOf, isReferral } from './referrals.ts';

const at = new Date('2026-05-12T12:00:00Z');
const referral = (more: Partial<ServiceRequest> = {}): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/ann' },
  authoredOn: '2026-04-01',
  ...more,
});
const appointment = (status: Appointment['status'], start: string): Appointment => ({
  resourceType: 'Appointment',
  status,
  start,
  participant: [],
});
const visit: Encounter = {
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  period: { start: '2026-05-01T09:00:00Z' },
};
const reached = (course: ReturnType<typeof courseOf>): string[] =>
  course.stages.filter((stage) => stage.reached).map(({ name }) => name);

describe('where a referral stands', () => {
  test('a new one was sent, and its clock runs', () => {
    const course = courseOf(referral(), [], [], at);
    assert.deepEqual(reached(course), ['sent']);
    assert.deepEqual([course.clock?.weeks, course.clock?.isLate], [5, false]);
  });

  test('a visit because of it ends the wait', () => {
    const course = courseOf(referral(), [appointment('booked', '2026-05-01T09:00:00Z')], [visit], at);
    assert.deepEqual(reached(course), ['sent', 'accepted', 'booked', 'seen']);
    assert.equal(course.clock, null);
  });

  test('an appointment that was called off sets no date', () => {
    const course = courseOf(referral(), [appointment('cancelled', '2026-05-20T09:00:00Z')], [], at);
    assert.deepEqual(reached(course), ['sent']);
  });

  test('one that was called off says so, and has no clock', () => {
    const course = courseOf(referral({ status: 'revoked' }), [], [], at);
    assert.deepEqual([course.stopped, course.clock], ['cancelled', null]);
  });

  test('after 18 weeks and a day it is late', () => {
    assert.equal(courseOf(referral({ authoredOn: '2026-01-06T12:00:00Z' }), [], [], at).clock?.isLate, false);
    assert.equal(courseOf(referral({ authoredOn: '2026-01-05T12:00:00Z' }), [], [], at).clock?.isLate, true);
  });

  test('a request for a blood test is no referral', () => {
    const lab = { ...referral(), category: [{ coding: [{ code: 'LAB' }] }] };
    assert.equal(isReferral(lab as never), false);
    assert.equal(isReferral(referral() as never), true);
  });

  test('stages are reached in order, whatever is recorded', () => {
    const statuses = ['draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error'] as const;
    const booked = fc.constantFrom<Appointment['status']>(
      'booked',
      'fulfilled',
      'cancelled',
      'noshow',
      'proposed',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...statuses),
        fc.array(booked, { maxLength: 3 }),
        fc.boolean(),
        (status, all, seen) => {
          const appointments = all.map((each) => appointment(each, '2026-05-01T09:00:00Z'));
          const { stages } = courseOf(referral({ status }), appointments, seen ? [visit] : [], at);
          const flags = stages.map((stage) => stage.reached);
          const first = flags.indexOf(false);
          assert.ok(first < 0 || flags.slice(first).every((flag) => !flag), JSON.stringify(flags));
        },
      ),
    );
  });
});
