import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { loadMadeUpSystem } from '../../../test/support/made-up-system.ts';
import { createOrganisations } from '../../organisations/index.ts';
import { newId } from '../../platform/ids.ts';
import { agreements } from '../scenarios/parties.fixture.ts';
import type { Identity } from '../sign-in/index.ts';
import { state } from '../store/facts.ts';
import { changePost, postsSaid } from '../store/posts.ts';
import { putAgreement } from '../store/rules.ts';
import { openAsking } from './asking.ts';
import type { PersonBehind } from './people.ts';
import type { PurposeAsked } from './standing.ts';
import type { Piece } from './types.ts';

const db = await database();
let now = Date.parse('2026-03-02T09:00:00Z');
const clock = (): Date => new Date(now++);
await loadMadeUpSystem(db, clock);

const organisations = createOrganisations(db);
const known = new Map<string, PersonBehind>();
const asking = openAsking({
  db,
  clock,
  organisations,
  personsOf: async (ids) => new Map(ids.map((id) => [id, known.get(id)!])),
  everyPatientOf: async ({ patientIds }) => [...patientIds],
  personOfNumber: async () => undefined,
});
const surgery = (await organisations.organisationBySource('urn:openics:source:ZZ0001'))!;
const [system] = (await organisations.allBodiesOf(surgery, '2026-03-02')).filter(
  ({ kind }) => kind === 'system',
);
const saying = () => ({ by: 'test', at: clock() });
await db.transaction((tx) => putAgreement(tx, { ...agreements[0]!, parties: [system!.id] }, saying()));

const identity: Identity = {
  provider: 'cis2',
  issuer: 'https://staff.example',
  subject: '5551',
  kind: 'staff',
  name: 'Gita Gp',
  assurance: 3,
  roles: [{ id: '1', organisation: 'ZZ0001', role: 'R0260' }],
};
const signIn = async (who: Identity): Promise<void> => {
  await db.transaction(await asking.signedIn(who));
};
await signIn(identity);
const visit = { id: newId(), identity, role: identity.roles[0], begun: clock(), lastSeen: clock() };
const usual = { said: undefined, chosen: undefined };
const viewingNow = async (purpose: PurposeAsked = usual) =>
  asking.viewing(await asking.standings.ofVisit(visit, purpose), () => []);

/** A made-up person, registered at the surgery or not. */
async function person(isRegistered: boolean, more: Partial<PersonBehind> = {}): Promise<string> {
  const patientId = newId();
  const behind = { person: newId(), patientIds: [patientId], born: '1950-01-01', died: null };
  known.set(patientId, { ...behind, restricted: false, homes: [], ...more });
  if (isRegistered) await register(patientId);
  return patientId;
}

const register = (patientId: string) =>
  db.transaction((tx) =>
    state(
      tx,
      'relationship',
      patientId,
      {
        kind: 'registered',
        organisation: surgery,
        team: null,
        user: null,
        evidence: 'Patient/x',
        from: now - 1000,
        to: null,
      },
      saying(),
    ),
  );

const piece = (patientId: string | null, source: string | null = 'urn:openics:source:ZZ0001'): Piece => ({
  type: 'Condition',
  id: 'c1',
  patientId,
  dataClass: 'conditions',
  labels: [],
  source,
});

test('a list holds what belongs to people in the care of whoever asks', async () => {
  const { viewing } = await viewingNow();
  const [mine, other] = [await person(true), await person(false)];
  assert.deepEqual(await viewing.lists([piece(mine), piece(other), piece(mine)]), [true, false, true]);
});

test('what another partner said is held by that partner; what nobody known said is for nobody in care', async () => {
  const { viewing } = await viewingNow();
  const mine = await person(true);
  const elsewhere = 'https://fhir.nhs.uk/Id/ods-organization-code/ZZR01';
  const written = `urn:openics:organisation:${surgery}`;
  assert.deepEqual(
    await viewing.lists([
      piece(mine, elsewhere),
      piece(mine, written),
      piece(mine, 'urn:example:nobody'),
      piece(mine, null),
    ]),
    [true, true, false, false],
  );
});

test('a relationship that begins or ends counts within a second in a request that lasts', async () => {
  const { viewing } = await viewingNow();
  const later = await person(false);
  assert.deepEqual(await viewing.lists([piece(later)]), [false]);
  await register(later);
  now += 600;
  assert.deepEqual(await viewing.lists([piece(later)]), [true]);
});

test('a role that is taken away counts within a second in a request that lasts', async () => {
  const { viewing } = await viewingNow();
  const mine = await person(true);
  const [post] = await postsSaid(db, 'cis2:5551');
  await db.transaction((tx) => changePost(tx, post!.id, { to: now }, saying()));
  now += 600;
  const [decision] = await viewing.decide('read', [piece(mine)]);
  assert.equal(decision?.effect, 'deny');
  assert.equal(decision?.reasons[0]?.rule, 'role-in-force');
  await db.transaction((tx) => changePost(tx, post!.id, { to: null }, { by: 'provider:cis2', at: clock() }));
  await assert.doesNotReject(viewingNow());
});

