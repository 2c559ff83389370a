import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { smallVault, type Manner, type SmallVault } from '../../../../test/support/small-vault.ts';
import { authority, listener, other } from '../../../feeds/mllp/certificates.fixture.ts';
import { Problem } from '../../errors.ts';
import { openKeeper, type Keeper } from '../index.ts';
import { checkVaultSettings } from './index.ts';

const opened = (vault: SmallVault, more?: Record<string, unknown>): Promise<Keeper> =>
  openKeeper(vault.settings(more));

/** All that an error would tell if it were printed whole. */
const whole = (error: unknown): string =>
  error instanceof Problem
    ? JSON.stringify([error.message, error.place, error.wayOut, String(error.cause)])
    : '';

test('a vault that is sealed, away, silent or no vault lets nothing be read, and says what to do', async (t) => {
  const vault = await smallVault(t);
  const keeper = await opened(vault, { timeoutMs: 200 });
  await keeper.add('database/run', 'password of the account');
  const expected: Record<Exclude<Manner, 'well'>, string> = {
    sealed: 'secrets/sealed',
    hangs: 'secrets/away',
    closes: 'secrets/away',
    'falls over': 'secrets/away',
    garbage: 'secrets/answer',
  };
  for (const [manner, code] of Object.entries(expected)) {
    vault.manner = manner as Manner;
    const fresh = await opened(vault, { timeoutMs: 200 });
    for (const work of [fresh.check(), fresh.read('database/run')])
      await assert.rejects(work, (error: Problem) => {
        assert.ok(error.code === code || (manner === 'garbage' && error.code === 'secrets/login-refused'));
        assert.ok(error.wayOut !== undefined && error.place !== undefined);
        return true;
      });
  }
  await vault.stop();
  await assert.rejects((await opened(vault)).check(), { code: 'secrets/away' });
});

test('a process that runs goes on with what it was given while the vault is away, and hears of a destroyed one', async (t) => {
  const vault = await smallVault(t);
  const keeper = await opened(vault);
  await keeper.add('sign-in/trust', 'client secret');
  assert.deepEqual(await keeper.read('sign-in/trust'), ['client secret']);
  await vault.stop();
  assert.deepEqual(await keeper.read('sign-in/trust'), ['client secret']);
  await assert.rejects(keeper.read('sign-in/other'), { code: 'secrets/away' });
  await vault.start();
  vault.manner = 'sealed';
  assert.deepEqual(await keeper.read('sign-in/trust'), ['client secret']);
  vault.manner = 'well';
  await (await opened(vault)).destroy('sign-in/trust');
  await assert.rejects(keeper.read('sign-in/trust'), { code: 'secrets/destroyed' });
  await vault.stop();
  await assert.rejects(keeper.read('sign-in/never'), { code: 'secrets/away' });
});

test('who may not is refused, and what an operator deleted by hand is told', async (t) => {
  const vault = await smallVault(t);
  const keeper = await opened(vault);
  await keeper.add('sealing/links', 'key');
  vault.softDelete('sealing/links');
  await assert.rejects(keeper.read('sealing/links'), { code: 'secrets/destroyed' });
  vault.forbidden.add('POST secret/data/');
  await assert.rejects(keeper.add('sealing/new', 'key'), { code: 'secrets/denied' });
  vault.forbidden.add('GET ');
  await assert.rejects(keeper.read('sealing/links'), (error: Problem) =>
    ['secrets/denied', 'secrets/login-refused'].includes(error.code),
  );
});

test('a server that was set up needs only to read its secrets, and to list its path', async (t) => {
  const vault = await smallVault(t);
  await (await opened(vault)).add('sealing/links', 'key');
  for (const more of ['POST ', 'GET secret/metadata/openics/ics-a/']) vault.forbidden.add(more);
  const keeper = await opened(vault);
  await keeper.check();
  assert.deepEqual(await keeper.read('sealing/links'), ['key']);
  await assert.rejects(keeper.destroy('sealing/links'), { code: 'secrets/denied' });
});

test('a destroyed value is destroyed in the vault, not only hidden', async (t) => {
  const vault = await smallVault(t);
  const keeper = await opened(vault);
  await keeper.add('audit/key', 'one');
  await keeper.change('audit/key', 'two');
  await keeper.endFormer('audit/key');
  assert.deepEqual(
    vault.entry('audit/key').map(({ destroyed }) => destroyed),
    [true, false],
  );
  await keeper.destroy('audit/key');
  assert.ok(vault.entry('audit/key').every(({ destroyed, value }) => destroyed && value === undefined));
});

