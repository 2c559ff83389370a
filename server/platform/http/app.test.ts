import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHttp, type HttpOptions } from './app.ts';

const access = { action: 'read', resource: 'test' } as const;

function served(more: Partial<HttpOptions> = {}) {
  const app = createHttp({ gate: async () => undefined, address: () => 'https://ics.example', ...more });
  app.get('/plain', { config: { access } }, async () => ({ ok: true }));
  app.get('/page', { config: { access } }, async (_request, reply) =>
    reply.header('content-security-policy', "script-src 'self'").send('page'),
  );
  const limit = { word: 'sign-in', atOnce: 2, perMinute: 60 };
  app.get('/limited', { config: { access, limit } }, async () => ({ ok: true }));
  app.get('/limited/too', { config: { access, limit } }, async () => ({ ok: true }));
  app.post('/write', { config: { access } }, async (request) => ({ had: request.body !== undefined }));
  app.post('/token', { config: { access, anySite: true } }, async () => ({ ok: true }));
  return app;
}

const host = 'ics.example';

test('every answer says that it is kept nowhere, framed by nobody and read by no other site', async () => {
  const { headers } = await served().inject({ url: '/plain', headers: { host } });
  assert.equal(headers['cache-control'], 'no-store');
  assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'same-origin');
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  assert.match(String(headers['permissions-policy']), /camera=\(\)/);
  assert.match(String(headers['strict-transport-security']), /max-age=31536000/);
});

test('a refusal and an unknown address say so too', async () => {
  const app = served();
  for (const [url, name] of [
    ['/nowhere', host],
    ['/plain', 'evil.example'],
  ]) {
    const { headers } = await app.inject({ url: url!, headers: { host: name } });
    assert.equal(headers['x-content-type-options'], 'nosniff', url);
  }
});

test('a page may say more of its own', async () => {
  const { headers } = await served().inject({ url: '/page', headers: { host } });
  assert.equal(headers['content-security-policy'], "script-src 'self'");
});

test('browsers are told to stay with https only where it is used', async () => {
  const app = served({ address: () => 'http://localhost:8080' });
  const { headers } = await app.inject({ url: '/plain', headers: { host: 'localhost:8080' } });
  assert.equal(headers['strict-transport-security'], undefined);
});

test('who asks too often is told to wait, by all routes of one word together, and others are not held up', async () => {
  const app = served();
  const ask = (url: string, remoteAddress: string) => app.inject({ url, remoteAddress, headers: { host } });
  assert.equal((await ask('/limited', '192.0.2.1')).statusCode, 200);
  assert.equal((await ask('/limited/too', '192.0.2.1')).statusCode, 200);
  const third = await ask('/limited', '192.0.2.1');
  assert.equal(third.statusCode, 429);
  assert.equal(third.headers['retry-after'], '1');
  assert.equal((third.json() as { code: string }).code, 'http/too-many');
  assert.equal((await ask('/limited', '192.0.2.2')).statusCode, 200);
  assert.equal((await ask('/plain', '192.0.2.1')).statusCode, 200);
});

test('behind a server of ours, it is the first asker who is counted', async () => {
  const app = served({ proxies: ['192.0.2.9'] });
  const ask = (from: string, remoteAddress = '192.0.2.9') =>
    app.inject({ url: '/limited', remoteAddress, headers: { host, 'x-forwarded-for': from } });
  for (const expected of [200, 200, 429]) assert.equal((await ask('198.51.100.1')).statusCode, expected);
  assert.equal((await ask('198.51.100.2')).statusCode, 200);
  assert.equal(
    (await ask('203.0.113.5, 198.51.100.1')).statusCode,
    429,
    'what somebody adds in front counts for nothing',
  );
  for (const expected of [200, 200, 429])
    assert.equal((await ask(`198.51.100.${expected}`, '203.0.113.7')).statusCode, expected);
});

test('without one, nobody passes for another by a header', async () => {
  const app = served();
  const ask = (from: string) => app.inject({ url: '/limited', headers: { host, 'x-forwarded-for': from } });
  for (const expected of [200, 200, 429])
    assert.equal((await ask(`192.0.2.${expected + Math.random()}`)).statusCode, expected);
});

test('another site’s page may use the token endpoint, and nothing that a cookie opens', async () => {
  const app = served();
  const from = { host, origin: 'https://app.example', 'sec-fetch-site': 'cross-site' };
  const send = async (url: string, headers: Record<string, string>) =>
    (await app.inject({ method: 'POST', url, headers })).statusCode;
  assert.equal(await send('/token', from), 200);
  assert.equal(await send('/write', from), 403);
  assert.equal(await send('/write', { ...from, authorization: 'Bearer x' }), 200);
  assert.equal(
    await send('/write', { ...from, authorization: 'Bearer x', cookie: 'openics-session=y' }),
    403,
  );
});

test('on a server for this machine only, no token makes up for another site’s origin', async () => {
  const app = createHttp({ gate: async () => undefined });
  app.post('/write', { config: { access } }, async () => ({ ok: true }));
  const headers = { host: 'localhost', origin: 'https://app.example', authorization: 'Bearer x' };
  assert.equal((await app.inject({ method: 'POST', url: '/write', headers })).statusCode, 403);
});

test('a body over the limit is refused as too large', async () => {
  const app = served({ bodyLimit: 1000 });
  const headers = { host, 'content-type': 'application/json' };
  const payload = JSON.stringify({ text: 'x'.repeat(2000) });
  const answer = await app.inject({ method: 'POST', url: '/write', headers, payload });
  assert.equal(answer.statusCode, 413);
});

test('a route that does not say who may call it cannot be added', () => {
  const app = createHttp({ gate: async () => undefined });
  assert.throws(() => app.get('/open', async () => ({})), { code: 'platform/route-without-access' });
});

test('TRACE is not answered', async () => {
  const answer = await served().inject({ method: 'TRACE' as 'GET', url: '/plain', headers: { host } });
  assert.ok(answer.statusCode >= 400, String(answer.statusCode));
});
