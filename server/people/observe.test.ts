import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { currentLinks, linksOfPerson, observePatients, type ObservedPatient } from './index.ts';

const db = await database();
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
let minute = 0;

async function observe(...patients: ObservedPatient[]): Promise<void> {
  const at = new Date(Date.UTC(2026, 10, 21, 9, minute++));
  await db.transaction(async (tx) => {
    const rows = await observePatients(tx, patients, at, () => false);
    if (rows.length > 0) await tx.copyIn(rows);
  });
}

async function personOf(patientId: string): Promise<string | undefined> {
  return (await currentLinks(db, [patientId])).get(patientId)?.personId;
}

const patient = (n: number, nhsNumber?: string, birthDate?: string): ObservedPatient => ({
  patientId: id(n),
  active: true,
  nhsNumber,
  birthDate,
});

test('a GP and a hospital that give the same NHS number and birth date speak of one person', async () => {
  await observe(patient(1, '9434765919', '1950-03-01'));
  await observe(patient(2, '9434765919', '1950-03-01'));
  assert.equal(await personOf(id(1)), await personOf(id(2)));
  assert.equal((await linksOfPerson(db, (await personOf(id(1)))!)).length, 2);
});

test('a hospital that gives the number with another birth date is kept apart', async () => {
  await observe(patient(3, '9434765919', '1950-01-03'));
  assert.notEqual(await personOf(id(3)), await personOf(id(1)));
});

test('when the birth date is put right the link follows, and the earlier link is kept with its end', async () => {
  const before = await personOf(id(3));
  await observe(patient(3, '9434765919', '1950-03-01'));
  assert.equal(await personOf(id(3)), await personOf(id(1)));
  const ended = await db.query<{ person_id: string }>(
    `select person_id from people.link where patient_id = $1 and valid_to is not null`,
    [id(3)],
  );
  assert.deepEqual(ended, [{ person_id: before }]);
});

test('when the number turns out to be wrong the patient leaves the person exactly', async () => {
  await observe(patient(3, undefined, '1950-03-01'));
  assert.notEqual(await personOf(id(3)), await personOf(id(1)));
  assert.equal((await linksOfPerson(db, (await personOf(id(1)))!)).length, 2);
});

test('a deleted patient is no longer part of the person', async () => {
  await observe({ patientId: id(2), active: false });
  assert.equal(await personOf(id(2)), undefined);
  assert.equal((await linksOfPerson(db, (await personOf(id(1)))!)).length, 1);
});

test('two patients in one transaction with the same number are one person', async () => {
  await observe(patient(7, '4010232137', '1980-05-05'), patient(8, '4010232137', '1980-05-05'));
  assert.equal(await personOf(id(7)), await personOf(id(8)));
});
