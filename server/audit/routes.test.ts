import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { ada, house, opening } from './house.fixture.ts';
import { verifierAsOneFile } from './index.ts';
import { rootOver } from './log/edge.ts';
import { tilePath } from './log/tile-path.ts';
import { isIncluded, leafHash, readCheckpoint, readNote, type ListBundle } from './verifier/index.ts';

/** A log of so many events, and how to ask for its files. */
async function published(t: TestContext, events: number) {
  const { log, serve } = await house(t);
  const address = await serve();
  const one = opening(ada, { particulars: { userName: 'Nur Ali' } });
  await log.note(...Array.from({ length: events }, () => one));
  await log.placeAll();
  return { log, get: (url: string) => fetch(`${address}${url}`) };
}

const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

test('the log is published as files: checkpoint, tiles and entries fit together', async (t) => {
  const { get } = await published(t, 300);
  const answer = await get('/audit/log/checkpoint');
  assert.equal(answer.status, 200);
  const { size, root } = readCheckpoint(readNote(await answer.text()).text);
  assert.equal(size, 301);
  const hashes: Buffer[] = [];
  for (const place of [
    { n: 0, width: 256 },
    { n: 1, width: 45 },
  ]) {
    const tile = await bytesOf(await get(`/audit/log/tile/0/${tilePath(place)}`));
    const entries = await bytesOf(await get(`/audit/log/tile/entries/${tilePath(place)}`));
    for (let i = 0, from = 0; i < place.width; i++) {
      const length = entries.readUInt16BE(from);
      const hash = tile.subarray(32 * i, 32 * i + 32);
      assert.ok(hash.equals(leafHash(entries.subarray(from + 2, from + 2 + length))));
      hashes.push(hash);
      from += 2 + length;
    }
  }
  const top = await bytesOf(await get('/audit/log/tile/1/000.p/1'));
  assert.equal(top.length, 32);
  assert.ok(isIncluded(hashes[300]!, 300, { size, root }, restOf(hashes, top)));
});

/** The proof of the last leaf of 301, from tiles alone: subtrees of 44, by 32, 8 and 4, then the first 256. */
function restOf(hashes: Buffer[], top: Buffer): Uint8Array[] {
  return [rootOver(hashes, 296, 300), rootOver(hashes, 288, 296), rootOver(hashes, 256, 288), top];
}

test('what the log does not have is told as such', async (t) => {
  const { get } = await published(t, 3);
  for (const url of [
    'tile/0/001',
    'tile/0/000',
    'tile/0/000.p/5',
    'tile/0/x000/001',
    'tile/0/000.p/0',
    'tile/7/000.p/1',
    'tile/entries/000',
    'tile/0/1',
    'tile/00/000.p/1',
  ])
    assert.equal((await get(`/audit/log/${url}`)).status, 404, url);
});

test('tiles are named as in the published example', () => {
  // C2SP tlog-tiles: index 1234067.
  assert.equal(tilePath({ n: 1_234_067, width: 256 }), 'x001/x234/067');
});

test('the downloaded verifier checks a downloaded list by itself, in a program that has nothing else', async (t) => {
  const { log, get } = await published(t, 20);
  const bundle = (await (await get(`/api/audit/people/${ada}/proof`)).json()) as ListBundle;
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-verifier-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const source = await (await get('/audit/verifier.js')).text();
  assert.equal(source, verifierAsOneFile());
  assert.doesNotMatch(source, /\bimport\b|\brequire\(/);
  writeFileSync(path.join(folder, 'verifier.mjs'), source);
  writeFileSync(path.join(folder, 'bundle.json'), JSON.stringify(bundle));
  const program = `import { verifyList } from './verifier.mjs'; import { readFileSync } from 'node:fs';
    const bundle = JSON.parse(readFileSync('bundle.json', 'utf8'));
    const trust = { keys: [process.argv[1]] };
    const whole = await verifyList(bundle, trust);
    const cut = await verifyList({ ...bundle, events: bundle.events.slice(0, -1) }, trust);
    console.log(whole.holds, whole.events, cut.holds);`;
  const [key] = await log.keys.texts();
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program, key!], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(said.trim(), 'true 20 false');
});
