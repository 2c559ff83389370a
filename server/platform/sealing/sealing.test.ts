import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { createSealer, sealingKey } from './index.ts';

const sealer = createSealer(randomBytes(32));
const at = new Date('2026-03-02T09:00:00Z');

test('a sealed text opens again, and shows nothing of itself', () => {
  const sealed = sealer.seal('Ada Okafor, born 1950');
  assert.match(sealed, /^[\w-]+$/);
  assert.doesNotMatch(Buffer.from(sealed, 'base64url').toString('latin1'), /Ada|Okafor|1950/);
  assert.equal(sealer.open(sealed), 'Ada Okafor, born 1950');
});

test('the same text sealed twice looks different', () => {
  assert.notEqual(sealer.seal('Ada'), sealer.seal('Ada'));
});

test('what was changed, cut or sealed with another key does not open', () => {
  const sealed = sealer.seal('Ada');
  const changed = Buffer.from(sealed, 'base64url');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  const elsewhere = createSealer(randomBytes(32)).seal('Ada');
  for (const bad of [changed.toString('base64url'), sealed.slice(0, 20), '', 'A'.repeat(100), elsewhere])
    assert.equal(sealer.open(bad), undefined);
});

test('a link sealed before a restart opens after it, and on every server of the database', async (t) => {
  const db = await database(t);
  const keys = await Promise.all([1, 2, 3].map(() => sealingKey(db, 'links', at)));
  const sealed = createSealer(keys[0]!).seal('next page');
  for (const key of keys) assert.equal(createSealer(key).open(sealed), 'next page');
  assert.notDeepEqual(await sealingKey(db, 'other', at), keys[0]);
});
