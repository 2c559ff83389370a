import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { onlyTo } from './outgoing.ts';

test('only addresses on the list are asked, and nobody is followed elsewhere', async (t) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    if (request.url === '/moved') response.writeHead(302, { location: '/keys' });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const list = new Set([`${here}/keys`, `${here}/moved`]);
  const ask = onlyTo(async ({ href }) => list.has(href));
  assert.equal((await ask(`${here}/keys`, {})).status, 200);
  await assert.rejects(ask(`${here}/keys/other`, {}), /not among the addresses/);
  await assert.rejects(ask(`${here}/moved`, { redirect: 'follow' }));
  list.clear();
  await assert.rejects(ask(`${here}/keys`, {}), /not among the addresses/);
  assert.deepEqual(asked, ['/keys', '/moved']);
});
