import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { metadataFrom, type Registration } from './registration.ts';

const pair = (curve: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return { open: publicKey.export({ format: 'jwk' }), secret: privateKey.export({ format: 'jwk' }) };
};
const p384 = pair('P-384');
const today = '2026-11-22';

const program: Registration = {
  clientId: 'lab-system',
  name: 'Laboratory',
  kind: 'program',
  jwks: { keys: [p384.open] },
  redirects: [],
  scopes: ['system/Observation.cruds'],
};
const appOf: Registration = {
  clientId: 'growth-chart',
  name: 'Growth chart',
  kind: 'app',
  redirects: ['https://app.example/back'],
  scopes: ['launch/patient', 'patient/Observation.rs'],
};
const refused = (given: Registration, says: RegExp): void =>
  assert.throws(() => metadataFrom(given, today), { code: 'programs/registration', message: says });

test('a program is registered with its public keys, or with where it publishes them', () => {
  assert.deepEqual(metadataFrom(program, today), { jwks: { keys: [p384.open] } });
  const { jwks: _, ...bare } = program;
  assert.deepEqual(metadataFrom({ ...bare, jwksAddress: 'https://lab.example/jwks.json' }, today), {
    jwks_uri: 'https://lab.example/jwks.json',
  });
  refused(bare, /A program signs/);
});

test('a private key is refused, and so is one that is too weak or of another kind', () => {
  refused({ ...program, jwks: { keys: [p384.secret] } }, /private key/);
  refused({ ...program, jwks: { keys: [pair('P-256').open] } }, /P-384/);
  refused({ ...program, jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }, /private key/);
  refused({ ...program, jwks: { keys: [] } }, /set of keys/);
});

test('RSA of 2048 bits is registered only with an exception that has a last day and a reason', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'old' }] };
  refused({ ...program, jwks }, /The key old is RSA of 2048 bits; 3072 is the least/);
  const rsa2048Until = { day: '2027-03-31', reason: 'Its maker changes the key in spring.' };
  const taken = { ...program, jwks, rsa2048Until };
  assert.deepEqual(metadataFrom(taken, '2027-03-31'), { jwks, rsa2048Until });
  assert.throws(() => metadataFrom(taken, '2027-04-01'), /The key old is RSA of 2048 bits/);
  refused({ ...taken, rsa2048Until: { ...rsa2048Until, day: '2031-01-01' } }, /2030-12-31 at the latest/);
  refused({ ...taken, rsa2048Until: { ...rsa2048Until, reason: '' } }, /Say why/);
});

test('a program asks for system scopes and an app for those of a person or user; nobody stays offline', () => {
  refused({ ...program, scopes: ['user/Patient.r'] }, /a program has scopes of system/);
  refused({ ...appOf, scopes: ['system/Patient.r'] }, /an app of patient/);
  refused({ ...appOf, scopes: ['patient/Patient.r', 'offline_access'] }, /no scope that is given here/);
  refused({ ...appOf, scopes: ['launch/patient'] }, /what it may ask for/);
});

test('an app returns to addresses by https, or to this machine, and to nothing else', () => {
  assert.deepEqual(metadataFrom(appOf, today), { redirect_uris: ['https://app.example/back'] });
  assert.ok(metadataFrom({ ...appOf, redirects: ['http://127.0.0.1:3000/back'] }, today));
  refused({ ...appOf, redirects: [] }, /takes people back/);
  for (const address of [
    'http://app.example/back',
    'javascript:alert(1)',
    'https://app.example/#part',
    'https://user:secret@app.example/',
    'back',
  ])
    refused({ ...appOf, redirects: [address] }, /cannot|no address|https/);
});
