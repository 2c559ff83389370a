import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../platform/db/index.ts';
import { ritaResident, staff } from '../../../test/support/personas.ts';
import { database } from '../../../test/support/database.ts';
import { createHttp } from '../../platform/http/index.ts';
import type { SignInEvent, Persona } from './index.ts';
import { countVisits, endVisits, registerSignIn, type SignIn } from './index.ts';
import type { ProviderSettings } from './index.ts';
import { browser, type Browser } from '../../../test/support/cookie-browser.ts';

const personas: Persona[] = [
  staff('nurse', 'Nora Nurse', 'District nurse, Northside', [
    { id: '1', organisation: 'RZZ', role: 'R8001', roleName: 'Nurse' },
  ]),
  staff('two-jobs', 'Tess Two', 'GP, and clinical director', [
    { id: '1', organisation: 'Y99001', role: 'R0260' },
    { id: '2', organisation: 'U99', role: 'R0050' },
  ]),
  ritaResident,
];

type World = {
  db: Db;
  address: string;
  signIn: SignIn;
  events: SignInEvent[];
  visitor: Browser;
  pass(ms: number): void;
};

async function world(t: TestContext, providers: ProviderSettings[] = []): Promise<World> {
  const db = await database(t);
  let now = Date.parse('2026-03-02T09:00:00Z');
  let address = '';
  const events: SignInEvent[] = [];
  const errors: unknown[] = [];
  t.after(() => assert.equal(errors.length, providers.length, 'what was told as wrong'));
  const app = createHttp({ gate: async () => undefined });
  const signIn = await registerSignIn(app, {
    db,
    clock: () => new Date(now),
    address: () => address,
    providers,
    personas: async () => personas,
    record: {
      note: async (event) => void events.push(event),
      recording: async (event) => async () => void events.push(event),
    },
    onError: (error) => void errors.push(error),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  address = `http://localhost:${(app.server.address() as { port: number }).port}`;
  return { db, address, signIn, events, visitor: browser(address), pass: (ms) => void (now += ms) };
}

async function signInAs(visitor: Browser, persona: string, provider = 'demonstration'): Promise<Response> {
  const choice = await visitor.get(`/sign-in/start?provider=${provider}&to=/people`);
  return visitor.post(new URL(choice.url).pathname, { persona });
}

test('a nurse chooses who she is, comes back signed in, and lands where she was going', async (t) => {
  const { visitor, events } = await world(t);
  const landed = await signInAs(visitor, 'nurse');
  assert.equal(new URL(landed.url).pathname, '/people');
  const session = await visitor.json('/api/session');
  assert.equal(session['name'], 'Nora Nurse');
  const { parts, ...role } = session['role'] as { parts: string[] };
  assert.ok(parts.includes('record') && !parts.includes('privacy'));
  assert.deepEqual(role, {
    id: '1',
    organisation: 'RZZ',
    organisationName: 'RZZ',
    role: 'R8001',
    roleName: 'Nurse',
    profile: 'clinician',
    usualPurpose: 'TREAT',
  });
  assert.deepEqual(
    events.map(({ what, provider }) => [what, provider]),
    [['signed-in', 'demonstration']],
  );
});

test('somebody with two jobs picks one, and can hold no other', async (t) => {
  const { visitor } = await world(t);
  const landed = await signInAs(visitor, 'two-jobs');
  assert.equal(new URL(landed.url).pathname + new URL(landed.url).search, '/sign-in/role?to=%2Fpeople');
  assert.equal((await visitor.json('/api/session'))['role'], null);
  assert.equal((await visitor.send('PUT', '/api/session/role', { role: '3' })).status, 403);
  assert.equal((await visitor.send('PUT', '/api/session/role', { role: '2' })).status, 204);
  assert.equal(
    ((await visitor.json('/api/session'))['role'] as { organisation: string }).organisation,
    'U99',
  );
});

test('a resident signs in by the way for residents, and is told nothing of staff roles', async (t) => {
  const { visitor } = await world(t);
  await signInAs(visitor, 'resident', 'demonstration-resident');
  const session = await visitor.json('/api/session');
  assert.equal(session['kind'], 'person');
  assert.deepEqual(session['roles'], []);
});

test('staff cannot come in by the way for residents: they have proved no NHS number', async (t) => {
  const { visitor, events } = await world(t);
  const answer = await signInAs(visitor, 'nurse', 'demonstration-resident');
  assert.equal(answer.status, 403);
  assert.equal((await visitor.json('/api/session'))['signedIn'], false);
  assert.equal(events.at(-1)?.what, 'refused');
});

test('a visit ends 20 minutes after the last request, and after 13 hours whatever is asked', async (t) => {
  const { visitor, pass } = await world(t);
  await signInAs(visitor, 'nurse');
  for (let minutes = 0; minutes < 13 * 60 - 19; minutes += 19) {
    assert.equal((await visitor.json('/api/session'))['signedIn'], true, `${minutes} minutes`);
    pass(19 * 60_000);
  }
  pass(19 * 60_000);
  assert.equal((await visitor.json('/api/session'))['signedIn'], false);
  await signInAs(visitor, 'nurse');
  pass(20 * 60_000);
  assert.equal((await visitor.json('/api/session'))['signedIn'], false);
});

test('signing out everywhere ends the visit on the other machine too, within a second', async (t) => {
  const { visitor, address } = await world(t);
  const phone = browser(address);
  await signInAs(visitor, 'nurse');
  await signInAs(phone, 'nurse');
  assert.equal((await visitor.send('DELETE', '/api/session/everywhere')).status, 200);
  assert.equal((await phone.json('/api/session'))['signedIn'], false);
  assert.equal((await visitor.json('/api/session'))['signedIn'], false);
});

const isSignedIn = async (who: Browser) => (await who.json('/api/session'))['signedIn'];

test('an operator signs one user out everywhere, or everybody, within a second', async (t) => {
  const { visitor, address, db } = await world(t);
  const other = browser(address);
  await signInAs(visitor, 'nurse');
  await signInAs(other, 'two-jobs');
  assert.deepEqual((await countVisits(db)).map(({ user, visits }) => [user, visits]).toSorted(), [
    ['demonstration:nurse', 1],
    ['demonstration:two-jobs', 1],
  ]);
  const at = new Date('2026-03-02T09:00:00Z');
  assert.equal(await endVisits(db, 'demonstration:nurse', { at, why: 'test' }), 1);
  await pause(600);
  assert.deepEqual([await isSignedIn(visitor), await isSignedIn(other)], [false, true]);
  assert.equal(await endVisits(db, undefined, { at, why: 'test' }), 1);
  await pause(600);
  assert.equal(await isSignedIn(other), false);
});

test('a leaver is out within a second of the change, whichever server they were on', async (t) => {
  const { visitor, db } = await world(t);
  await signInAs(visitor, 'nurse');
  const at = new Date('2026-03-02T09:00:00Z');
  assert.equal(await endVisits(db, 'demonstration:nurse', { at, why: 'left' }), 1);
  await pause(600);
  assert.equal((await visitor.json('/api/session'))['signedIn'], false);
});

test('no script can read the word that leads to a visit, and no other site can send it', async (t) => {
  const { visitor } = await world(t);
  await signInAs(visitor, 'nurse');
  const [line] = visitor.setCookies.filter((each) => each.startsWith('openics-session='));
  assert.match(line ?? '', /; HttpOnly; SameSite=Lax/);
});

test('a sign-in that began in another browser is refused', async (t) => {
  const { visitor, address } = await world(t);
  const thief = browser(address);
  const choice = await visitor.get('/sign-in/start?provider=demonstration');
  const back = await visitor.postOnly(new URL(choice.url).pathname, { persona: 'nurse' });
  const resumed = await visitor.getOnly(back.headers.get('location') ?? '');
  const stolen = resumed.headers.get('location') ?? '';
  assert.match(stolen, /\/sign-in\/back\?/);
  assert.equal((await thief.get(new URL(stolen).pathname + new URL(stolen).search)).status, 403);
  assert.equal((await thief.json('/api/session'))['signedIn'], false);
});

test('somebody who was away for ten minutes begins anew', async (t) => {
  const { visitor, pass } = await world(t);
  const choice = await visitor.get('/sign-in/start?provider=demonstration');
  const back = await visitor.postOnly(new URL(choice.url).pathname, { persona: 'nurse' });
  const resumed = await visitor.getOnly(back.headers.get('location') ?? '');
  pass(10 * 60_000);
  const came = new URL(resumed.headers.get('location') ?? '');
  assert.equal((await visitor.getOnly(came.pathname + came.search)).status, 403);
  assert.equal((await visitor.json('/api/session'))['signedIn'], false);
});

test('nobody is led to another site after signing in', async (t) => {
  const { visitor } = await world(t);
  for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
    const choice = await visitor.get(`/sign-in/start?provider=demonstration&to=${encodeURIComponent(to)}`);
    const landed = await visitor.post(new URL(choice.url).pathname, { persona: 'nurse' });
    assert.equal(new URL(landed.url).origin, new URL(choice.url).origin, to);
    assert.equal(new URL(landed.url).pathname, '/', to);
  }
});

test('a provider that does not answer is named, and nothing is broken; why stands in the operating log', async (t) => {
  const away: ProviderSettings = {
    name: 'away',
    label: 'Trust sign-in',
    issuer: 'http://127.0.0.1:9',
    clientId: 'openics',
    scope: 'openid',
    kind: 'staff',
    claims: 'cis2',
    leastAssurance: 3,
  };
  const { visitor } = await world(t, [away]);
  const answer = await visitor.get('/sign-in/start?provider=away');
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /Trust sign-in does not answer just now/);
});

test('who begins to sign in again and again is told to wait', async (t) => {
  const { visitor } = await world(t);
  let answer = await visitor.getOnly('/sign-in/start?provider=nobody');
  for (let n = 0; n < 200 && answer.status !== 429; n++)
    answer = await visitor.getOnly('/sign-in/start?provider=nobody');
  assert.equal(answer.status, 429);
  assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
});

test('signing in anew gives a new word and ends the visit before', async (t) => {
  const { visitor, address } = await world(t);
  await signInAs(visitor, 'nurse');
  const before = visitor.cookiesAt('/api/session');
  await signInAs(visitor, 'nurse');
  assert.notEqual(visitor.cookiesAt('/api/session'), before);
  const old = await fetch(`${address}/api/session`, { headers: { cookie: before } });
  assert.equal(((await old.json()) as { signedIn: boolean }).signedIn, false);
});
