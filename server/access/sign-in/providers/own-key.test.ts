import assert, { fail } from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { secretsAt } from '../../../../test/support/small-vault.ts';
import type { Problem } from '../../../platform/errors.ts';
import { keeper } from '../../../platform/secrets/index.ts';
import { relyingParty } from './relying-party.ts';
import type { ProviderSettings } from './settings.ts';

const clock = (): Date => new Date('2026-11-22T12:00:00Z');

const trust: ProviderSettings = {
  name: 'trust',
  label: 'Trust sign-in',
  issuer: 'http://localhost:9',
  clientId: 'openics',
  scope: 'openid',
  kind: 'staff',
  claims: 'cis2',
  leastAssurance: 0,
};

test('our own key for a provider has 3072 bits too, and no provider is asked with a shorter one', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-own-key-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const privateKeyFile = path.join(folder, 'key.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const party = relyingParty(
    { ...trust, privateKeyFile },
    () => fail('nobody leaves'),
    () => undefined,
    clock,
  );
  await assert.rejects(party.leave('/'), {
    code: 'sign-in/short-key',
    message: 'Trust sign-in: Our own key is RSA of 2048 bits; 3072 is the least.',
  });
});

test('our key or secret may lie with who keeps secrets; where it cannot be had, who signs in is not told where it lies', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-own-key-'));
  t.after(() => rmSync(folder, { recursive: true }));
  secretsAt(t, `files:${folder}`);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await (await keeper())!.add('sign-in/trust', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  const told: unknown[] = [];
  const party = (place: Partial<ProviderSettings>) =>
    relyingParty(
      { ...trust, ...place },
      () => fail('nobody leaves'),
      (error) => told.push(error),
      clock,
    );
  await assert.rejects(party({ privateKeyFile: 'secret:sign-in/trust' }).leave('/'), {
    code: 'sign-in/short-key',
  });
  for (const place of ['secret:sign-in/none', path.join(folder, 'none')]) {
    told.length = 0;
    await assert.rejects(party({ clientSecretFile: place }).leave('/'), (error: Problem) => {
      assert.equal(error.code, 'sign-in/provider-away');
      assert.ok(![error.message, error.place, error.wayOut].join(' ').includes('none'));
      return true;
    });
    assert.match(String((told[0] as Problem).code), /^secrets\/(missing|unreadable)$/);
  }
});
