import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { killReads } from '../../bench/prove-audit-kill.ts';
import { databaseAddress } from '../../test/support/database.ts';

test('a server killed while it answers reads leaves no answer without its event, and the log whole', async (t) => {
  const { url } = await databaseAddress(t);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'openics-audit-'));
  t.after(() => rmSync(dataDir, { recursive: true }));
  const result = await killReads({ url, dataDir }, 3, t.diagnostic.bind(t));
  assert.ok(result.answered > 0, 'some reads were answered');
  assert.deepEqual([result.missing, result.holds], [0, true]);
});
