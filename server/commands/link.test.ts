import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Problem } from '../platform/errors.ts';
import { run } from './link.ts';

const people = [
  'id,first_name,surname,dob,postcode',
  '1,Ann,Lee,1950-01-02,LS1 1AA',
  '2,Anne,Lee,1950-01-02,LS1 1AA',
  '3,Bo,Hart,1991-07-30,YO1 7HH',
].join('\n');

test('the command writes pairs, clusters, a report and the model beside each other', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-link-'));
  t.after(() => rmSync(folder, { recursive: true }));
  t.mock.method(console, 'log', () => undefined);
  t.mock.method(process.stderr, 'write', () => true);
  const file = path.join(folder, 'people.csv');
  writeFileSync(file, people);
  assert.equal(await run([file, '--out', path.join(folder, 'pairs.csv')]), 0);
  assert.deepEqual(readdirSync(folder).sort(), [
    'pairs.clusters.csv',
    'pairs.csv',
    'pairs.model.json',
    'pairs.report.html',
    'people.csv',
  ]);
  assert.match(readFileSync(path.join(folder, 'pairs.clusters.csv'), 'utf8'), /^1,1\n1,2\n2,3$/m);
  const again = path.join(folder, 'again.csv');
  await run([file, '--out', again, '--model', path.join(folder, 'pairs.model.json')]);
  assert.equal(readFileSync(again, 'utf8'), readFileSync(path.join(folder, 'pairs.csv'), 'utf8'));
});

test('a slip in the options is answered in plain words, and no file that is read is written over', async () => {
  const file = path.join(tmpdir(), 'a.csv');
  for (const args of [
    [file],
    [file, '--out', file],
    [file, '--out', 'x.csv', '--guards', 'yes'],
    [file, '--out', 'x.csv', '--threshold', '2'],
    [file, '--out', 'x.csv', '--columns', 'colour=x'],
    [file, file, file, '--out', 'x.csv'],
  ])
    await assert.rejects(run(args), Problem);
});
