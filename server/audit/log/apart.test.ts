import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../platform/clock.ts';
import { isAway } from '../../platform/db/index.ts';
import { ada, ben, house, opening, type House } from '../house.fixture.ts';
import { verifyLog } from '../verifier/index.ts';
import { runApart } from './apart.ts';
import { logLines } from './lines.ts';
import { openAuditLog, type AuditLog } from './open.ts';

const now = (person: string) => opening(person, { at: new Date() });

/** A log whose places a thread of its own gives. */
async function apart({ db, dataDir }: House, onError: (error: unknown) => void): Promise<AuditLog> {
  return openAuditLog({
    db,
    dataDir,
    clock: systemClock,
    apart: db.connection,
    onError,
    everyMs: 20,
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await holds()) return;
    await pause(20);
  }
  assert.fail('It did not come about within 10 seconds.');
}

test('a thread of its own gives places: by itself, and when asked', async (t) => {
  const home = await house(t);
  const log = await apart(home, (error) => assert.fail(String(error)));
  await log.note(now(ada), now(ben));
  await until(async () => (await log.state()).waitingRows === 0);
  await log.note(now(ada));
  await log.placeAll();
  assert.equal((await log.state()).waitingRows, 0);
  await log.stop();
  await assert.rejects(log.placeAll(), /closed/);
  const finding = await verifyLog(logLines(home.db), { keys: await log.keys.texts() });
  assert.ok(finding.holds, JSON.stringify(finding));
  assert.equal(finding.events, 3);
});

test('what goes wrong in the thread is told, to who asked too, and what waits is placed when it is mended', async (t) => {
  const home = await house(t);
  const told: unknown[] = [];
  const log = await apart(home, (error) => void told.push(error));
  await home.db.query('alter table audit.closing rename to away');
  await log.note(now(ada));
  await assert.rejects(log.placeAll(), /audit\.closing/);
  await until(() => told.length > 0);
  assert.match(String(told[0]), /audit\.closing/);
  await home.db.query('alter table audit.away rename to closing');
  await until(async () => (await log.state()).waitingRows === 0);
  await log.stop();
});

test('a thread that cannot reach the database ends, and another finds it when it is back', async (t) => {
  const { db, log, dataDir } = await house(t);
  await log.note(opening(ada));
  const door = await doorTo(t, db.connection.connectionString!);
  const told: unknown[] = [];
  const running = runApart(
    { connection: { connectionString: door.address }, dataDir },
    { onError: (error) => void told.push(error), everyMs: 20 },
  );
  await assert.rejects(running.placeAll(), /has ended/);
  await until(() => told.length > 1);
  assert.ok(isAway(told[0]), 'a Problem comes over with its code');
  await door.open();
  await until(async () => (await log.state()).waitingRows === 0);
  await running.stop();
});

/** An address of the database that refuses everybody until it is opened. */
async function doorTo(t: TestContext, url: string): Promise<{ address: string; open(): Promise<void> }> {
  const address = new URL(url.replace('@/', '@localhost/'));
  const socket = address.searchParams.get('host');
  const port = Number(address.searchParams.get('port') ?? address.port);
  const inside = socket === null ? { host: address.hostname, port } : { path: `${socket}/.s.PGSQL.${port}` };
  const both = new Set<Socket>();
  const server = net.createServer((from) => {
    const to = net.connect(inside);
    for (const each of [from, to]) both.add(each.on('error', () => undefined));
    from.pipe(to).pipe(from);
  });
  const listen = async (at: number): Promise<number> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const own = await listen(0);
  await new Promise((resolve) => server.close(resolve));
  t.after(() => {
    for (const each of both) each.destroy();
    server.close();
  });
  address.search = '';
  address.hostname = '127.0.0.1';
  address.port = String(own);
  return { address: address.href, open: async () => void (await listen(own)) };
}
