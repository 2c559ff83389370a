import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, test } from 'node:test';
import { databaseAddress } from '../test/support/database.ts';
import { loadMadeUpSystem } from '../test/support/made-up-system.ts';
import { puts } from '../test/support/puts.ts';
import { Follower } from './access/index.ts';
import { createOrganisations, odsSystem } from './organisations/index.ts';
import { systemClock } from './platform/clock.ts';
import { openDb, type Db } from './platform/db/index.ts';
import { newId } from './platform/ids.ts';
import { keepRelationshipsOfRecord, followedRecord } from './relationships.ts';
import { createServices } from './services.ts';

// Registered before the database, so that all is closed before it is dropped.
const closing: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of closing) await close();
});
const { url } = await databaseAddress();
const db = await openDb({ connection: { connectionString: url } });
const services = await createServices(db);
closing.push(
  () => services.validator.stop(),
  () => db.close(),
);

const ods = (value: string) => ({ identifier: { system: odsSystem, value } });
await loadMadeUpSystem(db, systemClock);
const organisations = createOrganisations(db);
const idOf = async (value: string) =>
  (await organisations.organisationByIdentifier({ system: odsSystem, value })) ?? assert.fail(value);
const [trust, practice, other] = [await idOf('ZZR01'), await idOf('ZZ0001'), await idOf('ZZ0003')];

const follower = new Follower({ db, clock: systemClock, ...followedRecord(db, systemClock) });

type Resource = { resourceType: string; id: string; [name: string]: unknown };
const write = (...resources: Resource[]) =>
  services.store.write(puts(resources), { source: 'urn:test', channel: 'rest', agent: 'test' });

const patient = (id: string, at = 'ZZ0001'): Resource => ({
  resourceType: 'Patient',
  id,
  generalPractitioner: [ods(at)],
});
const stay = (id: string, patientId: string, more: object = {}): Resource => ({
  resourceType: 'Encounter',
  id,
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
  subject: { reference: `Patient/${patientId}` },
  serviceProvider: ods('ZZR01'),
  ...more,
});

type Known = { kind: string; organisation: string; open: boolean };
const known = async (patientId: string): Promise<Known[]> =>
  db.query<Known>(
    `select kind, organisation_id as organisation, valid_to is null as open
     from access.relationship
     where patient_id = $1
       and recorded_to is null
     order by kind, valid_from`,
    [patientId],
  );

test('an admission written to the record opens a relationship, and a discharge ends it', async () => {
  const id = newId();
  await write(patient(id), stay(`stay-${id}`, id));
  await follower.look();
  assert.deepEqual(await known(id), [
    { kind: 'admission', organisation: trust, open: true },
    { kind: 'registered', organisation: practice, open: true },
  ]);
  await write(stay(`stay-${id}`, id, { status: 'finished' }));
  await follower.look();
  assert.deepEqual((await known(id))[0], { kind: 'admission', organisation: trust, open: false });
});

test('care teams, caseloads and referrals follow too', async () => {
  const id = newId();
  const subject = { reference: `Patient/${id}` };
  await write(
    patient(id),
    {
      resourceType: 'CareTeam',
      id: `team-${id}`,
      status: 'active',
      subject,
      managingOrganization: [ods('ZZR01')],
    },
    {
      resourceType: 'EpisodeOfCare',
      id: `episode-${id}`,
      status: 'active',
      patient: subject,
      managingOrganization: ods('ZZR01'),
    },
    {
      resourceType: 'ServiceRequest',
      id: `referral-${id}`,
      status: 'active',
      intent: 'order',
      subject,
      performer: [ods('ZZ0003')],
    },
  );
  await follower.look();
  assert.deepEqual(
    (await known(id)).map(({ kind, organisation }) => [kind, organisation]),
    [
      ['care-team', trust],
      ['caseload', trust],
      ['referral', other],
      ['registered', practice],
    ],
  );
});

test('a stay that is corrected to another patient ties that one, and never tied the first', async () => {
  const [wrong, right] = [newId(), newId()];
  await write(patient(wrong), patient(right), stay(`moved-${wrong}`, wrong));
  await follower.look();
  assert.equal((await known(wrong)).length, 2);
  await write(stay(`moved-${wrong}`, right));
  await follower.look();
  assert.deepEqual(
    (await known(wrong)).map(({ kind }) => kind),
    ['registered'],
  );
  assert.deepEqual(
    (await known(right)).map(({ kind }) => kind),
    ['admission', 'registered'],
  );
});

test('a server that follows has it in force within a second', async () => {
  const id = newId();
  const following = keepRelationshipsOfRecord(services, (error) => assert.fail(String(error)));
  try {
    await write(patient(id), stay(`quick-${id}`, id));
    const begun = performance.now();
    while ((await known(id)).length < 2) assert.ok(performance.now() - begun < 1_000, 'a second is over');
  } finally {
    await following.stop();
  }
});

test('looked at again from the beginning, nothing changes', async () => {
  const all = () =>
    db.query(
      'select patient_id, fact_id, recorded from access.relationship order by patient_id, fact_id, recorded',
    );
  await follower.look();
  const before = await all();
  await db.query(`update access.following set settled = '-infinity'`);
  const again = new Follower({ db, clock: systemClock, ...followedRecord(db, systemClock) });
  assert.ok(((await again.look()) ?? 0) > 5);
  assert.deepEqual(await all(), before);
});

test('of two servers one follows at a time, and the other goes on when it stops', async () => {
  await db.transaction(async (tx) => {
    await tx.query(`select name from access.following for update`);
    assert.equal(await follower.look(), undefined);
  });
  assert.equal(typeof (await follower.look()), 'number');
});

test('killed in the middle, again and again, it ends with what one undisturbed pass says', async () => {
  const ids = Array.from({ length: 300 }, () => newId());
  for (let from = 0; from < ids.length; from += 20) {
    const some = ids.slice(from, from + 20);
    await write(...some.flatMap((id) => [patient(id), stay(`k-${id}`, id)]));
    const moved = some.filter((_, index) => index % 2 === 0);
    await write(
      ...moved.flatMap((id) => [patient(id, 'ZZ0003'), stay(`k-${id}`, id, { status: 'finished' })]),
    );
  }
  for (const afterMs of [5, 60, 120]) await followAndKill(afterMs);
  await lookWhenFree(follower);
  const facts = await kept(db, ids);
  assert.equal(facts.length, 150 * 2 + 150 * 3);
  await db.query(`delete from access.relationship where patient_id = any($1::uuid[])`, [ids]);
  await db.query(`update access.following set settled = '-infinity'`);
  await new Follower({ db, clock: systemClock, ...followedRecord(db, systemClock) }).look();
  assert.deepEqual(await kept(db, ids), facts);
});

/** Whoever was killed holds its lock until the database notices. */
async function lookWhenFree(one: Follower): Promise<void> {
  while ((await one.look()) === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
}

const kept = (reader: Db, ids: string[]) =>
  reader.query(
    `select patient_id, kind, organisation_id, evidence, valid_from, valid_to
     from access.relationship
     where patient_id = any($1::uuid[])
       and recorded_to is null
     order by patient_id, kind, valid_from, organisation_id`,
    [ids],
  );

/** Another process follows, and is killed so long after it began. */
async function followAndKill(afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'relationships.fixture.ts'), url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await once(child, 'exit');
}
