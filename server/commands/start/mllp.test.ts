import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { secretsAt } from '../../../test/support/small-vault.ts';
import { listener } from '../../feeds/mllp/certificates.fixture.ts';
import { keeper } from '../../platform/secrets/index.ts';
import { mllpWish } from './mllp.ts';

test('the key for messages over TLS is a file, or is named for who keeps secrets', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-mllp-'));
  t.after(() => rmSync(folder, { recursive: true }));
  secretsAt(t, `files:${path.join(folder, 'kept')}`);
  await (await keeper())!.add('mllp/key', listener.key);
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
  writeFileSync(key, listener.key);
  writeFileSync(cert, listener.cert);
  for (const given of [key, 'secret:mllp/key']) {
    const wish = await mllpWish({ mllp: '2575', 'mllp-key': given, 'mllp-cert': cert }, Number);
    assert.equal(String(wish?.tls?.key).trim(), listener.key.trim());
  }
  await assert.rejects(
    mllpWish({ mllp: '2575', 'mllp-key': 'secret:mllp/none', 'mllp-cert': cert }, Number),
    {
      code: 'secrets/missing',
    },
  );
  await assert.rejects(mllpWish({ mllp: '2575', 'mllp-key': key }, Number), { code: 'start/mllp-tls' });
});
