import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { newId } from '../../platform/ids.ts';
import { readFacts } from '../store/read.ts';
import { evidencedBy, type Directory, type Evidence } from './from-resource.ts';
import { keepRelationships } from './keep.ts';
import type { Version } from './over-time.ts';

const directory: Directory = {
  organisation: ({ reference, identifier }) =>
    identifier?.value ??
    /^Organization\/(.+)$/.exec(reference ?? '')?.[1] ??
    (reference === 'Practitioner/lee' ? 'trust' : undefined),
  user: ({ reference }) => (reference === 'Practitioner/lee' ? 'lee' : undefined),
};
const changed = Date.parse('2026-05-12T12:00:00Z');
const shows = (resource: Evidence) => evidencedBy(resource, changed, directory);
const trust = { reference: 'Organization/trust' };
const start = '2026-05-01T08:00:00Z';
const from = Date.parse(start);

const said = (day: string) => ({ by: 'record', at: new Date(`${day}T12:00:00Z`) });
const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
const patientOf = (practice: string): Evidence => ({
  resourceType: 'Patient',
  generalPractitioner: [{ reference: `Organization/${practice}` }],
});

describe('what a resource shows', () => {
  const stay: Evidence = {
    resourceType: 'Encounter',
    id: '1',
    status: 'in-progress',
    class: { code: 'IMP' },
    period: { start },
    serviceProvider: trust,
  };
  const admission = { kind: 'admission', organisation: 'trust', team: null, user: null, from, to: null };

  test('a stay in hospital is an admission until it is finished', () => {
    assert.deepEqual(shows(stay), [admission]);
    assert.deepEqual(shows({ ...stay, status: 'finished', period: { start, end: '2026-05-09T10:00:00Z' } }), [
      { ...admission, to: Date.parse('2026-05-09T10:00:00Z') },
    ]);
  });

  test('a stay that is finished and does not say when ended with this version', () => {
    assert.deepEqual(shows({ ...stay, status: 'finished' }), [{ ...admission, to: changed }]);
  });

  test('a visit is an attendance', () => {
    assert.deepEqual(shows({ ...stay, class: { code: 'EMER' } }), [{ ...admission, kind: 'attendance' }]);
  });

  test('what is planned, cancelled or a mistake shows nothing', () => {
    for (const status of ['planned', 'cancelled', 'entered-in-error'])
      assert.deepEqual(shows({ ...stay, status }), []);
  });

  test('an organisation that is not known shows nothing', () => {
    assert.deepEqual(shows({ ...stay, serviceProvider: { reference: 'urn:uuid:x' } }), []);
  });

  test('a referral ties the one it names, and ends when it is completed', () => {
    const referral: Evidence = {
      resourceType: 'ServiceRequest',
      status: 'active',
      authoredOn: start,
      performer: [{ reference: 'Practitioner/lee' }],
    };
    const tie = { kind: 'referral', organisation: 'trust', team: null, user: 'lee', from, to: null };
    assert.deepEqual(shows(referral), [tie]);
    assert.deepEqual(shows({ ...referral, status: 'completed' }), [{ ...tie, to: changed }]);
    assert.deepEqual(shows({ ...referral, status: 'draft' }), []);
  });

  test('a care team ties each organisation its members act for, once', () => {
    const team: Evidence = {
      resourceType: 'CareTeam',
      id: 'blue',
      status: 'active',
      period: { start },
      managingOrganization: [trust],
      participant: [
        { onBehalfOf: { identifier: { value: 'practice' } } },
        {
          member: { reference: 'Practitioner/lee' },
          onBehalfOf: trust,
          period: { start: '2026-05-05T00:00:00Z', end: '2026-05-06T00:00:00Z' },
        },
      ],
    };
    const tie = { kind: 'care-team', team: 'CareTeam/blue', user: null, from, to: null };
    assert.deepEqual(shows(team), [
      { ...tie, organisation: 'trust' },
      { ...tie, organisation: 'practice' },
    ]);
  });

  test('an episode of care puts a person on the caseload of its teams', () => {
    const episode: Evidence = {
      resourceType: 'EpisodeOfCare',
      status: 'active',
      period: { start },
      managingOrganization: trust,
    };
    const tie = { kind: 'caseload', organisation: 'trust', user: null, from, to: null };
    assert.deepEqual(shows(episode), [{ ...tie, team: null }]);
    assert.deepEqual(shows({ ...episode, team: [{ reference: 'CareTeam/red' }] }), [
      { ...tie, team: 'CareTeam/red' },
    ]);
  });

  test('a person is registered with the practice their record names, since it was first said', () => {
    assert.deepEqual(
      shows({ resourceType: 'Patient', generalPractitioner: [{ reference: 'Organization/practice' }] }),
      [{ kind: 'registered', organisation: 'practice', team: null, user: null, from: null, to: null }],
    );
    assert.deepEqual(shows({ resourceType: 'Patient', active: false, generalPractitioner: [trust] }), []);
  });

  test('an observation shows nothing', () => {
    assert.deepEqual(shows({ resourceType: 'Observation', status: 'final' }), []);
  });
});

