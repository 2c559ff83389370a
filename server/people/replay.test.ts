import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInDatabase } from '../../bench/identity-database.ts';
import { database } from '../../test/support/database.ts';

const db = await database();

test('hundreds of random events in the database end as a replay does, and what was believed before can be asked', async () => {
  const { differs, refused, asked } = await runInDatabase(db, { seed: 7, count: 300, patients: 24 });
  assert.equal(differs, undefined);
  assert.ok(refused > 0 && asked > 5);
});
