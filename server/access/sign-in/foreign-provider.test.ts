import assert, { fail } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { createHttp } from '../../platform/http/index.ts';
import { browser, type Browser } from '../../../test/support/cookie-browser.ts';
import { registerSignIn } from './index.ts';
import type { ProviderSettings } from './index.ts';

const lastDay = new Date('2027-03-31T22:30:00Z');

/** Signs in by a provider in another process, over real sockets, which says these claims of everybody. */
async function visitorOf(
  t: TestContext,
  claims: object,
  more: Partial<ProviderSettings>,
  { calledItself = '', shortKey }: { calledItself?: string; shortKey?: string } = {},
): Promise<Browser> {
  const child = spawn(process.execPath, [
    path.join(import.meta.dirname, 'foreign-provider.fixture.ts'),
    JSON.stringify(claims),
    calledItself,
    ...(shortKey === undefined ? [] : [shortKey]),
  ]);
  t.after(() => child.kill());
  const [issuer] = (await once(createInterface(child.stdout), 'line')) as [string];
  let address = '';
  const app = createHttp({ gate: async () => undefined });
  await registerSignIn(app, {
    db: await database(t),
    clock: () => (shortKey === undefined ? new Date() : lastDay),
    address: () => address,
    providers: [
      {
        name: 'trust',
        label: 'Trust sign-in',
        issuer,
        clientId: 'openics',
        scope: 'openid profile',
        kind: 'staff',
        claims: 'cis2',
        leastAssurance: 0,
        ...more,
      },
    ],
    record: { note: async () => undefined, recording: async () => async () => undefined },
    onError: calledItself === '' && shortKey === undefined ? fail : () => undefined,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  address = `http://localhost:${(app.server.address() as { port: number }).port}`;
  return browser(address);
}

test('staff sign in with a provider of another maker, by the roles that NHS CIS2 says', async (t) => {
  const visitor = await visitorOf(
    t,
    {
      sub: '555000111',
      name: 'Nora Nurse',
      idassurancelevel: '3',
      nhsid_nrbac_roles: [{ person_roleid: '1', org_code: 'RZZ', role_code: 'S8000:G8000:R8001' }],
    },
    { leastAssurance: 3 },
  );
  await visitor.get('/sign-in/start?provider=trust');
  const session = await visitor.json('/api/session');
  assert.partialDeepStrictEqual(session['role'], { id: '1', organisation: 'RZZ', role: 'R8001' });
});

test('claims of another shape are read by a mapping in the settings', async (t) => {
  const visitor = await visitorOf(
    t,
    { sub: 'k1', preferred_username: 'nnurse', access: { jobs: [{ place: 'LA1', as: 'R0243' }] } },
    {
      claims: {
        name: ['preferred_username'],
        roles: { at: 'access.jobs', organisation: 'place', role: 'as' },
      },
    },
  );
  await visitor.get('/sign-in/start?provider=trust');
  const session = await visitor.json('/api/session');
  assert.equal(session['name'], 'nnurse');
  assert.partialDeepStrictEqual(session['role'], { id: 'LA1:R0243', organisation: 'LA1', role: 'R0243' });
});

test('somebody without a job at the provider is not let in, and is told whom to ask', async (t) => {
  const visitor = await visitorOf(t, { sub: 'k2', name: 'No Job' }, {});
  const answer = await visitor.get('/sign-in/start?provider=trust');
  assert.equal(answer.status, 403);
  assert.match(await answer.text(), /names no job in any organisation/);
});

test('an identity token for somebody else’s program is refused', async (t) => {
  const visitor = await visitorOf(t, { sub: 'k3', name: 'X', aud: 'another-program' }, {});
  const answer = await visitor.get('/sign-in/start?provider=trust');
  assert.equal(answer.status, 403);
  assert.equal((await visitor.json('/api/session'))['signedIn'], false);
});

test('an identity token that ended is refused', async (t) => {
  const visitor = await visitorOf(t, { sub: 'k4', name: 'X', exp: 1_600_000_000, iat: 1_599_999_000 }, {});
  const answer = await visitor.get('/sign-in/start?provider=trust');
  assert.equal(answer.status, 403);
});

test('a provider that calls itself by the name of another is not believed, and nobody is sent to it', async (t) => {
  const visitor = await visitorOf(t, { sub: 'k5', name: 'X' }, {}, { calledItself: 'https://cis2.example' });
  const answer = await visitor.getOnly('/sign-in/start?provider=trust');
  assert.equal(answer.status, 503);
  assert.equal(answer.headers.get('location'), null);
});

test('an answer that says it is from another provider than the one somebody left for is refused', async (t) => {
  const visitor = await visitorOf(t, { sub: 'k6', name: 'X' }, {});
  const left = await visitor.getOnly('/sign-in/start?provider=trust');
  const asked = new URL(left.headers.get('location')!);
  const came = new URLSearchParams({
    code: 'a-code-of-the-other',
    state: asked.searchParams.get('state')!,
    iss: 'https://other.example',
  });
  const answer = await visitor.getOnly(`/sign-in/back?${came}`);
  assert.equal(answer.status, 403);
  assert.equal((await visitor.json('/api/session'))['signedIn'], false);
});

test('a code that another provider gave leads to nobody, because it is taken to the one somebody left for', async (t) => {
  const visitor = await visitorOf(t, { sub: 'k7', name: 'X', nonce: 'of another trip' }, {});
  const answer = await visitor.get('/sign-in/start?provider=trust');
  assert.equal(answer.status, 403);
});

test('a provider that signs with RSA of 2048 bits is believed up to the last day of an exception, and not after', async (t) => {
  const claims = {
    sub: 'k8',
    name: 'Nora Nurse',
    nhsid_nrbac_roles: [{ person_roleid: '1', org_code: 'RZZ', role_code: 'S8000:G8000:R8001' }],
  };
  const reason = 'The provider changes its keys in spring.';
  const visitor = await visitorOf(
    t,
    claims,
    { rsa2048Until: { day: '2027-03-31', reason } },
    { shortKey: 'a1' },
  );
  const answer = await visitor.get('/sign-in/start?provider=trust');
  assert.equal((await visitor.json('/api/session'))['name'], 'Nora Nurse', String(answer.status));

  const late = await visitorOf(
    t,
    claims,
    { rsa2048Until: { day: '2027-03-30', reason } },
    { shortKey: 'b2' },
  );
  const refused = await late.get('/sign-in/start?provider=trust');
  assert.equal(refused.status, 503);
  assert.match(await refused.text(), /The key b2 is RSA of 2048 bits; 3072 is the least.*rsa2048Until/s);
  assert.equal((await late.json('/api/session'))['signedIn'], false);
});
