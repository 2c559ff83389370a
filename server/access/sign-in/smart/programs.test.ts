import assert, { fail } from 'node:assert/strict';
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import * as jose from 'jose';
import { database } from '../../../../test/support/database.ts';
import type { Db } from '../../../platform/db/index.ts';
import { createHttp } from '../../../platform/http/index.ts';
import { onlyTo } from '../outgoing.ts';
import { endClient, insertClient } from './clients.ts';
import { checkedKeys } from './key-length.ts';
import { registerPrograms } from './routes.ts';

type World = {
  db: Db;
  address: string;
  ask(assertion: string, scope: string): Promise<Response>;
  sign(more?: {
    claims?: jose.JWTPayload;
    alg?: string;
    key?: jose.CryptoKey | KeyObject;
    kid?: string;
  }): Promise<string>;
  whoIs(token: string): Promise<unknown>;
};

async function world(t: TestContext, clock = (): Date => new Date()): Promise<World> {
  const db = await database(t);
  const { publicKey, privateKey } = await jose.generateKeyPair('ES384', { extractable: true });
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'k1', alg: 'ES384', use: 'sig' };
  await insertClient(db, {
    clientId: 'lab-system',
    name: 'Laboratory system of the made-up trust',
    kind: 'program',
    organisation: 'RZZ',
    registration: { jwks: { keys: [jwk] } },
    scopes: ['system/Observation.cruds', 'system/Patient.rs'],
    registeredBy: 'test',
    from: new Date('2026-01-01T00:00:00Z'),
    to: undefined,
  });
  let address = '';
  const app = createHttp({ gate: async () => undefined });
  const programs = await registerPrograms(app, {
    db,
    clock,
    address: () => address,
    onError: fail,
    tokenRecording: () => async () => undefined,
  });
  app.get('/who', { config: { access: { action: 'read', resource: 'test' } } }, async (request) => {
    const program = await programs.programOf(request);
    return { who: program?.client.clientId ?? null, may: program?.scopes.map(({ text }) => text) ?? [] };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  address = `http://localhost:${(app.server.address() as { port: number }).port}`;
  return {
    db,
    address,
    ask: (assertion, scope) =>
      fetch(`${address}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
          scope,
        }),
      }),
    sign: ({ claims = {}, alg = 'ES384', key = privateKey, kid = 'k1' } = {}) =>
      new jose.SignJWT({
        iss: 'lab-system',
        sub: 'lab-system',
        aud: `${address}/oauth/token`,
        jti: randomUUID(),
        exp: Math.floor(Date.now() / 1000) + 240,
        ...claims,
      })
        .setProtectedHeader({ alg, kid, typ: 'JWT' })
        .sign(key),
    whoIs: async (token) =>
      (await fetch(`${address}/who`, { headers: { authorization: `Bearer ${token}` } })).json(),
  };
}

async function tokenOf(answer: Response): Promise<string> {
  assert.equal(answer.status, 200, await answer.clone().text());
  return ((await answer.json()) as { access_token: string }).access_token;
}

test('a registered program signs an assertion, gets a token for five minutes, and is known by it', async (t) => {
  const { ask, sign, whoIs } = await world(t);
  const answer = await ask(await sign(), 'system/Observation.rs system/Condition.rs');
  const body = (await answer.clone().json()) as Record<string, unknown>;
  assert.equal(body['expires_in'], 300);
  assert.equal(body['token_type'], 'Bearer');
  assert.equal(body['scope'], 'system/Observation.rs');
  assert.deepEqual(await whoIs(await tokenOf(answer)), {
    who: 'lab-system',
    may: ['system/Observation.rs'],
  });
});

test('scopes that were not registered give no token', async (t) => {
  const { ask, sign } = await world(t);
  const answer = await ask(await sign(), 'system/*.cruds');
  assert.equal(answer.status, 400);
  assert.equal(((await answer.json()) as { error: string }).error, 'invalid_scope');
});

test('an assertion is good once', async (t) => {
  const { ask, sign } = await world(t);
  const assertion = await sign();
  assert.equal((await ask(assertion, 'system/Patient.rs')).status, 200);
  assert.equal((await ask(assertion, 'system/Patient.rs')).status, 401);
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An assertion that says of itself that it needs no signature. */
function unsigned(clientId: string): string {
  const claims = {
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    exp: Math.floor(Date.now() / 1000) + 240,
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

test('an assertion of another key, method or server, unsigned, too old, or from nobody we know is refused', async (t) => {
  const { ask, sign } = await world(t);
  const other = await jose.generateKeyPair('ES384');
  const bad = [
    await sign({ key: other.privateKey }),
    await sign({ claims: { aud: 'https://elsewhere.example/token' } }),
    await sign({ claims: { exp: Math.floor(Date.now() / 1000) - 3600 } }),
    await sign({ claims: { iss: 'nobody', sub: 'nobody' } }),
    await sign({ alg: 'ES256', key: (await jose.generateKeyPair('ES256')).privateKey }),
    unsigned('lab-system'),
    'not.a.token',
  ];
  for (const assertion of bad) {
    const { status } = await ask(assertion, 'system/Patient.rs');
    assert.ok(status === 400 || status === 401, String(status));
  }
});

test('when a registration ends, its tokens end with it', async (t) => {
  const { db, ask, sign, whoIs } = await world(t);
  const token = await tokenOf(await ask(await sign(), 'system/Patient.rs'));
  assert.equal(await endClient(db, 'lab-system', new Date()), true);
  assert.deepEqual(await whoIs(token), { who: null, may: [] });
  assert.equal((await ask(await sign(), 'system/Patient.rs')).status, 401);
});

test('a made-up token is nobody', async (t) => {
  const { whoIs } = await world(t);
  for (const token of ['x', 'A'.repeat(43), 'a b'])
    assert.deepEqual(await whoIs(token), { who: null, may: [] });
});

test('tokens are not in the database, only their digests', async (t) => {
  const { db, ask, sign } = await world(t);
  const token = await tokenOf(await ask(await sign(), 'system/Patient.rs'));
  const rows = await db.query<{ text: string }>('select oauth_item::text as text from access.oauth_item');
  assert.ok(rows.length > 0);
  assert.ok(rows.every(({ text }) => !text.includes(token)));
});

test('the server says where tokens are had', async (t) => {
  const { address } = await world(t);
  const said = (await (await fetch(`${address}/fhir/.well-known/smart-configuration`)).json()) as Record<
    string,
    unknown
  >;
  assert.equal(said['token_endpoint'], `${address}/oauth/token`);
});

test('RSA of 2048 bits signs for a program up to the last day of its exception; then the answer names the key', async (t) => {
  let now = new Date('2027-03-31T22:30:00Z');
  const { db, ask, sign } = await world(t, () => now);
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'old', alg: 'RS384', use: 'sig' }];
  const publishing = createServer((_request, response) => response.end(JSON.stringify({ keys })));
  await new Promise<void>((resolve) => publishing.listen(0, '127.0.0.1', resolve));
  t.after(() => publishing.close());
  const rsa2048Until = { day: '2027-03-31', reason: 'Its maker changes the key in spring.' };
  const address = `http://127.0.0.1:${(publishing.address() as AddressInfo).port}/jwks.json`;
  const register = (clientId: string, registration: Record<string, unknown>): Promise<void> =>
    insertClient(db, {
      clientId,
      name: 'A program with an old key',
      kind: 'program',
      organisation: 'RZZ',
      registration,
      scopes: ['system/Patient.rs'],
      registeredBy: 'test',
      from: new Date('2026-01-01T00:00:00Z'),
      to: undefined,
    });
  await register('from-file', { jwks: { keys }, rsa2048Until });
  await register('publishing', { jwks_uri: address, rsa2048Until });
  await register('without', { jwks: { keys } });
  const checked = checkedKeys(
    db,
    () => now,
    onlyTo(({ href }) => href === address),
  );
  const published = async (): Promise<unknown> =>
    ((await (await checked.ask(address)).json()) as { keys: unknown }).keys;
  const asked = async (clientId: string): Promise<{ status: number; said: string }> => {
    const claims = { iss: clientId, sub: clientId };
    const answer = await ask(
      await sign({ claims, alg: 'RS384', key: privateKey, kid: 'old' }),
      'system/Patient.rs',
    );
    return { status: answer.status, said: await answer.text() };
  };
  assert.equal((await asked('from-file')).status, 200);
  assert.deepEqual(await published(), keys);
  const refused = await asked('without');
  assert.equal(refused.status, 401);
  assert.match(refused.said, /The key old is RSA of 2048 bits; 3072 is the least.*--rsa2048-until/);
  now = new Date('2027-03-31T23:30:00Z');
  assert.match((await asked('from-file')).said, /The key old is RSA of 2048 bits/);
  assert.deepEqual(await published(), []);
  const assertion = await sign({ claims: { sub: 'publishing' }, alg: 'RS384', key: privateKey, kid: 'old' });
  assert.match((await checked.whyRefused(assertion)) ?? '', /The key old is RSA of 2048 bits/);
  assert.equal(await checked.whyRefused('not.a.token'), undefined);
});
