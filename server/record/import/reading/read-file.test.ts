import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { readFile, readingLimits, walk, type Part, type Walked } from './index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-reading-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const basic = (id: string): string => `{"resourceType":"Basic","id":"${id}","code":{"text":"a"}}`;
const lines = (n: number): string => Array.from({ length: n }, (_, i) => basic(`l${i}`)).join('\n');
const bundle = `{"resourceType":"Bundle","type":"batch","entry":[{"resource":${basic('a')}},{"resource":${basic('b')}}]}`;
const xml = '<Basic xmlns="http://hl7.org/fhir"><id value="x"/></Basic>';

const options = { limits: readingLimits, keepWhole: new Set<string>() };

async function walked(...paths: string[]): Promise<Walked[]> {
  const all: Walked[] = [];
  for await (const each of walk(paths)) all.push(each);
  return all;
}

async function read(
  name: string,
  bytes: Buffer | string,
  limits = readingLimits,
): Promise<(Part & { member: string })[]> {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const parts: (Part & { member: string })[] = [];
  for (const each of await walked(file)) {
    if (each.kind !== 'file') continue;
    for await (const reading of readFile(each, { ...options, limits })) {
      parts.push(...reading.parts.map((part) => ({ ...part, member: reading.member })));
    }
  }
  return parts;
}

const codes = (parts: Part[]): string[] =>
  parts.flatMap((part) => (part.kind === 'fault' ? [part.code] : []));
const count = (parts: Part[]): number => parts.filter((part) => part.kind === 'found').length;

test('the kind of a file is told by what is in it', async () => {
  assert.equal(count(await read('bundle.txt', bundle)), 2);
  assert.equal(count(await read('one.json', basic('a'))), 1);
  assert.equal(count(await read('pretty.json', JSON.stringify(JSON.parse(basic('a')), null, 2))), 1);
  assert.equal(count(await read('lines.json', lines(5))), 5);
  assert.equal(count(await read('lines.ndjson', lines(1))), 1);
  assert.equal(count(await read('one.xml', `\n${xml}`)), 1);
  assert.equal(count(await read('marked.json', `\uFEFF${bundle}`)), 2);
});

test('gzip is unpacked, and again when it was joined from several', async () => {
  assert.equal(count(await read('bundle.json.gz', gzipSync(bundle))), 2);
  assert.equal(
    count(await read('joined.ndjson.gz', Buffer.concat([gzipSync(`${lines(3)}\n`), gzipSync(lines(2))]))),
    5,
  );
});

test('each file in a zip or tar archive is read', async () => {
  const zipped = await read(
    'a.zip',
    zip({ 'x/one.json': basic('a'), 'two.ndjson': lines(4), 'read.me.md': 'hello' }),
  );
  assert.deepEqual([count(zipped), codes(zipped)], [5, []]);
  assert.deepEqual([...new Set(zipped.map((part) => part.member))], ['x/one.json', 'two.ndjson']);
  const inside = path.join(folder, 'inside');
  mkdirSync(inside);
  writeFileSync(path.join(inside, 'one.json'), basic('a'));
  writeFileSync(path.join(inside, `${'long'.repeat(30)}.ndjson`), lines(3000));
  const tar = execFileSync('tar', ['-cz', '-C', inside, '.']);
  const unpacked = await read('a.tar.gz', tar);
  assert.deepEqual([count(unpacked), codes(unpacked)], [3001, []]);
});

test('an archive in an archive is not opened', async () => {
  assert.deepEqual(codes(await read('nested.zip', zip({ 'in.zip': zip({ a: basic('a') }) }))), [
    'nested-archive',
  ]);
  assert.deepEqual(codes(await read('twice.json.gz', gzipSync(gzipSync(bundle)))), ['nested-archive']);
});

test('a damaged archive is told, and what came before the damage is kept', async () => {
  const whole = gzipSync(lines(50_000), { level: 1 });
  const cut = await read('cut.ndjson.gz', whole.subarray(0, whole.length / 2));
  assert.deepEqual(codes(cut).slice(-1), ['truncated']);
  assert.ok(count(cut) > 10_000);
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, whole.length / 2, whole.length / 2 + 50);
  assert.deepEqual(codes(await read('damaged.ndjson.gz', damaged)).slice(-1), ['archive']);
  assert.deepEqual(codes(await read('damaged.zip', zip({ a: bundle }).subarray(0, 60))), ['archive']);
});

