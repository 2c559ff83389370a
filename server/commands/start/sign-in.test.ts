import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { mustBeMended, mustFit, shortKeyLines, signInChoice, secretsLine } from './sign-in.ts';

const made = { people: 150, state: 'ready', step: 'Ready', share: 1 } as const;
const demonstration = { providers: [], isDemonstration: true, address: undefined };

test('sign-in is off unless it is asked for', async () => {
  assert.equal(await signInChoice({}), undefined);
  await assert.rejects(
    signInChoice({ address: 'https://ics.example' }),
    /only for a server that people sign in to/,
  );
});

test('a demonstration has made-up people, and is served on this machine only', async () => {
  assert.deepEqual(await signInChoice({ 'sign-in': 'demonstration' }), demonstration);
  await assert.rejects(
    signInChoice({ 'sign-in': 'demonstration', address: 'https://ics.example' }),
    /this machine only/,
  );
});

test('nobody may be somebody made up where the people are real', () => {
  assert.throws(
    () => mustFit(demonstration, { demonstration: undefined, isEmpty: false }),
    /not of a demonstration/,
  );
  assert.doesNotThrow(() => mustFit(demonstration, { demonstration: made, isEmpty: false }));
  assert.doesNotThrow(() => mustFit(demonstration, { demonstration: undefined, isEmpty: true }));
  const real = { ...demonstration, isDemonstration: false };
  assert.doesNotThrow(() => mustFit(real, { demonstration: undefined, isEmpty: false }));
});

test('with providers there is nobody made up, and the address is https', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-sign-in-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'providers.json');
  const trust = { name: 'trust', label: 'Trust', issuer: 'https://login.example', clientId: 'openics' };
  const provider = { ...trust, scope: 'openid', kind: 'staff', claims: 'cis2', leastAssurance: 3 };
  writeFileSync(file, JSON.stringify({ providers: [provider] }));
  assert.deepEqual(await signInChoice({ 'sign-in': file, address: 'https://ics.example/' }), {
    providers: [provider],
    isDemonstration: false,
    address: 'https://ics.example',
  });
  for (const address of ['http://ics.example', 'https://ics.example/path', 'ics.example'])
    await assert.rejects(signInChoice({ 'sign-in': file, address }), /not an https address alone/);
  await assert.rejects(signInChoice({ 'sign-in': path.join(folder, 'none.json') }), /cannot be read/);
  const rsa2048Until = { day: '2027-03-31', reason: 'Keys change in spring.' };
  writeFileSync(file, JSON.stringify({ providers: [{ ...provider, rsa2048Until }] }));
  assert.deepEqual(
    await shortKeyLines(await signInChoice({ 'sign-in': file }), new Date('2026-11-22T12:00:00Z')),
    ['Trust: RSA of 2048 bits is taken until 2027-03-31: Keys change in spring.'],
  );
  const tooLong = { ...rsa2048Until, day: '2031-01-01' };
  writeFileSync(file, JSON.stringify({ providers: [{ ...provider, rsa2048Until: tooLong }] }));
  await assert.rejects(signInChoice({ 'sign-in': file }), /2030-12-31 at the latest/);
});

test('where people sign in and no vault keeps the secrets, the start says so', () => {
  const real = { providers: [], isDemonstration: false, address: undefined };
  assert.match(secretsLine(real, undefined) ?? '', /^No vault keeps the secrets/);
  assert.equal(secretsLine(real, 'vault:/etc/openics/vault.json'), undefined);
  assert.equal(secretsLine({ ...real, isDemonstration: true }, undefined), undefined);
  assert.equal(secretsLine(undefined, undefined), undefined);
});

test('where people of an ICS sign in, PostgreSQL has no grave fault that is known, unless somebody says that they know', async () => {
  const ics = { providers: [], isDemonstration: false, address: undefined };
  const old = { version: '17.10', isKnown: false };
  await assert.rejects(mustBeMended(ics, old), /grave faults .* 17\.11 mends/);
  await mustBeMended(ics, { ...old, isKnown: true });
  await mustBeMended(ics, { version: '17.11', isKnown: false });
  await mustBeMended({ ...ics, isDemonstration: true }, old);
  await mustBeMended(undefined, old);
});
