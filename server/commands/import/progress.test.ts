import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openProgress, progressText } from './progress.ts';

test('progress tells the rate and the time left', () => {
  assert.equal(
    progressText({ bytes: 25e6, allBytes: 100e6, stored: 1_250_000, elapsedMs: 100_000 }),
    '1,250,000 resources, 12,500 a second, 25% read, about 5 min left',
  );
  assert.equal(
    progressText({ bytes: 0, allBytes: 0, stored: 0, elapsedMs: 0 }),
    '0 resources, 0 a second, 0% read',
  );
});

test('without a terminal a plain line comes now and then', () => {
  let time = 0;
  const written: string[] = [];
  const view = openProgress({ write: (text) => written.push(text) }, () => time);
  view.found(2, 1_000_000, false);
  for (let i = 0; i < 100; i += 1) {
    time += 100;
    view.bytes(10_000);
    view.stored(50);
  }
  view.end();
  assert.deepEqual(written, [
    '2 files, 1.0 MB\n',
    '2,450 resources, 490 a second, 50% read, about 5 s left\n',
    '4,950 resources, 495 a second, 100% read, about 0 s left\n',
  ]);
});

test('on a terminal one line is drawn over', () => {
  let time = 0;
  const written: string[] = [];
  const view = openProgress({ isTTY: true, columns: 40, write: (text) => written.push(text) }, () => time);
  view.found(1, 100, true);
  time = 1_000;
  view.bytes(50);
  view.note('said');
  view.end();
  assert.match(written[0]!, /^Going on with an import that was cut off: 1 file/);
  assert.match(written[1]!, /^\[#{10}\.{10}\] 0 resources/);
  assert.ok(written[1]!.length < 40);
  assert.deepEqual(written.slice(2), ['\r\u001b[2K', 'said\n']);
});
