import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { newId } from '../../platform/ids.ts';
import { shippedPolicy } from '../policy/read.ts';
import { agreements } from '../scenarios/parties.fixture.ts';
import { openDesk } from './desk.ts';
import { endFact, state, withdrawFact } from './facts.ts';
import { changePost, givePost } from './posts.ts';
import { addPolicy, putAgreement } from './rules.ts';

const db = await database();
const desk = openDesk(db);
const said = { by: 'test', at: new Date('2026-05-12T09:00:00Z') };
const from = Date.parse('2026-05-01T00:00:00Z');
const at = Date.parse('2026-05-12T12:00:00Z');
const know = (user: string, person: string, ...patientIds: string[]) =>
  desk.know({ user, person, patientIds, at, day: '2026-05-12' });

test('what is stated of all patients a person is, is known together; other people’s is not', async () => {
  const [first, second, other] = [newId(), newId(), newId()];
  await db.transaction(async (tx) => {
    const tie = {
      kind: 'admission',
      organisation: 'trust',
      team: null,
      user: null,
      evidence: 'Encounter/1',
      from,
      to: null,
    } as const;
    await state(tx, 'relationship', first, tie, said);
    await state(tx, 'relationship', other, { ...tie, evidence: 'Encounter/2' }, said);
    const choice = {
      kind: 'blocks-user',
      organisation: null,
      user: 'kim',
      project: null,
      from,
      to: null,
    } as const;
    await state(tx, 'choice', second, choice, said);
    await state(
      tx,
      'proxy',
      second,
      { proxy: 'bob', kind: 'parent', classes: ['appointments'], from, to: null },
      said,
    );
    await state(
      tx,
      'recorded_decision',
      second,
      { kind: 'competent', reason: 'understands', from, to: null },
      said,
    );
    await state(tx, 'glass', first, { user: 'sam', reason: 'unconscious', from: at, to: null }, said);
    const seal = {
      resourceType: 'DocumentReference',
      resourceId: 'd1',
      organisation: 'clinic',
      team: null,
      from,
      to: null,
    };
    await state(tx, 'seal', first, { ...seal, level: 'locked' }, said);
    await state(tx, 'seal', first, { ...seal, level: 'sealed', team: 'blue' }, said);
  });
  const { facts } = await know('sam', 'ann', first, second);
  assert.deepEqual(
    facts.relationships.map((each) => ({ ...each, id: '' })),
    [
      {
        id: '',
        kind: 'admission',
        organisation: 'trust',
        team: null,
        user: null,
        evidence: 'Encounter/1',
        from,
        to: null,
      },
    ],
  );
  assert.deepEqual(facts.choices, [
    { kind: 'blocks-user', organisation: null, user: 'kim', project: null, from, to: null },
  ]);
  assert.deepEqual(facts.proxies, [
    { proxy: 'bob', kind: 'parent', classes: ['appointments'], from, to: null },
  ]);
  assert.deepEqual(facts.recorded, [{ kind: 'competent', from, to: null }]);
  assert.deepEqual(facts.glass, [{ user: 'sam', reason: 'unconscious', from: at, to: null }]);
  assert.deepEqual(
    [...facts.seals],
    [['DocumentReference/d1', { level: 'locked', organisation: 'clinic', team: null }]],
  );
});

test('ending a fact keeps what was believed before, and who ended it', async () => {
  const patient = newId();
  const choice = {
    kind: 'objects-to-sharing',
    organisation: null,
    user: null,
    project: null,
    from,
    to: null,
  } as const;
  const id = await db.transaction((tx) => state(tx, 'choice', patient, choice, said));
  const until = new Date('2026-05-11T00:00:00Z');
  const later = { by: 'other', at: new Date('2026-05-12T10:00:00Z') };
  assert.equal(await db.transaction((tx) => endFact(tx, 'choice', patient, id, until, later)), true);
  const { facts } = await know('sam', 'ann', patient);
  assert.deepEqual(
    facts.choices.map(({ to }) => to),
    [until.getTime()],
  );
  const rows = await db.query(
    `select valid_to, said_by, recorded, recorded_to, ended_by from access.choice where patient_id = $1 order by recorded`,
    [patient],
  );
  assert.deepEqual(rows, [
    { valid_to: null, said_by: 'test', recorded: said.at, recorded_to: later.at, ended_by: 'other' },
    { valid_to: until, said_by: 'other', recorded: later.at, recorded_to: null, ended_by: null },
  ]);
});

