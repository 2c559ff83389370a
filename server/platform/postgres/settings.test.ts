import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { settingsFile, settingsFor, type Machine } from './settings.ts';

const gib = 1024 ** 3;
const machine: Machine = {
  memoryBytes: 24 * gib,
  cores: 2,
  freeDiskBytes: 100 * gib,
  sharedMemoryBytes: 8 * gib,
};
const megabytes = (value: string | undefined): number => Number(value?.replace(/MB$/, ''));

test('data that must be kept is always flushed to disk', () => {
  fc.assert(
    fc.property(
      fc.record({
        memoryBytes: fc.integer({ min: 256 * 1024 ** 2, max: 2 ** 41 }),
        cores: fc.integer({ min: 1, max: 256 }),
        freeDiskBytes: fc.integer({ min: 0, max: 2 ** 45 }),
        sharedMemoryBytes: fc.integer({ min: 0, max: 2 ** 40 }),
      }),
      (any) => {
        const settings = settingsFor(any, 'keep');
        assert.equal(settings['fsync'], 'on');
        assert.equal(settings['synchronous_commit'], 'on');
        assert.equal(settings['full_page_writes'], 'on');
        assert.equal(settings['listen_addresses'], '');
        assert.ok(megabytes(settings['shared_buffers']) >= 128);
        assert.ok(megabytes(settings['min_wal_size']) <= megabytes(settings['max_wal_size']));
      },
    ),
  );
});

test('a machine with 24 GiB gives PostgreSQL a quarter of its memory', () => {
  assert.equal(settingsFor(machine, 'keep')['shared_buffers'], '6144MB');
});

test('test databases take little memory', () => {
  assert.ok(megabytes(settingsFor(machine, 'discard')['shared_buffers']) <= 512);
});

test('a container with little shared memory does not use it for parallel queries', () => {
  assert.equal(
    settingsFor({ ...machine, sharedMemoryBytes: 64 * 1024 ** 2 }, 'keep')['dynamic_shared_memory_type'],
    'sysv',
  );
});

test('no setting lets a value of a statement into the log', () => {
  const settings = settingsFor(machine, 'keep');
  assert.equal(settings['log_error_verbosity'], 'terse');
  assert.equal(settings['log_min_error_statement'], 'panic');
  assert.equal(settings['log_statement'], 'none');
});

test('a quote in a value is doubled in the file', () => {
  assert.match(settingsFile({ a: "it's" }), /^a = 'it''s'$/m);
});
