import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Happening } from '../audit/index.ts';
import { noteLimited } from './limited.ts';

test('who asks too often is on record once a minute, with the address behind the commitment', async () => {
  const noted: Happening[] = [];
  let seconds = 0;
  const note = noteLimited(
    { note: async (...all) => void noted.push(...all) },
    () => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds)),
  );
  const from = (ip: string) => note({ ip, id: 'request-1' }, 'token');
  for (seconds of [0, 1, 59, 60, 61]) await from('192.0.2.1');
  await from('192.0.2.2');
  assert.deepEqual(
    noted.map(({ at, particulars }) => [at.getUTCMinutes(), particulars?.address]),
    [
      [0, '192.0.2.1'],
      [1, '192.0.2.1'],
      [1, '192.0.2.2'],
    ],
  );
  const { particulars, ...hashed } = noted[0]!;
  assert.doesNotMatch(JSON.stringify(hashed), /192\.0\.2/);
  assert.partialDeepStrictEqual(hashed, { outcome: 'refused', rule: 'http/too-many', resource: 'token' });
  assert.equal(particulars?.userName, 'not known');
});