test('a token is renewed while the process runs, and one whose lease is over is followed by one login', async (t) => {
  const vault = await smallVault(t);
  const { id, secret } = vault.role;
  const login = { roleId: id, secretIdFile: vault.file('secret-id', `${secret}\n`) };
  vault.leaseMs = 2_000;
  const keeper = await opened(vault, { login });
  t.after(() => keeper.close());
  await keeper.check();
  assert.deepEqual([vault.logins.count, vault.renewals.count], [1, 0]);
  while (vault.renewals.count === 0) await pause(20);
  await keeper.check();
  assert.equal(vault.logins.count, 1);
  // So short a lease is over, for us, as soon as it begins.
  vault.leaseMs = 400;
  const short = await opened(vault, { login });
  t.after(() => short.close());
  await short.check();
  await Promise.all([short.check(), short.check(), short.check()]);
  assert.equal(vault.logins.count, 3);
});

test('a revoked token is followed by one login, and a login that is refused by none', async (t) => {
  const vault = await smallVault(t);
  const jwtFile = vault.file('jwt', vault.role.secret);
  const keeper = await opened(vault, { login: { role: 'openics', jwtFile } });
  await keeper.check();
  const file = vault.file('token', vault.token());
  const byFile = await opened(vault, { login: { tokenFile: file } });
  writeFileSync(file, vault.token());
  await byFile.check();
  vault.revoke(await tokenIn(file));
  await assert.rejects(byFile.check(), { code: 'secrets/login-refused' });
  const next = vault.token();
  writeFileSync(file, next);
  await byFile.check();
  writeFileSync(jwtFile, 'no longer ours');
  vault.forbidden.add('GET secret/metadata');
  await assert.rejects(keeper.check(), (error) => {
    assert.equal((error as Problem).code, 'secrets/login-refused');
    assert.ok(!whole(error).includes('no longer ours'));
    return true;
  });
  keeper.close();
});

const tokenIn = async (file: string): Promise<string> => (await import('node:fs')).readFileSync(file, 'utf8');

test('over https only a certificate of the named authority is believed, and a namespace is sent', async (t) => {
  const tls = { key: String(listener.key), cert: String(listener.cert) };
  const vault = await smallVault(t, { tls, namespace: 'nhs/ics-a' });
  const namespace = 'nhs/ics-a';
  const keeper = await opened(vault, { namespace, authority: vault.file('ca.pem', String(authority)) });
  await keeper.add('database/run', 'x');
  assert.deepEqual(await keeper.read('database/run'), ['x']);
  const strange = { namespace, authority: vault.file('other.pem', String(other.cert)) };
  await assert.rejects((await opened(vault, strange)).check(), { code: 'secrets/away' });
  await assert.rejects((await opened(vault, { namespace })).check(), { code: 'secrets/away' });
  await assert.rejects(
    (await opened(vault, { authority: vault.file('ca.pem', String(authority)) })).check(),
    { code: 'secrets/login-refused' },
  );
});

test('no error says a secret or a token', async (t) => {
  const vault = await smallVault(t);
  const keeper = await opened(vault);
  await keeper.add('database/run', 'the-password-itself');
  const secret = /the-password-itself|hvs\./;
  const errors: unknown[] = [];
  for (const manner of ['sealed', 'closes', 'falls over', 'garbage'] as const) {
    vault.manner = manner;
    errors.push(
      await keeper.change('database/run', 'the-password-itself-2').catch((error: unknown) => error),
    );
  }
  vault.manner = 'well';
  vault.forbidden.add('POST');
  errors.push(await keeper.change('database/run', 'the-password-itself-3').catch((error: unknown) => error));
  assert.equal(errors.length, 5);
  for (const error of errors) {
    assert.ok(error instanceof Problem);
    assert.doesNotMatch(whole(error), secret);
  }
});

test('settings that are not right are refused with their place', () => {
  const right = {
    address: 'https://vault.example:8200',
    mount: 'secret',
    path: 'openics/ics-a',
    login: { tokenFile: '/run/token' },
  };
  assert.deepEqual(checkVaultSettings(right, 'f'), right);
  checkVaultSettings({ ...right, address: 'http://127.0.0.1:8200' }, 'f');
  for (const wrong of [
    { address: 'http://vault.example:8200' },
    { address: 'https://user@vault.example' },
    { address: 'https://vault.example/v1' },
    { mount: '../sys' },
    { path: 'a/../b' },
    { path: 'a//b' },
    { path: 'a?list=true' },
    { login: {} },
    { login: { tokenFile: '/a', roleId: 'b' } },
    { token: 'hvs.x' },
    { timeoutMs: 5 },
  ])
    assert.throws(() => checkVaultSettings({ ...right, ...wrong }, 'f'), { code: 'secrets/vault-settings' });
});
