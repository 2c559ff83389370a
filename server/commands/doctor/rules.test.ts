import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  judgeBackup,
  judgeClock,
  judgeConnections,
  judgeDisk,
  judgeMemory,
  judgeMigrations,
  judgeMode,
  judgeNode,
  judgeQuarantine,
  judgeSettings,
  judgeVersion,
} from './rules.ts';

const gib = 1024 ** 3;
const safe = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  data_checksums: 'on',
  server_encoding: 'UTF8',
};

test('a disk that is nearly full is wrong, one that is filling is worth a look', () => {
  assert.equal(judgeDisk(gib / 2, '/d').state, 'wrong');
  assert.equal(judgeDisk(5 * gib, '/d').state, 'look');
  assert.equal(judgeDisk(50 * gib, '/d').state, 'good');
});

test('fsync off is wrong, because a power cut can destroy the database', () => {
  const [finding] = judgeSettings({ ...safe, fsync: 'off' });
  assert.equal(finding?.state, 'wrong');
  assert.match(finding?.text ?? '', /power cut/);
});

test('each unsafe setting is named, and safe ones give one good line', () => {
  assert.deepEqual(
    judgeSettings({ ...safe, synchronous_commit: 'off', data_checksums: 'off' }).map(
      (finding) => finding.state,
    ),
    ['wrong', 'look'],
  );
  assert.deepEqual(
    judgeSettings(safe).map((finding) => finding.state),
    ['good'],
  );
  assert.equal(judgeSettings({ ...safe, synchronous_commit: 'remote_apply' })[0]?.state, 'good');
});

test('two clocks more than two seconds apart are wrong', () => {
  assert.equal(judgeClock(1_900).state, 'good');
  assert.equal(judgeClock(-2_100).state, 'wrong');
});

test('waiting migrations are worth a look; edited or unknown ones are wrong', () => {
  assert.equal(judgeMigrations({ waiting: [], changed: [], unknown: [] }).state, 'good');
  assert.equal(judgeMigrations({ waiting: [1], changed: [], unknown: [] }).state, 'look');
  assert.equal(judgeMigrations({ waiting: [], changed: ['a'], unknown: [] }).state, 'wrong');
  assert.equal(judgeMigrations({ waiting: [], changed: [], unknown: ['a'] }).state, 'wrong');
});

test('a data folder that others can read is wrong, one they can only pass through is not', () => {
  assert.equal(judgeMode(0o40700, '/d').state, 'good');
  assert.equal(judgeMode(0o40711, '/d').state, 'good');
  assert.equal(judgeMode(0o40755, '/d').state, 'wrong');
});

test('a backup older than a week, or none, is worth a look', () => {
  assert.equal(judgeBackup(undefined).state, 'look');
  assert.equal(judgeBackup(3_600_000).state, 'good');
  assert.equal(judgeBackup(9 * 86_400_000).state, 'look');
});

test('versions, memory, connections and quarantine are judged', () => {
  assert.equal(judgeNode('v20.1.0').state, 'wrong');
  assert.equal(judgeNode('v24.0.0').state, 'good');
  assert.equal(judgeVersion('17.11').state, 'good');
  assert.equal(judgeVersion('17.10').state, 'look');
  assert.equal(judgeVersion('16.4 (Debian)').state, 'look');
  assert.equal(judgeVersion('13.1').state, 'wrong');
  assert.equal(judgeMemory(gib / 4, 8 * gib).state, 'look');
  assert.equal(judgeConnections(95, 100).state, 'look');
  assert.equal(judgeQuarantine(3).state, 'look');
});
