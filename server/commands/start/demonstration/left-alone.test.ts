import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { databaseAddress } from '../../../../test/support/database.ts';

test('what makes the demonstration ends quietly when the server that started it is gone', async (t) => {
  const { url } = await databaseAddress(t);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'openics-left-alone-'));
  t.after(() => rmSync(dataDir, { recursive: true }));
  const child = fork(path.join(import.meta.dirname, 'worker.ts'), [dataDir, '60'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said = text(child.stderr!);
  const ended = once(child, 'exit');
  await once(child, 'message');
  child.disconnect();
  assert.deepEqual(await ended, [3, null]);
  assert.equal(await said, '');
});
