import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import type { Tx } from '../../platform/db/index.ts';
import { observePatients, type ObservedPatient } from '../index.ts';
import { knownOf } from './known.ts';
import { currentLinks } from './links.ts';
import { markStale, membersOf } from './members.ts';
import { Memory } from './memory.ts';

const db = await database();
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ids = [1, 2, 3, 4, 5].map(id);
let now = Date.UTC(2026, 10, 21, 9);
const memory = new Memory();

const patient = (n: number, nhsNumber?: string): ObservedPatient => ({
  patientId: id(n),
  active: true,
  nhsNumber,
  family: ['Quarrington'],
  given: [`Rosa${'lind'.slice(0, n)}`],
  birthDate: '1950-03-01',
});

async function observeIn(tx: Tx, ...patients: ObservedPatient[]): Promise<void> {
  const rows = await observePatients(tx, patients, new Date(now++), () => false);
  if (rows.length > 0) await tx.copyIn(rows);
}

/** What is remembered must be what is read afresh. */
async function sameAsRead(): Promise<void> {
  const { members, links } = await knownOf(db, ids, memory);
  assert.deepEqual(members, await membersOf(db, ids));
  assert.deepEqual(links, await currentLinks(db, ids));
}

test('patients that nobody wrote are not known, and are once somebody wrote them', async () => {
  await sameAsRead();
  await db.transaction((tx) => observeIn(tx, patient(1, '9434765919'), patient(2, '9434765919')));
  await sameAsRead();
  await sameAsRead();
});

test('what another writer changed is read again', async () => {
  await db.transaction((tx) => observeIn(tx, patient(2), patient(3, '9434765919')));
  await sameAsRead();
  await db.transaction((tx) => observeIn(tx, patient(2, '9434765919')));
  await sameAsRead();
});

test('a row that is changed otherwise, or taken out, is noticed too', async () => {
  await db.transaction((tx) => markStale(tx, [id(1)]));
  await sameAsRead();
  await db.transaction((tx) => observeIn(tx, { patientId: id(3), active: false }));
  await sameAsRead();
  await db.query('delete from people.particulars where patient_id = $1', [id(2)]);
  await sameAsRead();
});

test('what a transaction wrote and took back is not remembered', async () => {
  const undone = new Error('taken back');
  const work = db.transaction(async (tx) => {
    await observeIn(tx, patient(1, '4010232137'), patient(4, '4010232137'));
    const { members } = await knownOf(tx, ids, memory);
    assert.equal(members.get(id(4))?.nhsNumber, '4010232137');
    throw undone;
  });
  await assert.rejects(work, undone);
  await sameAsRead();
});

test('equal particulars are one object, so that pairs of them are compared once', async () => {
  await db.transaction((tx) => observeIn(tx, patient(4, '4010232137'), patient(5, '4010232137')));
  const { members } = await knownOf(db, ids, memory);
  assert.equal(members.get(id(4))?.normalised, members.get(id(5))?.normalised);
  assert.notEqual(members.get(id(4))?.normalised, members.get(id(1))?.normalised);
});
