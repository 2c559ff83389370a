import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { standsOf } from './build.ts';
import { stillStand } from './read.ts';

const longAgo = new Date('2026-01-01');

function source(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-built-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'a.ts');
  writeFileSync(file, 'export const a = 1;');
  utimesSync(file, longAgo, longAgo);
  return file;
}

test('a built program is used while every source stands as it did', (t) => {
  const stands = standsOf([source(t)], Date.now());
  assert.ok(Object.keys(stands).some((file) => file.endsWith('a.ts')));
  assert.ok(Object.keys(stands).includes('package-lock.json'));
  assert.ok(stillStand(stands));
});

test('a changed source, one of the same length too, and one that is gone each make it old', (t) => {
  const changes: ((file: string) => void)[] = [
    (file) => writeFileSync(file, 'export const a = 2;'),
    (file) => rmSync(file),
  ];
  for (const change of changes) {
    const file = source(t);
    const stands = standsOf([file], Date.now());
    change(file);
    assert.ok(!stillStand(stands));
  }
});

test('a source that changed while it was built makes it old at once', (t) => {
  const file = source(t);
  const began = Date.now();
  const later = new Date(began + 5);
  utimesSync(file, later, later);
  assert.ok(!stillStand(standsOf([file], began)));
});
