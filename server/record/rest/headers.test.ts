import assert from 'node:assert/strict';
import { test } from 'node:test';
import { etag, isNotModified, versionWanted } from './preconditions.ts';
import { readPreferences } from './preferences.ts';

const stored = { version: 3, lastUpdated: new Date('2026-03-01T10:00:00.400Z') };

test('Prefer may hold several wishes in one header or in several', () => {
  assert.deepEqual(readPreferences('return=minimal; handling=strict, respond-async'), {
    answer: 'minimal',
    handling: 'strict',
    async: true,
  });
  assert.deepEqual(
    readPreferences(['return="OperationOutcome"', 'handling=lenient']).answer,
    'OperationOutcome',
  );
});

test('a wish that is not known changes nothing', () => {
  assert.deepEqual(readPreferences('return=everything, wait=10'), { handling: 'lenient', async: false });
});

test('If-Match names a version as a weak or a strong tag', () => {
  assert.equal(versionWanted('W/"12"'), 12);
  assert.equal(versionWanted('"12"'), 12);
  assert.equal(versionWanted('*'), undefined);
  assert.throws(() => versionWanted('W/"abc"'), { code: 'rest/if-match', status: 400 });
});

test('a client that holds the version, or read it late enough, is told that nothing changed', () => {
  assert.equal(isNotModified(stored, { ifNoneMatch: `"1", ${etag(3)}` }), true);
  assert.equal(isNotModified(stored, { ifNoneMatch: etag(2) }), false);
  assert.equal(isNotModified(stored, { ifModifiedSince: 'Sun, 01 Mar 2026 10:00:00 GMT' }), true);
  assert.equal(isNotModified(stored, { ifModifiedSince: 'Sun, 01 Mar 2026 09:59:59 GMT' }), false);
});

test('If-None-Match comes before If-Modified-Since', () => {
  const later = 'Sun, 01 Mar 2026 11:00:00 GMT';
  assert.equal(isNotModified(stored, { ifNoneMatch: etag(2), ifModifiedSince: later }), false);
});
