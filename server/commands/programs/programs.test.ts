import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { databaseAddress } from '../../../test/support/database.ts';
import { writeMadeUpSystem } from '../../../test/support/made-up-system.ts';
import { searchEvents } from '../../audit/index.ts';
import { loadGeography, loadOrganisations } from '../../organisations/index.ts';
import { openDb } from '../../platform/db/index.ts';
import { addProgram, endProgram, listPrograms } from './act.ts';

const cli = path.resolve(import.meta.dirname, '../../cli.ts');
const { url } = await databaseAddress();
const dataDir = mkdtempSync(path.join(tmpdir(), 'openics-programs-'));
after(() => rmSync(dataDir, { recursive: true }));
await writeMadeUpSystem(dataDir);
const db = await openDb({ connection: { connectionString: url } });
after(() => db.close());
const clock = (): Date => new Date();
await loadGeography(db, clock, dataDir);
await loadOrganisations(db, clock, dataDir);

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const jwks = path.join(dataDir, 'jwks.json');
writeFileSync(jwks, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] }));

/** Does something in this process, and gives what it printed. */
async function said(t: TestContext, work: () => Promise<number>): Promise<string> {
  const { mock } = t.mock.method(console, 'log', () => undefined);
  assert.equal(await work(), 0);
  const text = mock.calls.map((call) => call.arguments.join(' ')).join('\n');
  mock.restore();
  return text;
}

const lab = {
  name: 'Laboratory',
  scope: 'system/Observation.cruds',
  jwks,
  by: 'registrar',
  organisation: 'ZZR01',
  to: '2099-01-01',
};

test('a program is let in for an organisation, is seen, ends, and each is in the audit log', async (t) => {
  const line = /lab +program +ZZR01 +from .* to 2099-01-01 +Laboratory/;
  assert.match(await said(t, () => addProgram(db, dataDir, 'program', 'lab', lab)), line);
  assert.match(await said(t, () => listPrograms(db, false)), line);
  const posts = await db.query(
    `select role from access.post where user_id = 'lab' and kind = 'program' and recorded_to is null`,
  );
  assert.deepEqual(posts, [{ role: 'L-PROGRAM-CARE' }]);
  assert.match(
    await said(t, () => endProgram(db, dataDir, 'lab', { by: 'registrar' })),
    /nothing from now on/,
  );
  assert.match(await said(t, () => listPrograms(db, false)), /No program or app/);
  assert.match(await said(t, () => listPrograms(db, true)), /lab +program/);
  const events = await searchEvents(db, { user: `account:${os.userInfo().username}`, limit: 10 });
  assert.deepEqual(events.map(({ event }) => event.rule).toSorted(), ['program-ended', 'program-registered']);
  for (const { opened } of events) assert.match(opened!.text, /"userName":"registrar"/);
});

const add = (id: string, more: object): Promise<number> =>
  addProgram(db, dataDir, 'program', id, { ...lab, ...more });

test('an organisation nobody knows, and an id that was used, are refused', async () => {
  await assert.rejects(add('other', { organisation: 'NOWHERE' }), /No organisation with the code NOWHERE/);
  await assert.rejects(add('other', { to: '2001-01-01' }), /end before it begins/);
  await assert.rejects(add('lab', {}), /used before/);
});

test('an exception for short RSA keys stands in the list, with its last day and its reason', async (t) => {
  const old = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  const file = path.join(dataDir, 'old.json');
  writeFileSync(file, JSON.stringify({ keys: [{ ...old.export({ format: 'jwk' }), kid: 'old' }] }));
  await assert.rejects(add('old', { jwks: file }), /The key old is RSA of 2048 bits/);
  const until = { 'rsa2048-until': '2030-12-31', 'rsa2048-reason': 'Its maker changes the key in 2030.' };
  await said(t, () => add('old', { jwks: file, ...until }));
  assert.match(await said(t, () => listPrograms(db, false)), /until 2030-12-31: Its maker changes the key/);
});

test('the command itself takes the options it tells of', () => {
  const { status, stdout } = spawnSync(process.execPath, [cli, 'programs', '--help'], { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /programs add-app ID/);
});
