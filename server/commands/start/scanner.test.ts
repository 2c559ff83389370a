import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallClamd } from '../../platform/scanning/clamd.fixture.ts';
import { scanningChoice, scanningWords } from './scanner.ts';
import type { SignInChoice } from './sign-in.ts';

const outside = { providers: [], isDemonstration: false, address: undefined } as unknown as SignInChoice;
const demonstration: SignInChoice = { ...outside, isDemonstration: true };

test('where the people of an ICS sign in, files stay in unless the operator says who scans them', async () => {
  assert.deepEqual(scanningChoice({}, outside), { by: 'not-said' });
  assert.match((await scanningWords({ by: 'not-said' })) ?? '', /--no-scanner/);
  assert.equal(await scanningWords({ by: 'nobody' }), undefined);
  assert.deepEqual(scanningChoice({ 'no-scanner': true }, outside), { by: 'nobody' });
  assert.deepEqual(scanningChoice({}, undefined), { by: 'nobody' });
  assert.deepEqual(scanningChoice({}, demonstration), { by: 'nobody' });
});

test('a start says when the scanner gives no answer', async (t) => {
  const clamd = await smallClamd();
  t.after(() => clamd.stop());
  const scanning = { by: 'scanner', place: clamd.place } as const;
  assert.equal(await scanningWords(scanning), undefined);
  clamd.manner = 'closes';
  assert.match((await scanningWords(scanning)) ?? '', /no file is given out until it does/);
});

test('a scanner that is named is asked, whoever signs in', () => {
  const place = { path: '/run/clamav/clamd.ctl' };
  for (const signIn of [undefined, demonstration, outside])
    assert.deepEqual(scanningChoice({ scanner: place.path }, signIn), { by: 'scanner', place });
  assert.throws(() => scanningChoice({ scanner: place.path, 'no-scanner': true }, outside), /two things/);
});
