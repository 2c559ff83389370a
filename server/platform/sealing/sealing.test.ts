import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { secretsAt, smallVault } from '../../../test/support/small-vault.ts';
import { keeper, moveHome, moveOut } from '../secrets/index.ts';
import { changeSealingKey, createSealer, sealingHoldings, sealingKey, type SealingHolding } from './index.ts';

const sealer = createSealer(randomBytes(32));
const at = new Date('2026-03-02T09:00:00Z');
const db = await database();

/** What the database has of a key. */
const rowOf = (purpose: string): Promise<unknown[]> =>
  db.query('select key from platform.sealing_key where purpose = $1', [purpose]);

const holdingOf = async (purpose: string): Promise<SealingHolding> =>
  (await sealingHoldings(db)).find((each) => each.purpose === purpose)!;

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

test('a link sealed before a restart opens after it, and on every server of the database', async () => {
  const keys = await Promise.all([1, 2, 3].map(() => sealingKey(db, 'links', at)));
  const sealed = createSealer(keys[0]!).seal('next page');
  for (const key of keys) assert.equal(createSealer(key).open(sealed), 'next page');
  assert.notDeepEqual(await sealingKey(db, 'other', at), keys[0]);
});

test('a sealing key lies with the keeper of secrets, where there is one, and the database has only its name', async (t) => {
  const vault = await smallVault(t);
  const atHome = await sealingKey(db, 'before', at);
  const set = secretsAt(t, vault.settings());
  const keys = await Promise.all([1, 2, 3].map(() => sealingKey(db, 'kept', at)));
  assert.ok(keys.every((key) => key.equals(keys[0]!) && key.length === 32));
  assert.equal(vault.entry('sealing/kept').length, 1);
  assert.deepEqual(await rowOf('kept'), [{ key: null }]);
  assert.deepEqual(await sealingKey(db, 'before', at), atHome);
  set('');
  await assert.rejects(sealingKey(db, 'kept', at), { code: 'secrets/no-keeper' });
});

test('keys move to the keeper and home again, and what they sealed opens all the while', async (t) => {
  const vault = await smallVault(t);
  const set = secretsAt(t, '');
  const sealed = createSealer(await sealingKey(db, 'run-time account', at)).seal('text');
  const opens = async (): Promise<string | undefined> =>
    createSealer(await sealingKey(db, 'run-time account', at)).open(sealed);
  set(vault.settings());
  const outside = (await keeper())!;
  const holding = await holdingOf('run-time account');
  assert.equal(await moveOut(holding, outside), true);
  assert.equal(await moveOut(holding, outside), false);
  assert.equal(await opens(), 'text');
  assert.deepEqual(await rowOf('run-time account'), [{ key: null }]);
  assert.equal(await moveHome(holding, outside), true);
  assert.ok(vault.entry('sealing/run-time-account').every(({ destroyed }) => destroyed));
  set('');
  assert.equal(await opens(), 'text');
});

test('a key that was destroyed is not replaced unasked: nothing opens until a new one is asked for', async (t) => {
  const vault = await smallVault(t);
  secretsAt(t, vault.settings());
  const before = await sealingKey(db, 'destroyed', at);
  await (await keeper())!.destroy('sealing/destroyed');
  await assert.rejects(sealingKey(db, 'destroyed', at), {
    code: 'secrets/destroyed',
    wayOut: /secrets rotate sealing\/destroyed/,
  });
  const holding = await holdingOf('destroyed');
  await changeSealingKey(holding);
  const after = await sealingKey(db, 'destroyed', at);
  assert.notDeepEqual(after, before);
  await changeSealingKey(holding);
  assert.notDeepEqual(await sealingKey(db, 'destroyed', at), after);
  assert.deepEqual(
    vault.entry('sealing/destroyed').map(({ destroyed }) => destroyed),
    [true, true, false],
  );
});

test('a new database may use the place of one that is gone, whose keys were destroyed', async (t) => {
  const vault = await smallVault(t);
  secretsAt(t, vault.settings());
  const outside = (await keeper())!;
  await outside.add('sealing/reused', randomBytes(32).toString('base64url'));
  await outside.destroy('sealing/reused');
  const keys = await Promise.all([1, 2, 3].map(() => sealingKey(db, 'reused', at)));
  assert.ok(keys.every((key) => key.equals(keys[0]!)));
  assert.equal(vault.entry('sealing/reused').length, 2);
});

test('a key whose making was broken off between the keeper and the database is found again', async (t) => {
  const vault = await smallVault(t);
  secretsAt(t, vault.settings());
  const left = randomBytes(32);
  await (await keeper())!.add('sealing/half', left.toString('base64url'));
  assert.deepEqual(await sealingKey(db, 'half', at), left);
});

test('while the vault is away no key is made in the database instead', async (t) => {
  const vault = await smallVault(t);
  secretsAt(t, vault.settings());
  await vault.stop();
  await assert.rejects(sealingKey(db, 'away', at), { code: 'secrets/away' });
  assert.deepEqual(await rowOf('away'), []);
});
