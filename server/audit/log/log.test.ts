import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { ada, ben, house, opening } from '../house.fixture.ts';
import {
  isExtension,
  isIncluded,
  readCheckpoint,
  readNote,
  verifyList,
  verifyLog,
} from '../verifier/index.ts';
import { logLines } from './lines.ts';
import type { AuditLog } from './open.ts';
import { Stager } from './stager.ts';
import { backlog, lastClosing, tilesNamed } from './store.ts';
import { TileHashes } from './tile-hashes.ts';

const trustIn = async (log: AuditLog) => ({ keys: await log.keys.texts() });

const person = (n: number): string => `0198a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

test('an access that was noted is on record, and the whole log can be checked', async (t) => {
  const { db, log } = await house(t);
  await log.note(opening(ada, { particulars: { userName: 'Nur Ali', target: 'Observation/1' } }));
  await Promise.all([log.note(opening(ada)), log.note(opening(ben)), log.note(opening(undefined))]);
  assert.equal(await log.placeAll(), 4);
  const finding = await verifyLog(logLines(db), await trustIn(log));
  assert.ok(finding.holds, JSON.stringify(finding));
  assert.deepEqual([finding.events, finding.size >= 5, finding.doubtfulTimes], [4, true, []]);
});

test("a person's list is whole, and shows what was noted and nothing else", async (t) => {
  const { log, proofs } = await house(t);
  for (let i = 0; i < 20; i++) {
    await log.note(opening(ada, { particulars: { reason: `round ${i}` } }), opening(ben));
    if (i % 7 === 0) await log.placeAll();
  }
  await log.placeAll();
  const bundle = await proofs.list({ kind: 'person', id: ada });
  assert.equal(bundle.events.length, 20);
  const finding = await verifyList(bundle, await trustIn(log));
  assert.ok(finding.holds, JSON.stringify(finding));
  assert.equal(finding.events, 20);
  const users = await proofs.list({ kind: 'user', id: 'nurse-1' });
  assert.ok((await verifyList(users, await trustIn(log))).holds);
  assert.equal(users.events.length, 40);
});

test('somebody whom nobody looked at has a list that is provably empty', async (t) => {
  const { log, proofs } = await house(t);
  await log.note(opening(ada));
  await log.placeAll();
  const nobody = await proofs.list({ kind: 'person', id: ben });
  const finding = await verifyList(nobody, await trustIn(log));
  assert.ok(finding.holds && finding.events === 0);
  const hidden = await proofs.list({ kind: 'person', id: ada });
  const found = await verifyList({ ...hidden, events: [] }, await trustIn(log));
  assert.ok(!found.holds);
});

test('an act is on record exactly when its transaction commits', async (t) => {
  const { db, log } = await house(t);
  await db.transaction((tx) => log.append(tx, [opening(ada, { kind: 'create' })], ada));
  const failed = db.transaction(async (tx) => {
    await log.append(tx, [opening(ada, { kind: 'update' })], ada);
    throw new Error('the write failed');
  });
  await assert.rejects(failed);
  assert.equal(await log.placeAll(), 1);
});

test('two servers on one database make one log, without a gap or a fork', async (t) => {
  const { db, log, proofs, openAgain } = await house(t);
  const other = await openAgain();
  assert.equal(other.origin, log.origin);
  let placed = 0;
  for (let round = 0; round < 12; round++) {
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => [log, other][i % 2]!.note(opening([ada, ben, undefined][i % 3]))),
    );
    const turns = await Promise.all([log.placeAll(), other.placeAll()]);
    placed += turns[0] + turns[1];
  }
  placed += await log.placeAll();
  assert.equal(placed, 96);
  const finding = await verifyLog(logLines(db), await trustIn(log));
  assert.ok(finding.holds && finding.events === 96, JSON.stringify(finding));
  const bundle = await proofs.list({ kind: 'person', id: ben });
  assert.ok((await verifyList(bundle, await trustIn(log))).holds);
});

test('a log that outgrew its tiles proves every leaf, and that it continues each earlier size', async (t) => {
  const { db, log, proofs } = await house(t);
  const trees: { size: number; root: Uint8Array }[] = [];
  for (const count of [1, 254, 1, 3, 250, 500, 500, 7]) {
    await log.note(...Array.from({ length: count }, (_, i) => opening(i % 2 === 0 ? ada : undefined)));
    await log.placeAll();
    trees.push(readCheckpoint(readNote((await lastClosing(db))!.note).text));
  }
  const last = trees.at(-1)!;
  for (const tree of trees)
    assert.ok(isExtension(tree, last, await proofs.consistency(tree.size, last.size)), `from ${tree.size}`);
  const tiles = new TileHashes((names) => tilesNamed(db, names));
  for (const index of [0, 1, 255, 256, 257, 511, 512, 1000, last.size - 2, last.size - 1]) {
    const [leaf] = await tiles.of([{ from: index, to: index + 1 }]);
    assert.ok(isIncluded(leaf!, index, last, await proofs.inclusion(index, last.size)), `leaf ${index}`);
  }
  const bundle = await proofs.list({ kind: 'person', id: ada }, trees[2]!.size);
  const trust = await trustIn(log);
  assert.ok((await verifyList(bundle, trust)).holds);
});

test('whoever waits for an answer goes between the events that are placed, however many these are', async (t) => {
  const { log } = await house(t);
  // A shared machine may hold one try up; what is done at a stretch shows in each.
  const shares: number[] = [];
  for (let tried = 0; tried < 3; tried++) {
    await log.note(...Array.from({ length: 2_000 }, (_, n) => opening(person(n))));
    const began = processorMs();
    let [longest, last, isDone] = [0, began, false];
    const turn = (): void => {
      const now = processorMs();
      longest = Math.max(longest, now - last);
      last = now;
      if (!isDone) setImmediate(turn);
    };
    turn();
    assert.equal(await log.placeAll(), 2_000);
    isDone = true;
    shares.push(longest / (processorMs() - began));
  }
  assert.ok(Math.min(...shares) < 0.25, `at a stretch: ${shares.join()}`);
});

test('a new key signs beside the old one once, and both lead on', async (t) => {
  const { db, log, proofs } = await house(t);
  const [oldKey] = await log.keys.texts();
  await log.note(opening(ada));
  await log.placeAll();
  await log.keys.rotate();
  await log.note(opening(ada));
  await log.placeAll();
  const [newKey] = await log.keys.texts();
  assert.notEqual(newKey, oldKey);
  const between = await proofs.list({ kind: 'person', id: ada });
  for (const key of [oldKey!, newKey!]) assert.ok((await verifyList(between, { keys: [key] })).holds);
  await log.note(opening(ada));
  await log.placeAll();
  const after = await proofs.list({ kind: 'person', id: ada });
  assert.ok((await verifyList(after, { keys: [newKey!] })).holds);
  assert.ok(!(await verifyList(after, { keys: [oldKey!] })).holds);
  assert.ok((await verifyLog(logLines(db), await trustIn(log))).holds);
});

test('a server without the private key makes events durable, but cannot sign', async (t) => {
  const { log, openAgain } = await house(t);
  const other = await openAgain('own folder');
  await other.note(opening(ada));
  await assert.rejects(other.placeAll(), /private key/);
  assert.equal((await log.state()).waitingRows, 1);
  assert.equal(await log.placeAll(), 1);
});

test('an answer waits for the record: what cannot be stored is told as such', async (t) => {
  const db = await database(t);
  const stager = new Stager(db);
  await stager.note([opening(ada)]);
  assert.equal((await backlog(db)).rows, 1);
  await db.query('drop table audit.staged');
  await assert.rejects(stager.note([opening(ada)]));
});

test('an event that names its person by anything but a UUID is refused at once', async (t) => {
  const { log } = await house(t);
  await assert.rejects(async () => log.note(opening('9990000018')), TypeError);
});

test('text that no database can hold is kept as near as it can be, and proved', async (t) => {
  const { db, log } = await house(t);
  await log.note(opening(ada, { user: 'a\0b \ud800', particulars: { reason: 'x\0\udc00 \u{1f600}' } }));
  await log.placeAll();
  assert.ok((await verifyLog(logLines(db), await trustIn(log))).holds);
});
