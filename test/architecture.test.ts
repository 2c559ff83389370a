import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { floors } from '../server/manifest.ts';
import { readSources } from './architecture/imports.ts';
import { faultsOf } from './architecture/rules.ts';

const root = path.resolve(import.meta.dirname, '..');

test('the house keeps its rules: doors, floors, no loops, small files', () => {
  const sources = readSources(root);
  assert.ok(sources.length > 100, `only ${sources.length} files were seen`);
  assert.ok(sources.flatMap((source) => source.imports).length > 200, 'hardly any import was seen');
  const faults = faultsOf(sources, floors);
  assert.equal(faults.length, 0, `\n${faults.join('\n')}\n`);
});

/** A small house in a folder of its own: file names and what each imports. */
function house(t: TestContext, files: Record<string, string[]>): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-house-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [file, imports] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    const lines = imports.map((line) => (line.startsWith('.') ? `${'import'} { a } from '${line}';` : line));
    writeFileSync(path.join(folder, file), lines.join('\n'));
  }
  return faultsOf(readSources(folder), floors);
}

test('a house in order has no faults', (t) => {
  assert.deepEqual(
    house(t, {
      'server/platform/errors.ts': [],
      'server/people/index.ts': ['./rules.ts'],
      'server/people/rules.ts': ['../platform/errors.ts'],
      'server/record/store/index.ts': ['../../people/index.ts'],
      'server/commands/start.ts': ['../record/store/index.ts'],
      'web/root.tsx': [],
    }),
    [],
  );
});

test('a planted loop is found', (t) => {
  const faults = house(t, {
    'server/people/a.ts': ['./b.ts'],
    'server/people/b.ts': ['./c.ts'],
    'server/people/c.ts': ['./a.ts'],
  });
  assert.deepEqual(faults, [
    'a loop of imports: server/people/a.ts > server/people/b.ts > server/people/c.ts > server/people/a.ts',
  ]);
});

test('a planted import past a door is found', (t) => {
  const faults = house(t, {
    'server/people/index.ts': [],
    'server/people/store.ts': [],
    'server/record/rules.ts': ['../people/store.ts'],
  });
  assert.deepEqual(faults, [
    'server/record/rules.ts imports server/people/store.ts past its door server/people/index.ts',
  ]);
});

test('a planted import past the door of a sub-room is found', (t) => {
  const faults = house(t, {
    'server/record/search/index.ts': [],
    'server/record/search/plan.ts': [],
    'server/record/rest/index.ts': ['../search/plan.ts'],
  });
  assert.equal(faults.length, 1);
});

test('a planted upward import is found, between rooms and within the record', (t) => {
  const faults = house(t, {
    'server/platform/clock.ts': ['../people/index.ts'],
    'server/people/index.ts': [],
    'server/people/rules.ts': ['../app.ts'],
    'server/app.ts': [],
    'server/record/search/index.ts': ['../rest/index.ts'],
    'server/record/rest/index.ts': [],
  });
  assert.deepEqual(faults, [
    'server/people/rules.ts imports upwards: server/app.ts',
    'server/platform/clock.ts imports upwards: server/people/index.ts',
    'server/record/search/index.ts imports upwards within the record: server/record/rest/index.ts',
  ]);
});

test('a page that imports the server is found', (t) => {
  const faults = house(t, { 'web/pages/a.tsx': ['../../server/app.ts'], 'server/app.ts': [] });
  assert.equal(faults.length, 1);
});

test('an import of a name that is not written out is found', (t) => {
  const faults = house(t, { 'server/people/a.ts': [`await ${'import'}(name);`] });
  assert.deepEqual(faults, ['server/people/a.ts imports a name that is not written out']);
});

test('a file that is too long is found', (t) => {
  const faults = house(t, { 'server/people/a.ts': Array.from({ length: 402 }, () => '') });
  assert.equal(faults.length, 1);
});
