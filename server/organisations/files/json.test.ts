import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { Problem } from '../../platform/errors.ts';
import { readJson } from './json.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-json-'));
after(() => rm(folder, { recursive: true }));

async function read(bytes: Buffer): Promise<unknown> {
  const file = path.join(folder, 'a.json');
  await writeFile(file, bytes);
  return readJson(file, 'a.json');
}

const refusedAt = (place: string) => (error: unknown) => error instanceof Problem && error.place === place;

test('a file with a byte-order mark is read', async () => {
  assert.deepEqual(await read(Buffer.from('\u{feff}{"name":"Zoë"}')), { name: 'Zoë' });
});

test('a file in another encoding is refused, so that no name is damaged', async () => {
  await assert.rejects(read(Buffer.from('{"name":"Zoë"}', 'latin1')), refusedAt('a.json, line 1'));
  await assert.rejects(read(Buffer.from('{"name":"Zoe"}', 'utf16le')), refusedAt('a.json, line 1, column 2'));
});

test('where a file stops being JSON is told', async () => {
  await assert.rejects(read(Buffer.from('{"a": 1,\n"b" 2}')), refusedAt('a.json, line 2, column 5'));
});
