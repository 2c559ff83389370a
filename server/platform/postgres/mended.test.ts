import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mendedVersion } from './mended.ts';

test('a PostgreSQL with a grave fault that is known has a version to take instead', () => {
  assert.equal(mendedVersion('17.10'), '17.11');
  assert.equal(mendedVersion('18.4 (Debian 18.4-1.pgdg13+1)'), '18.6');
  assert.equal(mendedVersion('17.11'), undefined);
  assert.equal(mendedVersion('18.10'), undefined);
  assert.equal(mendedVersion('19.0'), undefined);
});
