import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { observePatients, supersedeNumber, unsupersedeNumber } from './index.ts';
import { doings, id, minutes, rosa } from './made-up.fixture.ts';
import { recheckPatients } from './recheck.ts';

const db = await database();
const clock = minutes();
const { observe, samePerson } = doings(db, clock);
const nothing = async () => [];

/** Writes two patients in two transactions that do not see each other. */
async function atOnce(a: Parameters<typeof observe>[0], b: Parameters<typeof observe>[0]): Promise<void> {
  const bothRead = Promise.withResolvers<undefined>();
  let reading = 2;
  const write = (patient: typeof a) =>
    db.transaction(async (tx) => {
      const rows = await observePatients(tx, [patient], clock(), () => true);
      if (--reading === 0) bothRead.resolve(undefined);
      await bothRead.promise;
      await tx.copyIn(rows);
    });
  await Promise.all([write(a), write(b)]);
}

test('two writers who write the same person at once end with one person', async () => {
  await atOnce({ ...rosa, patientId: id(1) }, { ...rosa, patientId: id(2) });
  assert.equal(await samePerson(1, 2), false);
  assert.equal(await recheckPatients(db, clock, nothing), 2);
  assert.ok(await samePerson(1, 2));
});

test('with one NHS number the second writer is refused and tries again, so that nobody waits', async () => {
  const with4 = {
    ...rosa,
    nhsNumber: '4010232137',
    family: ['Else'],
    given: ['Who'],
    birthDate: '2001-01-01',
  };
  await assert.rejects(atOnce({ ...with4, patientId: id(11) }, { ...with4, patientId: id(12) }), {
    code: '23505',
  });
});

test('looking again twice changes nothing', async () => {
  await recheckPatients(db, clock, nothing);
  assert.equal(await recheckPatients(db, clock, nothing), 0);
});

test('patients linked before there was an index are put into it from what their records say', async () => {
  const mae = { ...rosa, family: ['Before'], given: ['Maeve'], birthDate: '1940-04-04' };
  const personId = '00000000-0000-4000-8000-00000000aaaa';
  await db.query(`insert into people.person (person_id, created) values ($1, $2)`, [personId, clock()]);
  await db.query(
    `insert into people.link (patient_id, person_id, method, seq, decided_by, valid_from, recorded)
     values ($1, $2, 'alone', 1, 'rule', $3, $3)`,
    [id(31), personId, clock()],
  );
  await db.query(`insert into people.person_patient (person_id, patient_id) values ($1, $2)`, [
    personId,
    id(31),
  ]);
  await db.query(`insert into people.recheck (patient_id, since) values ($1, $2)`, [id(31), clock()]);
  await recheckPatients(db, clock, async (ids) => ids.map((patientId) => ({ ...mae, patientId })));
  await observe({ ...mae, patientId: id(32) });
  assert.ok(await samePerson(31, 32));
  const [link] = await db.query<{ person_id: string }>(
    `select person_id from people.link where patient_id = $1 and recorded_to is null and valid_to is null`,
    [id(32)],
  );
  assert.equal(link?.person_id, personId);
});

test('patients with an old and a new NHS number are one person when the new one replaced the old, until that is taken back', async () => {
  const old = '9000000033';
  const current = '9111231130';
  const zoe = { ...rosa, family: ['Renumbered'], given: ['Zoe'], birthDate: '1955-05-15' };
  await observe({ ...zoe, patientId: id(41), nhsNumber: old });
  await observe({ ...zoe, patientId: id(42), nhsNumber: current });
  assert.equal(await samePerson(41, 42), false);
  const event = { old, current, source: 'urn:example:pds', at: clock() };
  await db.transaction((tx) => supersedeNumber(tx, event));
  assert.ok(await samePerson(41, 42));
  await observe({ ...zoe, patientId: id(43), nhsNumber: old });
  assert.ok(await samePerson(43, 42), 'one that comes with the old number later');
  const said = new Map([
    [id(41), old],
    [id(42), current],
    [id(43), old],
  ]);
  await db.transaction((tx) => unsupersedeNumber(tx, { ...event, at: clock() }));
  await recheckPatients(db, clock, async (ids) =>
    ids.map((patientId) => ({ ...zoe, patientId, nhsNumber: said.get(patientId) })),
  );
  assert.equal(await samePerson(41, 42), false);
  assert.ok(await samePerson(41, 43));
});

test('a number that replaces itself, or is none, is refused', async () => {
  const event = { source: 'urn:example:pds', at: clock() };
  for (const pair of [
    { old: '9111231130', current: '9111231130' },
    { old: '123', current: '9111231130' },
  ]) {
    const work = db.transaction((tx) => supersedeNumber(tx, { ...event, ...pair }));
    await assert.rejects(work, { code: 'identity/number-refused' });
  }
});