describe('keeping relationships as versions come', async () => {
  const db = await database();
  const told = new Map<string, Version[]>();
  /** A version comes: all versions so far are looked at again. */
  const keep = (patientId: string, evidence: string, resource: Evidence | undefined, day: string) => {
    const { by, at } = said(day);
    const versions = [...(told.get(patientId) ?? []), { evidence, at: at.getTime(), resource }];
    told.set(patientId, versions);
    const patients = new Map([[patientId, versions]]);
    return db.transaction((tx) =>
      keepRelationships(tx, { types: ['Encounter', 'Patient'], patients }, directory, { by, at }),
    );
  };
  const known = async (patientId: string) =>
    (await readFacts(db, 'sam', [{ person: 'ann', patientIds: [patientId] }], changed)).facts
      .get('ann')!
      .relationships.map(({ kind, organisation, from: begun, to }) => [
        kind,
        organisation,
        dayOf(begun),
        to === null ? null : dayOf(to),
      ]);
  const stay: Evidence = {
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { code: 'IMP' },
    period: { start },
    serviceProvider: trust,
  };

  test('admission, discharge, and the same message again', async () => {
    const patient = newId();
    assert.equal(await keep(patient, 'Encounter/1', stay, '2026-05-01'), 1);
    assert.equal(await keep(patient, 'Encounter/1', stay, '2026-05-02'), 0);
    const left = { ...stay, status: 'finished', period: { start, end: '2026-05-09T10:00:00Z' } };
    assert.equal(await keep(patient, 'Encounter/1', left, '2026-05-09'), 2);
    assert.equal(await keep(patient, 'Encounter/1', left, '2026-05-10'), 0);
    assert.deepEqual(await known(patient), [['admission', 'trust', '2026-05-01', '2026-05-09']]);
  });

  test('a discharge taken back opens the admission again', async () => {
    const patient = newId();
    await keep(patient, 'Encounter/2', { ...stay, status: 'finished' }, '2026-05-09');
    await keep(patient, 'Encounter/2', stay, '2026-05-10');
    assert.deepEqual(await known(patient), [['admission', 'trust', '2026-05-01', null]]);
  });

  test('an encounter entered in error, or deleted, was never a relationship', async () => {
    const patient = newId();
    await keep(patient, 'Encounter/3', stay, '2026-05-01');
    await keep(patient, 'Encounter/4', stay, '2026-05-01');
    await keep(patient, 'Encounter/3', { ...stay, status: 'entered-in-error' }, '2026-05-02');
    await keep(patient, 'Encounter/4', undefined, '2026-05-02');
    assert.deepEqual(await known(patient), []);
  });

  test('a change of practice ends the one registration and begins the other', async () => {
    const patient = newId();
    await keep(patient, 'Patient/1', patientOf('harbour'), '2026-03-01');
    await keep(patient, 'Patient/1', patientOf('harbour'), '2026-04-01');
    await keep(patient, 'Patient/1', patientOf('hill'), '2026-05-01');
    assert.deepEqual((await known(patient)).sort(), [
      ['registered', 'harbour', '2026-03-01', '2026-05-01'],
      ['registered', 'hill', '2026-05-01', null],
    ]);
  });

  test('coming back to a practice begins a new registration', async () => {
    const patient = newId();
    await keep(patient, 'Patient/1', patientOf('harbour'), '2026-03-01');
    await keep(patient, 'Patient/1', patientOf('hill'), '2026-04-01');
    await keep(patient, 'Patient/1', patientOf('harbour'), '2026-05-01');
    assert.deepEqual((await known(patient)).sort(), [
      ['registered', 'harbour', '2026-03-01', '2026-04-01'],
      ['registered', 'harbour', '2026-05-01', null],
      ['registered', 'hill', '2026-04-01', '2026-05-01'],
    ]);
  });
});
