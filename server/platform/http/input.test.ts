import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { createHttp } from './app.ts';

const config = { access: { action: 'read', resource: 'test' } } as const;
const headers = { host: 'localhost' };

function served() {
  const app = createHttp({ gate: async () => undefined });
  const Asked = Type.Object({
    place: Type.String(),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  });
  const Given = Type.Object(
    { place: Type.String(), isOpen: Type.Boolean() },
    { additionalProperties: false },
  );
  app.get('/find', { config, schema: { querystring: Asked } }, async ({ query }) => ({ query }));
  app.post('/give', { config, schema: { body: Given } }, async ({ body, query }) => ({ body, query }));
  return app;
}

test('a parameter that is given twice is refused where one is asked for, instead of one of them being chosen', async () => {
  const app = served();
  assert.equal((await app.inject({ url: '/find?place=a&place=b', headers })).statusCode, 400);
  assert.equal((await app.inject({ url: '/find?place[]=a', headers })).statusCode, 400);
  assert.deepEqual((await app.inject({ url: '/find?place=a', headers })).json(), { query: { place: 'a' } });
});

test('what stands in the address, in the body and in a cookie is never mixed', async () => {
  const answer = await served().inject({
    method: 'POST',
    url: '/give?place=query&isOpen=true',
    headers: { ...headers, cookie: 'place=cookie; isOpen=true' },
    payload: { place: 'body', isOpen: false },
  });
  assert.deepEqual(answer.json().body, { place: 'body', isOpen: false });
  const missing = await served().inject({
    method: 'POST',
    url: '/give?place=query&isOpen=true',
    headers: { ...headers, cookie: 'place=cookie; isOpen=true' },
    payload: { place: 'body' },
  });
  assert.equal(missing.statusCode, 400);
});

/** Sends JSON as it is written here, as a program could. */
const send = (payload: string) =>
  served().inject({
    method: 'POST',
    url: '/give',
    headers: { ...headers, 'content-type': 'application/json' },
    payload,
  });

test('a field that a route did not ask for does not reach it, nor does a prototype', async () => {
  const extra = await send('{"place":"body","isOpen":false,"role":"admin"}');
  assert.equal(extra.json().body?.role, undefined);
  const hostile = await send('{"place":"body","isOpen":false,"__proto__":{"isAdmin":true}}');
  assert.equal(hostile.statusCode, 400);
  assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
});

test('a value of another kind is refused, not bent until it fits', async () => {
  const app = served();
  assert.equal((await app.inject({ url: '/find?place=a&most=1.5', headers })).statusCode, 400);
  assert.equal((await app.inject({ url: '/find?place=a&most=1e999', headers })).statusCode, 400);
  for (const isOpen of [{}, [1, 2], 'perhaps'])
    assert.equal(
      (await app.inject({ method: 'POST', url: '/give', headers, payload: { place: 'a', isOpen } }))
        .statusCode,
      400,
      JSON.stringify(isOpen),
    );
});

test('an address is decoded once: what is encoded twice stays encoded', async () => {
  const answer = await served().inject({ url: '/find?place=%2541da%2526most%253D1', headers });
  assert.deepEqual(answer.json(), { query: { place: '%41da%26most%3D1' } });
});

test('every answer with a body says its type and that its letters are UTF-8', async () => {
  const app = served();
  for (const url of ['/find?place=a', '/find', '/nowhere']) {
    const { headers: said } = await app.inject({ url, headers });
    assert.match(String(said['content-type']), /^application\/(?:problem\+)?json; ?charset=utf-8$/i, url);
  }
});
