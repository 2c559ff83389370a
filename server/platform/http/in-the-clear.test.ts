import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createHttp } from './app.ts';

const access = { action: 'read', resource: 'test' } as const;
const host = 'ics.example';

function served() {
  const app = createHttp({ gate: async () => undefined, address: () => `https://${host}` });
  app.get('/plain', { config: { access } }, async () => ({ ok: true }));
  app.post('/write', { config: { access } }, async () => ({ ok: true }));
  return app;
}

test('what came without TLS to an address that has it is refused and never redirected', async () => {
  const app = served();
  const ask = (forwarded?: string) =>
    app.inject({
      url: '/plain',
      headers: { host, ...(forwarded === undefined ? {} : { 'x-forwarded-proto': forwarded }) },
    });
  for (const forwarded of ['http', 'HTTP', 'https, http', 'http, https', 'ws']) {
    const answer = await ask(forwarded);
    assert.equal(answer.statusCode, 403, forwarded);
    assert.equal(answer.headers.location, undefined);
    assert.match(answer.body, /without TLS/);
  }
  assert.equal((await ask('https')).statusCode, 200);
  assert.equal((await ask()).statusCode, 200);
});

test('a message with two lengths, or with a length that is not plain, is refused whole', async (t) => {
  const app = served();
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  const { port } = app.server.address() as { port: number };
  const begin = `POST /write HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
  const hidden = `GET /plain HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const hostile = [
    `Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}${hidden}`,
    `Content-Length: +2\r\n\r\n{}${hidden}`,
    `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
    `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `Content-Length: 2\r\n Transfer-Encoding: chunked\r\n\r\n{}${hidden}`,
  ];
  for (const rest of hostile) {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.setEncoding('latin1').on('data', (text: string) => (said += text));
    socket.write(begin + rest);
    await once(socket, 'close');
    assert.match(said, /^HTTP\/1\.1 400 /, rest);
    assert.equal(said.match(/HTTP\/1\.1/g)?.length, 1, rest);
  }
});
