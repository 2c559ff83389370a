import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { bytesIfThere, readIfThere } from './read-if-there.ts';

test('a file that is there is read, one that is not gives nothing, and any other fault is said', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-read-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'note.txt');
  assert.equal(readIfThere(file), undefined);
  assert.equal(bytesIfThere(file), undefined);
  writeFileSync(file, 'Tywyn – café');
  assert.equal(readIfThere(file), 'Tywyn – café');
  assert.deepEqual(bytesIfThere(file), Buffer.from('Tywyn – café'));
  assert.throws(() => readIfThere(folder), { code: 'EISDIR' });
});
