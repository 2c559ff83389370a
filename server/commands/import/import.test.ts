import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { databaseAddress } from '../../../test/support/database.ts';

const cli = path.resolve(import.meta.dirname, '../../cli.ts');
const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-command-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { url } = await databaseAddress();

function openics(args: string[], input = '') {
  const ended = spawnSync(process.execPath, [cli, ...args, '--data', path.join(folder, 'data')], {
    env: { ...process.env, DATABASE_URL: url },
    encoding: 'utf8',
    input,
  });
  return { code: ended.status, output: ended.stdout, errors: ended.stderr };
}

const write = (name: string, content: unknown): string => {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
};

const patient = { resourceType: 'Patient', id: 'made-up', gender: 'female' };

test('an import ends with 0 when all is stored and says how many of each type', () => {
  const { code, output } = openics(['import', write('good.json', patient)]);
  assert.equal(code, 0, output);
  assert.match(output, /^Patient +1 +0 +0$/m);
});

test('an import with something bad ends with 2, and a person mends it from the command line', () => {
  const bad = { ...patient, id: 'to-mend', gender: 'banana' };
  assert.equal(openics(['import', write('bad.json', bad)]).code, 2);
  const list = openics(['quarantine', 'list']);
  assert.match(list.output, /Patient\/to-mend\n.*bad\.json, entry 1, line 1, column 1\n +Patient\.gender: /);
  assert.match(list.output, /^open 1, mended 0/m);
  const id = /^[0-9a-f-]{36}/m.exec(list.output)![0];
  assert.match(openics(['quarantine', 'show', id]).output, /"gender":"banana"/);
  assert.equal(openics(['quarantine', 'replay', id]).code, 2);
  assert.equal(
    openics(['quarantine', 'mend', id, '--file', '-'], JSON.stringify({ ...bad, gender: 'male' })).code,
    0,
  );
  assert.equal(openics(['quarantine', 'replay', '--all']).code, 0);
  assert.match(openics(['quarantine', 'list', '--state', 'replayed']).output, /Patient\/to-mend/);
  assert.equal(openics(['import', path.join(folder, 'bad.json')]).code, 0);
});

test('what cannot be read is held back; wrong use is told', () => {
  const absent = openics(['import', path.join(folder, 'absent.json')]);
  assert.equal(absent.code, 2);
  assert.equal(openics(['import']).code, 1);
  assert.equal(openics(['import', '--bananas']).code, 2);
  assert.equal(openics(['quarantine', 'show', 'x']).code, 1);
});
