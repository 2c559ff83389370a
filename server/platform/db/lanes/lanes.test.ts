import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { database } from '../../../../test/support/database.ts';
import { Incoming } from './incoming.ts';

const db = await database();

const clean = (value: string): string => value.replaceAll('\0', '');

test('texts, lists, dates and missing values arrive as they were sent', async () => {
  const text = `select $1::text as text, $2::text[] as list, $3::timestamptz as at, $4::int as missing, $5::bool as yes`;
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.array(fc.option(fc.string())), async (raw, rawList) => {
      const list = rawList.map((value) => (value === null ? null : clean(value)));
      const at = new Date(Date.UTC(2026, 10, 21, 9, 30, 0, 123));
      const [row] = await db.query(text, [clean(raw), list, at, undefined, true], { name: 'test-values' });
      assert.deepEqual(row, { text: clean(raw), list, at, missing: null, yes: true });
    }),
    { numRuns: 60 },
  );
});

test('many statements sent at once each get their own answer', async () => {
  const text = 'select $1::int as n, repeat($2, $1::int) as letters';
  const asked = Array.from({ length: 500 }, (_, n) => n);
  const answers = await Promise.all(
    asked.map((n) => db.query<{ n: number; letters: string }>(text, [n, 'x'], { name: 'test-many' })),
  );
  for (const [n, [row]] of answers.entries()) assert.deepEqual(row, { n, letters: 'x'.repeat(n) });
});

test('what only reads does not wait behind what waits for the disk', async () => {
  let flushed = 0;
  const flush = () =>
    db
      .query('select pg_sleep(0.5)', [], { name: 'test-flush', flushes: true })
      .then(() => void (flushed += 1));
  const flushing = [flush(), flush()];
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => db.query('select $1::int', [n], { name: 'test-read' })),
  );
  assert.equal(flushed, 0);
  await Promise.all(flushing);
});

test('a statement that fails leaves those beside it alone', async () => {
  const text = 'select 100 / $1::int as part';
  const answers = await Promise.allSettled(
    [1, 0, 2].map((n) => db.query(text, [n], { name: 'test-division' })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal((answers[1] as PromiseRejectedResult).reason.code, '22012');
  assert.deepEqual(await db.query(text, [4], { name: 'test-division' }), [{ part: 25 }]);
});

test('a statement that cannot be parsed says why, each time', async () => {
  for (const _ of [1, 2]) {
    await assert.rejects(db.query('select nothing from nowhere', [], { name: 'test-broken' }), {
      code: '42P01',
    });
  }
});

test('a statement goes on working after its table got another column', async () => {
  await db.query('create table public.lane_test (a int)');
  await db.query('insert into public.lane_test values (1)');
  const ask = () => db.query('select * from public.lane_test', [], { name: 'test-columns' });
  assert.deepEqual(await ask(), [{ a: 1 }]);
  await db.query('alter table public.lane_test add column b int default 2');
  assert.deepEqual(await ask(), [{ a: 1, b: 2 }]);
});

test('two texts under one name are refused', async () => {
  await db.query('select 1 as a', [], { name: 'test-name' });
  await assert.rejects(db.query('select 2 as a', [], { name: 'test-name' }), /Two statements/);
});

test('a large value is given as the bytes of its text', async () => {
  const [row] = await db.queryBytes(`select repeat('é', $1::int), null`, [300_000], { name: 'test-bytes' });
  assert.equal(row![0]!.toString(), 'é'.repeat(300_000));
  assert.equal(row![1], null);
});

test('a setting holds for its statement alone, also where others follow at once, fail, or are new', async () => {
  const text = `select current_setting('app.of_test', true) as own, 100 / $1::int as part`;
  const under = (value: string, n: number, name = 'test-under') =>
    db.queryUnder<{ own: string }>({ name: 'app.of_test', value }, text, [n], { name });
  const plain = () => db.query<{ own: string | null }>(text, [1], { name: 'test-under' });
  const asked = Array.from({ length: 60 }, (_, n) =>
    n % 3 === 0 ? plain() : under(`of ${n}`, n % 7 === 0 ? 0 : 1, `test-under${n % 4 === 0 ? n : ''}`),
  );
  for (const [n, answer] of (await Promise.allSettled(asked)).entries()) {
    const isRefused = n % 3 !== 0 && n % 7 === 0;
    assert.equal(answer.status, isRefused ? 'rejected' : 'fulfilled', String(n));
    if (answer.status === 'fulfilled') assert.equal(answer.value[0]!.own || '', n % 3 === 0 ? '' : `of ${n}`);
  }
});

test('messages are read the same however they are cut', () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });
  const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 60 });
  fc.assert(
    fc.property(bodies, cuts, (sent, sizes) => {
      const wire = Buffer.concat(
        sent.map((body) => {
          const head = Buffer.from([68, 0, 0, 0, 0]);
          head.writeInt32BE(body.length + 4, 1);
          return Buffer.concat([head, body]);
        }),
      );
      const got: string[] = [];
      const incoming = new Incoming((_code, bytes, from, to) => got.push(bytes.toString('hex', from, to)));
      let at = 0;
      for (const size of sizes) {
        incoming.take(wire.subarray(at, at + size));
        at = Math.min(wire.length, at + size);
      }
      incoming.take(wire.subarray(at));
      assert.deepEqual(
        got,
        sent.map((body) => Buffer.from(body).toString('hex')),
      );
    }),
  );
});