test('roles follow what the provider proves, but nobody whom somebody here stopped comes back so', async () => {
  const moved: Identity = {
    ...identity,
    subject: '5552',
    roles: [{ id: '1', organisation: 'ZZ0003', role: 'R0260' }],
  };
  const stays = { ...moved, roles: identity.roles };
  const open = async () =>
    (await postsSaid(db, 'cis2:5552'))
      .filter(({ to }) => to === null)
      .map(({ organisation }) => organisation);
  await signIn(moved);
  const warren = await open();
  await signIn(stays);
  assert.deepEqual(await open(), [surgery]);
  await signIn(moved);
  assert.deepEqual(await open(), warren);
  const [post] = (await postsSaid(db, 'cis2:5552')).filter(({ to }) => to === null);
  await db.transaction((tx) => changePost(tx, post!.id, { to: now }, { by: 'staff-office', at: clock() }));
  await signIn(moved);
  assert.deepEqual(await open(), []);
});

test('somebody of one family name at one postcode counts as family', async () => {
  const standing = await asking.standings.ofVisit(visit, usual);
  const kin = await person(true, { homes: ['okafor ls11aa'] });
  const { viewing } = asking.viewing({ ...standing, homes: ['okafor ls11aa'] }, () => []);
  const [decision] = await viewing.decide('read', [piece(kin)]);
  assert.equal(decision?.effect, 'break-glass');
  assert.equal(decision?.reasons[0]?.rule, 'family');
});

test('what was shown is told once for each person, and a refusal only where nothing was shown', async () => {
  const { viewing, accesses } = await viewingNow();
  const [mine, other] = [await person(true), await person(false)];
  const stranger = piece(mine, 'urn:example:nobody');
  await viewing.decide('read', [piece(mine), stranger, piece(other)]);
  viewing.shows({ kind: 'read', patientId: mine, type: 'Condition' });
  viewing.shows({ kind: 'read', patientId: mine, type: 'Patient' });
  assert.deepEqual(
    accesses.all().map(({ person: who, outcome, types, rule }) => [who, outcome, types, rule]),
    [
      [known.get(mine)!.person, 'permitted', ['Condition', 'Patient'], 'care'],
      [known.get(other)!.person, 'refused', ['Condition'], 'relationship'],
    ],
  );
});

const purposeOf = async (said: string | undefined, chosen: string | undefined) =>
  (await asking.standings.ofVisit(visit, { said, chosen })).asker.purpose;

test('a purpose is as said, else as chosen where it fits the role, else the usual one', async () => {
  assert.equal(await purposeOf(undefined, undefined), 'TREAT');
  assert.equal(await purposeOf('COC', 'ETREAT'), 'COC');
  assert.equal(await purposeOf(undefined, 'ETREAT'), 'ETREAT');
  assert.equal(await purposeOf(undefined, 'PATRQT'), 'TREAT');
  await assert.rejects(purposeOf('PATRQT', undefined), { code: 'access/unknown-purpose' });
  await assert.rejects(
    purposeOf('BTG', undefined),
    { code: 'access/unknown-purpose' },
    'a glass is broken, not said',
  );
  assert.equal(await purposeOf(undefined, 'BTG'), 'TREAT');
});

test('ten thousand candidates of a thousand people are gone through in one question', async (t) => {
  const people = await Promise.all(Array.from({ length: 1000 }, (_, index) => person(index % 50 === 0)));
  const pieces = Array.from({ length: 10_000 }, (_, index) => piece(people[index % 1000]!));
  const { viewing } = await viewingNow();
  await viewing.lists(pieces);
  const before = process.cpuUsage();
  const seen = await viewing.lists(pieces);
  const { user, system: kernel } = process.cpuUsage(before);
  t.diagnostic(`10,000 rows, facts read: ${((user + kernel) / 1000).toFixed(1)} ms of processor`);
  assert.equal(seen.filter(Boolean).length, 200);
});

test('a search need not ask about people outside the reach of whoever asks, and reach holds all whom a list may hold', async () => {
  const { viewing } = await viewingNow();
  const [mine, other, broken] = [await person(true), await person(false), await person(false)];
  await db.transaction((tx) =>
    state(
      tx,
      'glass',
      broken,
      { user: 'cis2:5551', reason: 'Unconscious', from: now - 1000, to: null },
      saying(),
    ),
  );
  const reach = new Set(await viewing.reach());
  assert.deepEqual(
    [mine, other, broken].map((patient) => reach.has(patient)),
    [true, false, true],
  );
  const everybody = [...known.keys()];
  const listed = await viewing.lists(everybody.map((patient) => piece(patient)));
  for (const [index, patient] of everybody.entries()) if (listed[index]) assert.ok(reach.has(patient));
});

test('where no relationship is needed there is no such bound', async () => {
  const { viewing } = await viewingNow({ said: 'POPHLTH', chosen: undefined });
  assert.equal(await viewing.reach(), undefined);
});