test('a zip bomb is stopped', async () => {
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, ' '));
  assert.deepEqual(codes(await read('bomb.json.gz', bomb)), ['expansion']);
  const limited = { ...readingLimits, expandedBytes: 1_000_000 };
  assert.deepEqual(
    codes(await read('large.ndjson.gz', gzipSync(lines(50_000)), limited)).at(-1),
    'expansion',
  );
});

test('what holds no FHIR is told', async () => {
  assert.deepEqual(codes(await read('empty.json', '')), ['empty']);
  assert.deepEqual(codes(await read('blank.json', ' \n\t')), ['empty']);
  assert.deepEqual(codes(await read('words.json', 'hello')), ['not-fhir']);
  assert.deepEqual(codes(await read('empty.json.gz', gzipSync(''))), ['empty']);
  assert.deepEqual(codes(await read('utf16.json', Buffer.from(`\uFEFF${bundle}`, 'utf16le'))), ['encoding']);
  assert.deepEqual(codes(await read('latin.xml', Buffer.from(xml.replace('"x"', '"\u00e9"'), 'latin1'))), [
    'encoding',
  ]);
});

test('XML may be UTF-16 or say that it is windows-1252', async () => {
  const accented = xml.replace('"x"', '"\u00e9"');
  const [wide] = await read('wide.xml', Buffer.from(`\uFEFF${accented}`, 'utf16le'));
  assert.equal(wide?.kind === 'found' && wide.text, accented);
  const declared = `<?xml version="1.0" encoding="windows-1252"?>${accented}`;
  const [narrow] = await read('narrow.xml', Buffer.from(declared, 'latin1'));
  assert.equal(narrow?.kind === 'found' && narrow.text, accented);
});

test('a file that changes while it is read is told', async () => {
  const file = path.join(folder, 'growing.ndjson');
  writeFileSync(file, lines(20_000));
  const [input] = await walked(file);
  assert.equal(input?.kind, 'file');
  const parts: Part[] = [];
  let isFirst = true;
  for await (const reading of readFile(input, options)) {
    parts.push(...reading.parts);
    if (isFirst) appendFileSync(file, `\n${basic('more')}`);
    isFirst = false;
  }
  assert.deepEqual(codes(parts), ['changed']);
});

test('a folder gives its FHIR files in order and says what it passed over', async () => {
  const tree = path.join(folder, 'tree');
  mkdirSync(path.join(tree, 'sub'), { recursive: true });
  for (const name of ['b.json', 'a.ndjson.gz', 'README.md', '.hidden.json', 'sub/c.xml'])
    writeFileSync(path.join(tree, name), '');
  symlinkSync('..', path.join(tree, 'sub', 'loop'));
  symlinkSync('b.json', path.join(tree, 'd.json'));
  symlinkSync('nowhere', path.join(tree, 'e.json'));
  const seen = (await walked(tree)).map((each) => [each.kind, path.relative(tree, each.name)]);
  assert.deepEqual(seen, [
    ['passed-over', 'README.md'],
    ['file', 'a.ndjson.gz'],
    ['file', 'b.json'],
    ['file', 'd.json'],
    ['walk-fault', 'e.json'],
    ['file', 'sub/c.xml'],
    ['walk-fault', 'sub/loop'],
  ]);
});

test('a path that does not exist or may not be read is told', async () => {
  const [absent] = await walked(path.join(folder, 'absent.json'));
  assert.partialDeepStrictEqual(absent, { kind: 'walk-fault', fault: { code: 'unreadable' } });
  if (process.getuid?.() === 0) return;
  const locked = path.join(folder, 'locked.json');
  writeFileSync(locked, bundle);
  chmodSync(locked, 0);
  assert.deepEqual(codes(await read('locked.json', bundle).catch(() => [])), []);
});

/** A small zip archive. Source: PKWARE APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16. */
function zip(files: Record<string, string | Buffer>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
