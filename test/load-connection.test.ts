import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { Connection } from '../bench/load/connection.ts';

const server = createServer({ keepAlive: true }, (request, response) => response.end(request.url));
server.maxRequestsPerSocket = 2;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => server.close());

test('a load goes on over another connection when the server ends one after so many requests', async () => {
  const { port } = server.address() as AddressInfo;
  const connection = await Connection.open('127.0.0.1', port);
  for (let n = 0; n < 7; n += 1) {
    const { status, body } = await connection.send(`GET /${n} HTTP/1.1\r\nHost: localhost\r\n\r\n`, true);
    assert.deepEqual([status, body.toString()], [200, `/${n}`]);
  }
  connection.close();
});
