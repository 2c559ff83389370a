import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Client } from 'pg';
import { secretsAt } from '../../../test/support/small-vault.ts';
import { keeper } from '../../platform/secrets/index.ts';
import { givenAddress, givenPassword } from './given.ts';

test('a password of the database may be given apart, or be named for who keeps secrets', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-given-'));
  t.after(() => rmSync(folder, { recursive: true }));
  secretsAt(t, `files:${folder}`);
  const password = 'a/b:c@d%e?f g#é';
  await (await keeper())!.add('database/owner', password);
  const address = 'postgresql://openics@db.example:5433/ics?sslmode=verify-full';
  for (const given of [password, 'secret:database/owner']) {
    const whole = await givenAddress({ DATABASE_URL: address, DATABASE_PASSWORD: given });
    const way = new Client({ connectionString: whole! });
    assert.deepEqual(
      [way.user, way.password, way.host, way.database],
      ['openics', password, 'db.example', 'ics'],
    );
  }
  assert.equal(await givenAddress({ DATABASE_URL: address }), address);
  assert.equal(await givenAddress({}), undefined);
  assert.equal(await givenPassword({}, 'DATABASE_RUN_PASSWORD'), undefined);
  assert.equal(
    await givenPassword({ DATABASE_RUN_PASSWORD: 'secret:database/owner' }, 'DATABASE_RUN_PASSWORD'),
    password,
  );
});

test('two passwords, or one without an account, are refused without being told', async () => {
  for (const address of ['postgresql://openics:other@db.example/ics', 'postgresql://db.example/ics', 'db'])
    await assert.rejects(
      givenAddress({ DATABASE_URL: address, DATABASE_PASSWORD: 'the-secret' }),
      (error: Error) => !/the-secret|other/.test(JSON.stringify(error) + error.message),
    );
});
