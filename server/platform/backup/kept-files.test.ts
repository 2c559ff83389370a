import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { bringBackFiles, changedFiles, keepFiles } from './kept-files.ts';

test('files that belong to the tables go into the backup and come back, readable by their owner only', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-kept-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [data, backup, restored] = ['data', 'backup', 'restored'].map((name) => path.join(folder, name));
  mkdirSync(path.join(data!, 'keys'), { recursive: true });
  writeFileSync(path.join(data!, 'keys/one.key'), 'sealed');
  const kept = await keepFiles(data!, ['keys', 'not-there'], backup!);
  assert.deepEqual(
    kept.map(({ file, bytes }) => [file, bytes]),
    [['keys/one.key', 6]],
  );
  assert.deepEqual(await changedFiles(backup!, kept), []);
  await bringBackFiles(backup!, kept, restored!);
  const file = path.join(restored!, 'keys/one.key');
  assert.equal(readFileSync(file, 'utf8'), 'sealed');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  writeFileSync(path.join(backup!, 'keys/one.key'), 'other');
  assert.deepEqual(await changedFiles(backup!, kept), ['keys/one.key']);
});

test('a name that leads out of the backup is not followed', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-kept-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const file of ['../secret', '/etc/passwd', 'keys/../../x', 'keys/..'])
    assert.deepEqual(await changedFiles(folder, [{ file, bytes: 0, sha256: '' }]), [file]);
});
