import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../access/index.ts';
import { nothingHere, refusalOf } from './permitted.ts';

const told = ({ code, status, message, place, wayOut }: ReturnType<typeof nothingHere>) => ({
  code,
  status,
  message,
  place,
  wayOut,
});

test('what is to be kept silent about is answered word for word as what is not there', () => {
  const silent: Decision = { effect: 'deny', silent: true, obligations: [], reasons: [] };
  const aloud: Decision = { ...silent, silent: false };
  assert.deepEqual(told(refusalOf([aloud, silent])), told(nothingHere()));
});
