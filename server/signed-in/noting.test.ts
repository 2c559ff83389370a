import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { database } from '../../test/support/database.ts';
import { openAuditLog } from '../audit/index.ts';
import { newId } from '../platform/ids.ts';
import { createHttp, shareWithinPages } from '../platform/http/index.ts';
import { noteBeforeAnswers } from './noting.ts';
import type { UnderWay } from './types.ts';

const undo: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const work of undo.toReversed()) await work();
});
const db = await database({ after: (work) => undo.push(work) });
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'openics-noting-'));
undo.push(() => rm(dataDir, { recursive: true }));
const clock = (): Date => new Date('2026-03-02T09:00:00Z');
const log = await openAuditLog({
  db,
  clock,
  dataDir,
  onError: (error) => assert.fail(String(error)),
  everyMs: 3_600_000,
});
undo.push(() => log.stop());

/** A server with a page of three parts, each of which somebody's record is read for. */
const person = newId();
const underWay: UnderWay = new WeakMap();
const app = createHttp({
  gate: async (request, { resource }) => {
    if (resource === 'page') return;
    const access = {
      person,
      kind: 'read',
      purpose: 'TREAT',
      outcome: 'permitted',
      types: [resource],
    } as const;
    underWay.set(request, {
      who: { user: 'test:1' },
      userName: 'Gita Gp',
      accesses: () => [{ ...access, rule: null }],
      isOnRecord: () => false,
    });
  },
});
shareWithinPages(app);
noteBeforeAnswers(app, { log, clock, underWay, onUnexpected: () => undefined });
const made: number[] = [];
app.get('/api/part', { config: { access: { action: 'read', resource: 'part' } } }, async () => ({
  says: 'asthma',
}));
app.get('/page', { config: { access: { action: 'read', resource: 'page' } } }, async () => {
  let page = '';
  for (let n = 0; n < 3; n++) {
    page += (await app.inject('/api/part')).body;
    made.push(n);
  }
  return page;
});
await app.listen({ host: '127.0.0.1', port: 0 });
undo.push(() => app.close());
const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

/** Lets nobody put anything on record while `work` runs, as a disk that is busy would. */
const whileDiskIsBusy = (work: () => Promise<void>): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.query('lock table audit.staged in exclusive mode');
    await work();
  });

test('the parts of a page are made while the first is put on record, and the page leaves after all of them', async () => {
  let answered = false;
  let answer: Promise<Response> | undefined;
  await whileDiskIsBusy(async () => {
    answer = fetch(`${base}/page`).finally(() => (answered = true));
    for (let left = 400; made.length < 3 && left > 0; left--) await pause(5);
    assert.equal(made.length, 3, 'a part waited for its own record');
    await pause(50);
    assert.ok(!answered, 'the page left before its parts were on record');
  });
  assert.match(await (await answer!).text(), /asthma/);
  assert.equal(await log.placeAll(), 3);
});

test('an answer that goes out by itself waits for its record', async () => {
  let answered = false;
  let answer: Promise<Response> | undefined;
  await whileDiskIsBusy(async () => {
    answer = fetch(`${base}/api/part`).finally(() => (answered = true));
    await pause(100);
    assert.ok(!answered);
  });
  assert.equal((await answer!).status, 200);
  assert.equal(await log.placeAll(), 1);
});

test('a page of which some part cannot be put on record shows nothing', async () => {
  await db.query('alter table audit.staged rename to away');
  for (const address of ['/page', '/api/part']) {
    const answer = await fetch(`${base}${address}`);
    assert.equal(answer.status, 503);
    assert.doesNotMatch(await answer.text(), /asthma/);
  }
  await db.query('alter table audit.away rename to staged');
  assert.equal((await fetch(`${base}/page`)).status, 200);
});
