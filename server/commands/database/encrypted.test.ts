import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookAtTheWay } from '../doctor/database.ts';
import { mustBeEncrypted } from '../start/database-link.ts';
import { isEncrypted } from './index.ts';

test('a database on this machine, and one whose certificate is checked, are reached safely', () => {
  for (const address of [
    'postgres://openics@localhost/ics',
    'postgres://openics@127.0.0.1:5432/ics',
    'postgres://openics@[::1]/ics',
    'postgres:///ics?host=/run/postgresql',
    'postgres://openics@db.example/ics?sslmode=verify-full',
  ])
    assert.equal(isEncrypted(address), true, address);
  for (const address of [
    'postgres://openics@db.example/ics',
    'postgres://openics@db.example/ics?sslmode=require',
    'postgres://openics@db.example/ics?sslmode=no-verify',
    'postgres://openics@localhost/ics?host=db.example',
    'db.example',
  ])
    assert.equal(isEncrypted(address), false, address);
});

test('where people sign in nothing starts over an open way, and the doctor tells of one', () => {
  const open = 'postgres://openics:secret@db.example/ics';
  assert.throws(
    () => mustBeEncrypted(open),
    (error: Error) => /without TLS/.test(error.message) && !/secret/.test(error.message),
  );
  assert.doesNotThrow(() => mustBeEncrypted(`${open}?sslmode=verify-full`));
  assert.doesNotThrow(() => mustBeEncrypted(undefined));
  assert.deepEqual(
    lookAtTheWay(open).map(({ state }) => state),
    ['look'],
  );
  assert.deepEqual(lookAtTheWay(undefined), []);
});
