import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { openDefinitions } from '../definitions/index.ts';
import { createSearch } from '../search/index.ts';
import { createStore } from '../store/index.ts';
import type { Change, Delivery } from '../types.ts';
import { createExports, type Exports } from './index.ts';

const db = await database();
const definitions = openDefinitions();
const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-export-'));
after(() => rm(folder, { recursive: true, force: true }));

let now = Date.UTC(2026, 0, 1);
const clock = (): Date => new Date(now);
const store = createStore({ db, extractor: createSearch({ definitions }), clock });
const delivery: Delivery = { source: 'urn:example:test', channel: 'rest', agent: 'test' };
const exportsHere = (): Exports => createExports({ db, clock, folder, membersOf: async () => [] });

const flag = (id: string, wording: string): Change => ({
  kind: 'put',
  type: 'Flag',
  id,
  resource: { resourceType: 'Flag', id, code: { text: wording } },
});

async function textsOf(exports: Exports, id: string): Promise<string[]> {
  for (;;) {
    const status = await exports.status(id, (name) => name);
    if (status.state === 'failed') throw status.problem;
    if (status.state === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const file = await exports.file(id, 'Flag.ndjson');
  const lines = (await text(file.body)).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line).code.text);
}

const request = (types = ['Flag']) => ({
  scope: { level: 'system' as const },
  types,
  since: undefined,
  requestUrl: 'https://ics.example/fhir/$export',
  startedBy: 'test',
});

test('an export shows the record as it was when it was asked for, whatever happens meanwhile', async () => {
  await store.write([flag('changed', 'before'), flag('deleted', 'before'), flag('kept', 'before')], delivery);
  const then = now + 60_000;
  now += 120_000;
  await store.write(
    [flag('changed', 'after'), flag('new', 'after'), { kind: 'delete', type: 'Flag', id: 'deleted' }],
    delivery,
  );
  now = then;
  const exports = exportsHere();
  const texts = await textsOf(exports, await exports.start(request()));
  await exports.stop();
  assert.deepEqual(texts, ['before', 'before', 'before']);
  now += 120_000;
});

test('an export that was broken off goes on from where it was, and every resource is in it once', async () => {
  for (let from = 0; from < 4000; from += 1000) {
    await store.write(
      Array.from({ length: 1000 }, (_, index) => flag(`many-${from + index}`, `many-${from + index}`)),
      delivery,
    );
  }
  const first = exportsHere();
  const id = await first.start(request());
  await first.stop();
  const status = await first.status(id, (name) => name);
  assert.equal(status.state, 'underway');
  await appendFile(path.join(folder, id, 'Flag.ndjson'), '{"half a line').catch(() => {});
  const second = exportsHere();
  second.resume();
  const texts = await textsOf(second, id);
  await second.stop();
  assert.equal(texts.length, 4003);
  assert.equal(new Set(texts.filter((wording) => wording.startsWith('many-'))).size, 4000);
});

test('a finished export is forgotten after a day, files too', async () => {
  const exports = exportsHere();
  const id = await exports.start(request());
  await textsOf(exports, id);
  now += 25 * 3_600_000;
  exports.resume();
  await exports.stop();
  await assert.rejects(
    exports.status(id, (name) => name),
    { status: 404 },
  );
});

test('an export whose files cannot be written fails and says so', async () => {
  const file = path.join(folder, 'not-a-folder');
  await writeFile(file, '');
  const exports = createExports({ db, clock, folder: file, membersOf: async () => [] });
  const id = await exports.start(request());
  await assert.rejects(textsOf(exports, id), { code: 'operations/export-failed' });
  await exports.stop();
});
