import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '../formats/index.ts';
import {
  allergy,
  filed,
  hospital,
  noKnownAllergy,
  patient,
  practice,
  problem,
  weight,
} from './made-up-record.ts';
import { consolidate } from './rules.ts';
import type { Filed } from './types.ts';

const everyone = [patient('p1')];
const view = (...more: Filed[]) => consolidate([...everyone, ...more], [hospital, practice]);

test('a problem that two organisations report is shown once with both named', () => {
  const { active, past } = view(problem('c1', hospital), problem('c2', practice)).problems;
  assert.equal(active.length, 1);
  assert.equal(past.length, 0);
  const [entry] = active[0]?.entries ?? [];
  assert.equal(entry?.title, 'Asthma');
  assert.deepEqual(
    entry?.said.map((each) => each.source.name),
    ['Mill Lane Surgery', 'Northside Hospital'],
  );
});

test('a problem that is active for one and over for another stays in front, with who says which', () => {
  const [group] = view(problem('c1', hospital), problem('c2', practice, { status: 'resolved' })).problems
    .active;
  const [entry] = group?.entries ?? [];
  assert.deepEqual(entry?.disputed, ['status']);
  assert.deepEqual(entry?.differing?.['status'], [
    { value: 'resolved', by: [0] },
    { value: 'active', by: [1] },
  ]);
});

test('a problem on two days is two entries of one group', () => {
  const { active } = view(problem('c1', hospital), problem('c2', hospital, { onset: '2003-01-01' })).problems;
  assert.deepEqual(
    active[0]?.entries.map((entry) => entry.when),
    ['2003-01-01', '2001-05-04'],
  );
});

test('refuted and mistaken entries are no facts, but they are counted and kept', () => {
  const seen = view(
    problem('c1', hospital, { certainty: 'refuted' }),
    problem('c2', practice, { certainty: 'entered-in-error' }),
  );
  assert.deepEqual(seen.problems, { active: [], past: [] });
  assert.equal(seen.setAside.flatMap((entry) => entry.said).length, 2);
  assert.deepEqual(seen.filed, { Patient: 1, Condition: 2 });
});

test('a problem that another source ruled out is shown with that doubt', () => {
  const { active } = view(
    problem('c1', hospital),
    problem('c2', practice, { certainty: 'refuted' }),
  ).problems;
  assert.deepEqual(active[0]?.ruledOutBy, ['Mill Lane Surgery']);
});

test('no allergy data is not the same as no known allergies', () => {
  assert.equal(view().allergies.state, 'nothing-recorded');
  assert.equal(view(noKnownAllergy('a1')).allergies.state, 'none-known');
  const list = {
    resourceType: 'List',
    id: 'l1',
    status: 'current',
    code: { coding: [{ code: '886921000000105' }] },
    subject: { reference: 'Patient/p1' },
  };
  const nil = filed({ ...list, emptyReason: { coding: [{ code: 'nilknown' }] } });
  assert.equal(view(nil).allergies.state, 'none-known');
  const unknown = filed({ ...list, emptyReason: { coding: [{ code: 'no-content-recorded' }] } });
  assert.equal(view(unknown).allergies.state, 'nothing-recorded');
});

test('an allergy and a statement of no known allergies raise an alert', () => {
  const seen = view(allergy('a1'), noKnownAllergy('a2'));
  assert.equal(seen.allergies.state, 'listed');
  assert.deepEqual(
    seen.alerts.map((alert) => alert.reason),
    ['disputed-allergies'],
  );
});

test('an allergy that may threaten life is an alert; one that was refuted is not', () => {
  assert.deepEqual(
    view(allergy('a1', { criticality: 'high' })).alerts.map((alert) => [alert.reason, alert.title]),
    [['serious-allergy', 'Allergy to penicillin']],
  );
  const refuted = { criticality: 'high', verificationStatus: { coding: [{ code: 'refuted' }] } };
  assert.deepEqual(view(allergy('a1', refuted)).alerts, []);
});

test('results of one test form one series, latest first, and keep their digits', () => {
  const exact = parseJson(
    JSON.stringify(weight('o2', '2026-02-01', 0).resource).replace('"value":0', '"value":71.50'),
  );
  const { results } = view(weight('o1', '2026-01-01', 70.1), filed(exact));
  assert.equal(results.length, 1);
  assert.equal(results[0]?.unit, 'kg');
  assert.deepEqual(
    results[0]?.entries.map((entry) => entry.measure?.text),
    ['71.50 kg', '70.1 kg'],
  );
});

test('two different values at one moment are two entries', () => {
  const { results } = view(weight('o1', '2026-01-01', 70), weight('o2', '2026-01-01', 90));
  assert.equal(results[0]?.entries.length, 2);
});

test("a result outside the laboratory's own range is marked", () => {
  const range = { referenceRange: [{ low: { value: 50 }, high: { value: 60 } }] };
  const { results } = view(weight('o1', '2026-01-01', 70, range));
  assert.equal(results[0]?.entries[0]?.measure?.flag, 'high');
});

test('the organisation of the encounter speaks for what was noted in it', () => {
  const encounter = filed({
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: 'Patient/p1' },
    serviceProvider: { reference: 'Organization/mill-lane' },
  });
  const condition = filed({
    resourceType: 'Condition',
    id: 'c1',
    subject: { reference: 'Patient/p1' },
    code: { text: 'Cough' },
    encounter: { reference: 'Encounter/e1' },
  });
  const [group] = view(encounter, condition).problems.active;
  assert.equal(group?.entries[0]?.said[0]?.source.name, 'Mill Lane Surgery');
});

test('the banner names both values when two patient records differ', () => {
  const two = [
    patient('p1', { managingOrganization: { reference: 'Organization/northside' } }),
    patient('p2', {
      birthDate: '1950-03-10',
      managingOrganization: { reference: 'Organization/mill-lane' },
    }),
  ];
  const { banner } = consolidate(two, [hospital, practice]);
  assert.equal(banner.name, 'Ada Grace Okafor');
  assert.deepEqual(banner.differences, [
    {
      field: 'born',
      values: [
        { value: '1950-03-01', sources: ['Northside Hospital'] },
        { value: '1950-03-10', sources: ['Mill Lane Surgery'] },
      ],
    },
  ]);
});
