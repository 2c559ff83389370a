import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { Problem } from '../errors.ts';
import { eicar, smallClamd, type Manner } from './clamd.fixture.ts';
import { askClamd, createFileDoor, openFileDoor, placeOfScanner, type Telling } from './index.ts';

const clamd = await smallClamd();
const bySocket = await smallClamd('path', 100_000);
after(async () => {
  await clamd.stop();
  await bySocket.stop();
});

const letter = Buffer.from('Dear Ada, all is well.');
const soonMs = 200;
const quietly: Telling = { onFound: async () => undefined, onSilent: () => undefined };
const doorTo = (telling = quietly, clock = () => new Date()) =>
  createFileDoor({ by: 'scanner', place: clamd.place, patienceMs: soonMs }, clock, telling);
const codeOf = (work: Promise<void>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error as Problem).code,
  );

test('a clean content and a malicious one are told apart, by a port and by a socket in the file system', async () => {
  for (const { place } of [clamd, bySocket]) {
    assert.deepEqual(await askClamd(place, letter, 5000), { is: 'clean' });
    assert.deepEqual(await askClamd(place, eicar, 5000), { is: 'found', name: 'Eicar-Test-Signature' });
    assert.deepEqual(await askClamd(place, Buffer.alloc(0), 5000), { is: 'clean' });
  }
});

test('contents of every size come over whole', async () => {
  const sizes = fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 200_000, 1_000_000);
  await fc.assert(
    fc.asyncProperty(sizes, fc.boolean(), async (size, isBad) => {
      const content = Buffer.concat([Buffer.alloc(size, 'a'), ...(isBad ? [eicar] : [])]);
      const said = await askClamd(clamd.place, content, 5000);
      assert.equal(said.is, isBad ? 'found' : 'clean');
      assert.equal(clamd.asked.at(-1), content.length);
    }),
    { numRuns: 20 },
  );
});

test('a content that is larger than the scanner takes is not called clean', async () => {
  const said = await askClamd(bySocket.place, Buffer.alloc(300_000), 5000);
  assert.equal(said.is, 'silent');
});

test('an answer in fragments is read; one that is late, half, cut off, garbage, endless or an error is none', async () => {
  clamd.manner = 'in fragments';
  assert.deepEqual(await askClamd(clamd.place, eicar, 5000), { is: 'found', name: 'Eicar-Test-Signature' });
  const bad: Manner[] = ['never', 'closes', 'half', 'garbage', 'endless', 'two lines', 'error'];
  for (const manner of bad) {
    clamd.manner = manner;
    assert.equal((await askClamd(clamd.place, letter, soonMs)).is, 'silent', manner);
  }
  clamd.manner = 'well';
});

test('a scanner that does not answer lets no file leave, and is asked again the next time', async () => {
  const silent: string[] = [];
  const door = doorTo({ ...quietly, onSilent: (why) => void silent.push(why) });
  clamd.manner = 'never';
  assert.equal(await codeOf(door.mayLeave(letter)), 'files/not-scanned');
  assert.deepEqual(silent, ['too slow']);
  clamd.manner = 'well';
  assert.equal(await codeOf(door.mayLeave(letter)), undefined);
  const gone = createFileDoor(
    { by: 'scanner', place: { path: '/nowhere/clamd.ctl' } },
    () => new Date(),
    quietly,
  );
  assert.equal(await codeOf(gone.mayLeave(letter)), 'files/not-scanned');
});

test('a malicious content is told of and never leaves', async () => {
  const found: string[] = [];
  const door = doorTo({
    ...quietly,
    onFound: async (digest, name) => void found.push(`${digest.length} ${name}`),
  });
  assert.equal(await codeOf(door.mayLeave(eicar)), 'files/malicious');
  assert.equal(await codeOf(door.mayLeave(eicar)), 'files/malicious');
  assert.deepEqual(found, ['64 Eicar-Test-Signature']);
});

test('a content is scanned once by its hash, however many want it, and anew when signatures may have changed', async () => {
  let at = 0;
  const door = doorTo(quietly, () => new Date(at));
  const before = clamd.asked.length;
  await Promise.all([door.mayLeave(letter), door.mayLeave(Buffer.from(letter)), door.mayLeave(letter)]);
  await door.mayLeave(letter);
  assert.equal(clamd.asked.length - before, 1);
  at += 60 * 60 * 1000;
  await door.mayLeave(letter);
  assert.equal(clamd.asked.length - before, 2);
});

test('where nobody said who scans, no file leaves; where nobody is to scan, each does', async () => {
  const closed = createFileDoor({ by: 'not-said' }, () => new Date(), quietly);
  assert.equal(await codeOf(closed.mayLeave(letter)), 'files/no-scanner');
  assert.equal(
    createFileDoor({ by: 'nobody' }, () => new Date(), quietly),
    openFileDoor,
  );
  assert.equal(await codeOf(openFileDoor.mayLeave(letter)), undefined);
});

test('a scanner is on this machine, because documents go to it in the clear', () => {
  assert.deepEqual(placeOfScanner('/run/clamav/clamd.ctl'), { path: '/run/clamav/clamd.ctl' });
  assert.deepEqual(placeOfScanner('localhost:3310'), { host: 'localhost', port: 3310 });
  assert.deepEqual(placeOfScanner('[::1]:3310'), { host: '::1', port: 3310 });
  assert.throws(() => placeOfScanner('scanner.example:3310'), /on this machine/);
  for (const text of ['', 'clamd', 'localhost:0', 'localhost:70000', 'localhost:3310:1'])
    assert.throws(() => placeOfScanner(text), /neither HOST:PORT/, text);
});
