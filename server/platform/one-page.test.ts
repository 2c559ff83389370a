import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inOnePage, onceInPage } from './one-page.ts';

function reader() {
  const owner = {};
  let reads = 0;
  const read = (name = 'a') => onceInPage(owner, name, async () => (reads += 1));
  return { read, count: () => reads };
}

test('the requests of one page share what they read, by name; another page reads again', async () => {
  const { read, count } = reader();
  await inOnePage(() => Promise.all([read(), read(), read('b')]));
  assert.equal(count(), 2);
  await inOnePage(() => read());
  assert.equal(count(), 3);
});

test('outside of a page each reads for itself', async () => {
  const { read, count } = reader();
  await Promise.all([read(), read()]);
  assert.equal(count(), 2);
});

test('in a page that lasts, what was read counts for less than half a second', async () => {
  const { read, count } = reader();
  await inOnePage(async () => {
    await read();
    await pause(420);
    await read();
  });
  assert.equal(count(), 2);
});

test('what could not be read is read again', async () => {
  const owner = {};
  await inOnePage(async () => {
    await assert.rejects(
      onceInPage(owner, 'a', () => Promise.reject(new Error('away'))),
      /away/,
    );
    assert.equal(await onceInPage(owner, 'a', async () => 1), 1);
  });
});