test('what is withdrawn is gone, and is not withdrawn or ended again', async () => {
  const patient = newId();
  const decision = { kind: 'lacks-capacity', reason: 'assessed', from, to: null } as const;
  const id = await db.transaction((tx) => state(tx, 'recorded_decision', patient, decision, said));
  assert.equal(await db.transaction((tx) => withdrawFact(tx, 'recorded_decision', patient, id, said)), true);
  assert.equal(await db.transaction((tx) => withdrawFact(tx, 'recorded_decision', patient, id, said)), false);
  assert.equal(
    await db.transaction((tx) => endFact(tx, 'recorded_decision', patient, id, said.at, said)),
    false,
  );
  assert.deepEqual((await know('sam', 'ann', patient)).facts.recorded, []);
});

test('a reason must be given to break a glass', async () => {
  const use = { user: 'sam', reason: '', from, to: null };
  await assert.rejects(db.transaction((tx) => state(tx, 'glass', newId(), use, said)));
});

test('a leaver’s role ends for every reader with the commit', async () => {
  const another = openDesk(db);
  const post = {
    user: 'lee',
    kind: 'staff',
    person: 'lee-as-patient',
    role: 'R8001',
    organisation: 'trust',
    teams: ['ward-3'],
    from,
    to: null,
  } as const;
  const id = await db.transaction((tx) => givePost(tx, { ...post, teams: [...post.teams] }, said));
  assert.deepEqual((await know('lee', 'ann')).posts, [{ ...post, id }]);
  await another.know({ user: 'lee', person: 'ann', patientIds: [], at, day: '2026-05-12' });
  await db.transaction((tx) => changePost(tx, id, { to: at }, { by: 'manager', at: new Date(at) }));
  for (const each of [desk, another]) {
    const { posts } = await each.know({ user: 'lee', person: 'ann', patientIds: [], at, day: '2026-05-12' });
    assert.deepEqual(
      posts.map(({ to }) => to),
      [at],
    );
  }
  assert.equal(await db.transaction((tx) => changePost(tx, newId(), { to: at }, said)), false);
});

test('what a user holds is not read again while nothing changed', async () => {
  await db.transaction((tx) =>
    givePost(
      tx,
      {
        user: 'max',
        kind: 'staff',
        person: null,
        role: 'R8000',
        organisation: 'trust',
        teams: [],
        from,
        to: null,
      },
      said,
    ),
  );
  const first = await know('max', 'ann');
  assert.equal((await know('max', 'ann')).posts, first.posts);
  assert.equal((await know('max', 'ann')).policy, first.policy);
});

test('where somebody works is known while they work there', async () => {
  const post = {
    user: 'pat',
    kind: 'staff',
    person: 'pat-as-patient',
    role: 'R8001',
    organisation: 'hospice',
    teams: [],
    from,
  } as const;
  await db.transaction((tx) => givePost(tx, { ...post, teams: [], to: null }, said));
  assert.deepEqual((await know('sam', 'pat-as-patient')).facts.employers, ['hospice']);
  const before = await desk.know({
    user: 'sam',
    person: 'pat-as-patient',
    patientIds: [],
    at: from - 1,
    day: '2026-04-30',
  });
  assert.deepEqual(before.facts.employers, []);
});

test('an agreement counts from its commit on, and so does its change; without a policy the shipped one is in force', async () => {
  const [agreement] = agreements;
  assert.equal((await know('sam', 'ann')).policy.policy.version, shippedPolicy().version);
  await db.transaction((tx) => putAgreement(tx, agreement!, said));
  assert.deepEqual((await know('sam', 'ann')).policy.agreements, [agreement]);
  const ended = { ...agreement!, to: '2026-05-01' };
  await db.transaction((tx) => putAgreement(tx, ended, { by: 'lead', at: new Date(at) }));
  assert.deepEqual((await know('sam', 'ann')).policy.agreements, [ended]);
});

const policyOn = async (day: string): Promise<string> =>
  (await desk.know({ user: 'sam', person: 'ann', patientIds: [], at, day })).policy.policy.version;

test('a policy is in force from its first day', async () => {
  const next = { ...shippedPolicy(), version: 'next', from: '2026-06-01' };
  await db.transaction((tx) => addPolicy(tx, next, said));
  assert.equal(await policyOn('2026-05-31'), shippedPolicy().version);
  assert.equal(await policyOn('2026-06-01'), 'next');
});

test('a change of the rules is on record by itself, and not where it is taken back', async () => {
  const staged = async () =>
    (await db.query<{ events: string }>('select events from audit.staged')).flatMap(
      ({ events }) => JSON.parse(events) as { event: { kind: string; user: string; resource: string } }[],
    ).length;
  const before = await staged();
  const [agreement] = agreements;
  await db.transaction((tx) => putAgreement(tx, { ...agreement!, id: 'another' }, said));
  assert.equal(await staged(), before + 1);
  const undone = db.transaction(async (tx) => {
    await addPolicy(tx, { ...shippedPolicy(), version: 'never', from: '2027-01-01' }, said);
    throw new Error('taken back');
  });
  await assert.rejects(undone, /taken back/);
  assert.equal(await staged(), before + 1);
});
