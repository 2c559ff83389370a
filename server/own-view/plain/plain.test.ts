import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { state } from '../../access/index.ts';
import { ridOf } from '../../record/rid.ts';
import { people, type Name } from '../../../test/support/made-up-residents.ts';
import { house } from '../own-view.fixture.ts';
import type { PlainRecord } from './types.ts';

const home = await house();
const recordOf = async (who: Name) => (await home.ask<PlainRecord>(who, 'GET', '/api/mine/record')).body;

describe('my own record', () => {
  test('conditions, medicines and tests come with what they are, and who wrote them', async () => {
    const { conditions, medicines, tests, allergies, vaccinations } = await recordOf('ann');
    const [asthma] = conditions.now;
    assert.equal(asthma!.title, 'Asthma');
    assert.match(asthma!.means!, /tubes in your lungs/);
    assert.deepEqual(asthma!.from, ['Harbour and Quay Surgery']);
    assert.deepEqual(medicines.now[0]!.says, ['2 puffs when needed']);
    assert.match(medicines.now[0]!.means!, /opens your lungs/);
    assert.equal(tests[0]!.range, 'above');
    assert.match(tests[0]!.means!, /2 to 3 months/);
    assert.equal(allergies.state, 'listed');
    assert.match(allergies.items[0]!.says.join(' '), /Tell all who treat you/);
    assert.equal(vaccinations.length, 1);
  });

  test('a referral says where it stands, and how long it has been', async () => {
    const [lungs] = (await recordOf('ann')).referrals;
    assert.equal(lungs!.to, 'Lung clinic, Marram General');
    assert.deepEqual(
      lungs!.stages.map(({ name, reached }) => [name, reached]),
      [
        ['sent', true],
        ['accepted', true],
        ['booked', true],
        ['seen', false],
        ['finished', false],
      ],
    );
    assert.equal(lungs!.stages[2]!.on, '2026-06-02T09:30:00Z');
    assert.deepEqual([lungs!.clock!.weeks, lungs!.clock!.isLate], [18, true]);
  });

  test('an appointment to come is told with its time, and one that was is in the past', async () => {
    const [clinic] = (await recordOf('ann')).appointments;
    assert.deepEqual([clinic!.state, clinic!.isComing, clinic!.minutes], ['Booked', true, 30]);
    home.at('2026-06-03T09:00:00Z');
    const [past] = (await recordOf('ann')).appointments;
    assert.deepEqual([past!.state, past!.isComing], ['In the past', false]);
    home.at('2026-05-12T12:00:00Z');
  });

  test('the plan, the letters and who looks after me are there', async () => {
    const { plans, documents, contacts } = await recordOf('ann');
    assert.deepEqual(plans[0]!.says, ['What to do when it gets hard to breathe.']);
    assert.deepEqual(documents[0]!.files, [
      { title: 'Clinic letter', address: 'DocumentReference/letter/0' },
    ]);
    assert.deepEqual(contacts, [
      { name: 'Harbour and Quay Surgery', role: 'GP practice', organisation: null, phone: null },
      { name: 'Nurse Quill', role: 'Asthma nurse', organisation: 'Asthma team', phone: '0700 000 0002' },
    ]);
  });

  test('what is kept back from a person is not there at all', async () => {
    const record = await recordOf('ann');
    assert.doesNotMatch(JSON.stringify(record), /sister|not-for-her/);
  });
});

const childOf = async () => `/api/mine/for/${await home.personId('cay')}/record`;

describe('the record of somebody I act for', () => {
  test('a stranger sees nothing', async () => {
    const refused = await home.ask<{ place: string }>('bob', 'GET', await childOf());
    assert.deepEqual([refused.status, refused.body.place], [403, 'proxy']);
  });

  test('somebody who is not there is answered like a stranger', async () => {
    const stranger = await home.ask('bob', 'GET', await childOf());
    const nobody = await home.ask('bob', 'GET', '/api/mine/for/00000000-0000-4000-8000-000000000000/record');
    assert.deepEqual(nobody, stranger);
  });

  test('a parent sees the record of a child of 8', async () => {
    const bob = await home.personId('bob');
    const proxy = { proxy: bob, kind: 'parent', classes: null, from: 0, to: null } as const;
    await home.services.db.transaction((tx) =>
      state(tx, 'proxy', ridOf(people.cay.id), proxy, { by: 'test', at: home.clock() }),
    );
    const { status, body } = await home.ask<PlainRecord>('bob', 'GET', await childOf());
    assert.deepEqual([status, body.name], [200, 'Cay Marsh']);
  });

  test('and cannot change anything there: choices are asked as oneself', async () => {
    const { body } = await home.ask<{ choices: unknown[] }>('bob', 'GET', '/api/mine/choices');
    assert.deepEqual(body.choices, []);
  });
});
