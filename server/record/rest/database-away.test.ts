import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { databaseAddress } from '../../../test/support/database.ts';
import { openDb } from '../../platform/db/index.ts';
import { testServer } from './test-server.ts';

/** A socket that leads to the database until it is cut. */
async function wire(
  to: net.NetConnectOpts,
): Promise<{ folder: string; cut(): Promise<void>; join(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-wire-'));
  const open = new Set<net.Socket>();
  let server: net.Server | undefined;
  const join = async (): Promise<void> => {
    server = net.createServer((near) => {
      const far = net.connect(to);
      for (const socket of [near, far]) {
        open.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => open.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server!.listen(path.join(folder, '.s.PGSQL.5432'), resolve));
  };
  const cut = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server!.close(resolve));
  };
  await join();
  return { folder, cut, join };
}

const { url } = await databaseAddress();
const [, user, password = '', hostPort, name, parameters] =
  /^postgres(?:ql)?:\/\/([^:@]*)(?::([^@]*))?@([^/]*)\/([^?]*)\??(.*)$/.exec(url)!;
const asked = new URLSearchParams(parameters);
const port = Number(asked.get('port') ?? hostPort!.split(':')[1] ?? 5432);
const socketFolder = asked.get('host');
const line = await wire(
  socketFolder === null
    ? { host: hostPort!.split(':')[0]!, port }
    : { path: path.join(socketFolder, `.s.PGSQL.${port}`) },
);
const db = await openDb({
  connection: {
    user: user!,
    password: decodeURIComponent(password),
    database: name!,
    host: line.folder,
    port: 5432,
  },
});
const server = await testServer({}, db);
after(async () => {
  await db.close();
  await line.cut();
  await rm(line.folder, { recursive: true, force: true });
});

const patient = { resourceType: 'Patient', id: 'p1' };

test('while the database is away every request is told to come back, and afterwards all is as before', async () => {
  assert.equal((await server.send('PUT', 'Patient/p1', patient)).status, 201);
  await line.cut();
  const requests = [
    ['GET', 'Patient/p1'],
    ['GET', 'Patient?_id=p1'],
    ['PUT', 'Patient/p1', { ...patient, gender: 'female' }],
    [
      'POST',
      '',
      {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ resource: patient, request: { method: 'PUT', url: 'Patient/p1' } }],
      },
    ],
  ] as const;
  for (const [method, address, body] of requests) {
    const answer = await server.send(method, address, body);
    assert.equal(answer.status, 503, `${method} ${address}`);
    assert.equal(answer.headers.get('retry-after'), '5');
    assert.equal(answer.body.issue[0].code, 'transient');
  }
  assert.equal((await server.send('GET', 'metadata')).status, 200);
  await line.join();
  const back = await server.send('GET', 'Patient/p1');
  assert.equal(back.status, 200);
  assert.equal(back.headers.get('etag'), 'W/"1"');
  assert.equal((await server.send('PUT', 'Patient/p1', { ...patient, gender: 'female' })).status, 200);
});
