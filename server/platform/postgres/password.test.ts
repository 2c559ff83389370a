import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Client } from 'pg';
import { secretsAt, smallVault } from '../../../test/support/small-vault.ts';
import { keeper, moveHome, moveOut } from '../secrets/index.ts';
import {
  changePassword,
  openDatabase,
  passwordHolding,
  removeDataDir,
  scramOf,
  type OpenDatabase,
} from './index.ts';

const killed = async (): Promise<void> => Promise.reject(new Error('killed'));

test('the owner’s password lies with the keeper of secrets, and a change of it that is broken off locks nobody out', async (t) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'openics-password-'));
  const file = path.join(dataDir, 'password');
  const vault = await smallVault(t);
  const set = secretsAt(t, vault.settings());
  const open = () => openDatabase({ dataDir, purpose: 'discard' });
  const first = await open();
  const joined: OpenDatabase[] = [first];
  t.after(async () => {
    await Promise.all(joined.map((each) => each.stop()));
    removeDataDir(dataDir);
  });
  const client = new Client({ connectionString: first.url });
  await client.connect();
  t.after(() => client.end());
  const tell = async (password: string): Promise<void> =>
    void (await client.query(`alter role openics password '${scramOf(password)}'`));
  const opens = async (): Promise<void> => void joined.push(await open());

  const text = readFileSync(file, 'utf8');
  const [, name] = /^secret:(postgres\/\d+)$/.exec(text)!;
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(vault.entry(name!).length, 1);

  await t.test('while the vault is sealed the database is not opened, and no other is made', async () => {
    vault.manner = 'sealed';
    await assert.rejects(
      (await import('../secrets/index.ts')).openKeeper(vault.settings()).then((k) => k.read(name!)),
      {
        code: 'secrets/sealed',
      },
    );
    vault.manner = 'well';
    set('');
    await assert.rejects(open(), { code: 'secrets/no-keeper', place: name! });
    set(vault.settings());
  });

  await t.test('killed before PostgreSQL was told, the one before opens', async () => {
    let told = 0;
    await assert.rejects(
      changePassword(dataDir, (to) => (told++ === 0 ? tell(to) : killed())),
      /killed/,
    );
    assert.equal(vault.entry(name!).length, 2);
    await opens();
  });

  await t.test('killed after, the new one opens; and the next change ends all before it', async () => {
    let told = 0;
    await assert.rejects(
      changePassword(dataDir, async (to) => {
        await tell(to);
        if (told++ === 1) await killed();
      }),
      /killed/,
    );
    await opens();
    await changePassword(dataDir, tell);
    await opens();
    assert.deepEqual(
      vault.entry(name!).map(({ destroyed }) => destroyed),
      [true, true, true, false],
    );
  });

  await t.test('home again, it is a file of ours, and a change there is as safe', async () => {
    const outside = (await keeper())!;
    assert.equal(await moveHome(passwordHolding(dataDir)!, outside), true);
    assert.equal(passwordHolding(dataDir)!.name, name);
    assert.ok(vault.entry(name!).every(({ destroyed }) => destroyed));
    set('');
    await opens();
    let told = 0;
    await assert.rejects(
      changePassword(dataDir, (to) => (told++ === 0 ? tell(to) : killed())),
      /killed/,
    );
    await opens();
    await changePassword(dataDir, tell);
    await opens();
    set(vault.settings());
    assert.equal(await moveOut(passwordHolding(dataDir)!, outside), true);
    await opens();
    assert.match(readFileSync(file, 'utf8'), /^secret:postgres\/\d+$/);
  });
});
