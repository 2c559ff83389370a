import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { lockHolder, takeLock } from './process-lock.ts';

function lockFile(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return path.join(folder, 'a.lock');
}

test('the second to ask is told who has the lock and what they say of themselves', (t) => {
  const file = lockFile(t);
  const first = takeLock(file, { address: 'http://localhost:1' });
  assert.ok('lock' in first);
  const second = takeLock(file);
  assert.ok('holder' in second);
  assert.equal(second.holder.pid, process.pid);
  assert.equal(second.holder.about['address'], 'http://localhost:1');
});

test('a released lock can be taken again, and leaves no files', (t) => {
  const file = lockFile(t);
  const first = takeLock(file);
  assert.ok('lock' in first);
  first.lock.tell({ address: 'x' });
  assert.equal(lockHolder(file)?.about['address'], 'x');
  first.lock.release();
  assert.equal(lockHolder(file), undefined);
  assert.deepEqual(readdirSync(path.dirname(file)), []);
  assert.ok('lock' in takeLock(file));
});

test('a lock left by a process that is gone is taken over', (t) => {
  const file = lockFile(t);
  const gone = spawnSync(process.execPath, ['-e', '0']).pid;
  writeFileSync(file, JSON.stringify({ pid: gone, born: '1', about: {} }));
  assert.ok('lock' in takeLock(file));
});

test('a process number that was used again does not keep the lock', (t) => {
  const file = lockFile(t);
  writeFileSync(file, JSON.stringify({ pid: process.pid, born: '1', about: {} }));
  assert.ok('lock' in takeLock(file));
});

test('a damaged lock file is taken over', (t) => {
  const file = lockFile(t);
  writeFileSync(file, '{"pid":');
  assert.ok('lock' in takeLock(file));
});

test('of many processes that ask at once, one gets the lock', async (t) => {
  const file = lockFile(t);
  writeFileSync(file, JSON.stringify({ pid: 999_999_999, born: '1', about: {} }));
  const module = new URL('./process-lock.ts', import.meta.url).href;
  const script = `const { takeLock } = await import(${JSON.stringify(module)});
    process.stdout.write('lock' in takeLock(${JSON.stringify(file)}) ? 'mine' : 'theirs');
    process.stdin.resume();`;
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script]),
  );
  const answers = await Promise.all(
    children.map(async (child) => String((await once(child.stdout, 'data'))[0])),
  );
  for (const child of children) child.stdin.end();
  assert.equal(answers.filter((answer) => answer === 'mine').length, 1);
  assert.ok(readFileSync(file, 'utf8').length > 0);
});
