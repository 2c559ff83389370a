import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { copyMessage, CopyRows } from './copy-rows.ts';
import type { CopyPart, Tx } from './types.ts';

const db = await database();
await db.query('create table noted (n integer primary key, text text)');

const put = (tx: Tx, n: number, text: string | null): void =>
  tx.send('insert into noted (n, text) values ($1, $2)', [n, text], { name: 'test-put' });
const texts = (tx: Tx, from: number): Promise<{ n: number; text: string | null }[]> =>
  tx.query('select n, text from noted where n >= $1 order by n', [from], { name: 'test-texts' });
const kept = async (from: number): Promise<number[]> =>
  (await db.query<{ n: number }>('select n from noted where n >= $1 order by n', [from])).map(({ n }) => n);

function rowsOf(...numbers: number[]): CopyPart[] {
  const rows = new CopyRows();
  for (const n of numbers) {
    rows.startRow(2);
    rows.int4(n);
    rows.text(`copied ${n}`);
  }
  return [{ statement: 'copy noted (n, text) from stdin (format binary)', data: copyMessage(rows.ranges()) }];
}

test('what is asked for together is done in its order, and each gets its own answer', async () => {
  const found = await db.transaction(async (tx) => {
    put(tx, 1, 'one');
    const before = texts(tx, 1);
    tx.sendCopies(rowsOf(2, 3));
    put(tx, 4, null);
    const [first, copied, all] = await Promise.all([before, tx.copyIn(rowsOf(5)), texts(tx, 1)]);
    return { first, copied, all };
  });
  assert.deepEqual(found.first, [{ n: 1, text: 'one' }]);
  assert.deepEqual(found.copied, [1]);
  assert.deepEqual(found.all, [
    { n: 1, text: 'one' },
    { n: 2, text: 'copied 2' },
    { n: 3, text: 'copied 3' },
    { n: 4, text: null },
    { n: 5, text: 'copied 5' },
  ]);
});

test('a statement that is sent and fails, fails the transaction, whenever that shows', async () => {
  const failed = { code: '23505' };
  const atTheEnd = db.transaction(async (tx) => {
    put(tx, 10, 'ten');
    put(tx, 1, 'one again');
  });
  await assert.rejects(atTheEnd, failed);
  const beforeOthers = db.transaction(async (tx) => {
    put(tx, 11, 'eleven');
    tx.sendCopies(rowsOf(1));
    await texts(tx, 10);
  });
  await assert.rejects(beforeOthers, failed);
  const unheard = db.transaction(async (tx) => {
    put(tx, 1, 'one again');
    await texts(tx, 10).catch(() => undefined);
  });
  await assert.rejects(unheard, failed);
  const alone = db.transaction(async (tx) => {
    tx.send('insert into noted (n) values (1)', []);
    await tx.query('select 1');
  });
  await assert.rejects(alone, failed);
  assert.deepEqual(await kept(10), []);
});

test('after a failure the connection and its statements can be used again', async () => {
  for (let turn = 0; turn < 3; turn += 1) {
    await assert.rejects(
      db.transaction(async (tx) => {
        put(tx, 1, 'one again');
        await texts(tx, 1);
      }),
    );
    await db.transaction(async (tx) => put(tx, 20 + turn, 'fine'));
  }
  assert.deepEqual(await kept(20), [20, 21, 22]);
});

test('work that gives up leaves nothing behind, not even what it had not sent yet', async () => {
  const givenUp = db.transaction(async (tx) => {
    put(tx, 30, 'thirty');
    throw new Error('given up');
  });
  await assert.rejects(givenUp, /given up/);
  await db.transaction(async (tx) => put(tx, 31, 'thirty-one'));
  assert.deepEqual(await kept(30), [31]);
});

test('statements without a name keep their place among the others', async () => {
  const seen = await db.transaction(async (tx) => {
    put(tx, 40, 'forty');
    await tx.query(`update noted set text = 'changed' where n = $1`, [40]);
    return texts(tx, 40);
  });
  assert.deepEqual(seen, [{ n: 40, text: 'changed' }]);
});
