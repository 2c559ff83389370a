import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mustStayOnRecord } from './sign-in.ts';

const choice = { providers: [], isDemonstration: false, address: undefined };
const demonstration = { people: 700, state: 'ready', step: 'Ready', share: 1 } as const;

test('where people signed in once, nothing is served off the record', () => {
  assert.throws(
    () => mustStayOnRecord(undefined, { demonstration: undefined, hasLog: true }),
    /has an audit log/,
  );
  assert.doesNotThrow(() => mustStayOnRecord(choice, { demonstration: undefined, hasLog: true }));
  assert.doesNotThrow(() => mustStayOnRecord(undefined, { demonstration: undefined, hasLog: false }));
});

test('made-up people may be looked at off the record', () => {
  assert.doesNotThrow(() => mustStayOnRecord(undefined, { demonstration, hasLog: true }));
});
