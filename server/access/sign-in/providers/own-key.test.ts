import assert, { fail } from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { relyingParty } from './relying-party.ts';

test('our own key for a provider has 3072 bits too, and no provider is asked with a shorter one', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-own-key-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const privateKeyFile = path.join(folder, 'key.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const party = relyingParty(
    {
      name: 'trust',
      label: 'Trust sign-in',
      issuer: 'http://localhost:9',
      clientId: 'openics',
      privateKeyFile,
      scope: 'openid',
      kind: 'staff',
      claims: 'cis2',
      leastAssurance: 0,
    },
    () => fail('nobody leaves'),
    () => undefined,
    () => new Date('2026-11-22T12:00:00Z'),
  );
  await assert.rejects(party.leave('/'), {
    code: 'sign-in/short-key',
    message: 'Trust sign-in: Our own key is RSA of 2048 bits; 3072 is the least.',
  });
});
