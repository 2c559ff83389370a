import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { databaseAddress, emptyDatabaseAddress } from '../../../test/support/database.ts';
import { secretsAt, smallVault } from '../../../test/support/small-vault.ts';
import { openAuditLog, type AuditLog } from '../../audit/index.ts';
import { floors, manifest } from '../../manifest.ts';
import { bringBackFiles, checkBackup, makeBackup, restoreBackup } from '../../platform/backup/index.ts';
import { openDb, type PoolDb } from '../../platform/db/index.ts';
import { createSealer, sealingKey } from '../../platform/sealing/index.ts';
import { keptFolders } from '../backup/kept-folders.ts';
import { withDatabase } from '../database/index.ts';
import { lookAtHome, lookAtSecrets } from '../doctor/secrets.ts';
import { run } from '../secrets.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'openics-secrets-'));
const dataDir = path.join(folder, 'data');
const vault = await smallVault({ after });
const setKeeper = secretsAt({ after }, '');
const { url } = await databaseAddress();
const at = new Date('2026-11-22T12:00:00Z');
const printed: string[] = [];
const undo: (() => Promise<void>)[] = [];
after(async () => {
  for (const work of undo.toReversed()) await work();
  rmSync(folder, { recursive: true });
});

/** A log over a database and data folder, closed when the tests are over. */
async function logOf(address: string, dir: string): Promise<{ db: PoolDb; log: AuditLog }> {
  const db = await openDb({ connection: { connectionString: address } });
  const log = await openAuditLog({
    db,
    dataDir: dir,
    clock: () => new Date(),
    onError: (error) => printed.push(`told: ${String(error)}`),
    everyMs: 3_600_000,
  });
  undo.push(async () => {
    await log.stop();
    await db.close();
  });
  return { db, log };
}

/** Makes an access durable and has it signed. */
async function signs({ log }: { log: AuditLog }): Promise<void> {
  await log.note({ at: new Date(), kind: 'sign-in', outcome: 'permitted', user: 'nurse-1' });
  assert.ok((await log.placeAll()) > 0);
}

const secrets = (...words: string[]): Promise<number> => run([...words, '--data', dataDir]);

/** What a command prints, line by line. */
async function said(work: () => Promise<number>): Promise<string[]> {
  const from = printed.length;
  assert.equal(await work(), 0);
  return printed.slice(from);
}

before(() => {
  process.env['DATABASE_URL'] = url;
  const { log, error } = console;
  console.log = console.error = (...texts: unknown[]) => void printed.push(texts.join(' '));
  undo.push(async () => void Object.assign(console, { log, error }));
});

/** The names that the list tells of, and where each lies. */
async function listed(): Promise<Record<string, string>> {
  const lines = await said(() => secrets('list'));
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [name, , lies] = line.split(/ {2,}/);
      return lies === undefined ? [] : [[name!, lies]];
    }),
  );
}

const tell = (line: string): void => void printed.push(line);

let first: { db: PoolDb; log: AuditLog };
let sealed: string;

test('without a keeper the secrets lie at home, and the list says where', async () => {
  first = await logOf(url, dataDir);
  await signs(first);
  sealed = createSealer(await sealingKey(first.db, 'page-link', at)).seal('page 2');
  const lies = await listed();
  assert.equal(lies['sealing/page-link'], 'the database');
  assert.equal(lies['sealing/audit-keys'], 'the database');
  assert.equal(Object.values(lies).filter((place) => place === 'the folder audit-keys').length, 1);
  await assert.rejects(secrets('move'), { code: 'secrets/nobody-takes' });
  assert.deepEqual(await lookAtSecrets(), {
    state: 'good',
    about: 'secrets',
    text: 'they lie in files of this account and in the database (OPENICS_SECRETS is not set)',
  });
});

const keyNow = (): Promise<Buffer> => sealingKey(first.db, 'audit-keys', at);

test('the key that seals private keys can be changed, and broken off at any step they open', async () => {
  const earlier = await keyNow();
  assert.equal(await secrets('rotate', 'sealing/audit-keys'), 0);
  assert.notDeepEqual(await keyNow(), earlier);
  await signs(await logOf(url, dataDir));
  const fresh = randomBytes(32);
  await first.log.keys.sealAlso(fresh);
  await signs(await logOf(url, dataDir));
  await first.db.query(`update platform.sealing_key set key = $1 where purpose = 'audit-keys'`, [fresh]);
  await signs(await logOf(url, dataDir));
  assert.equal(await secrets('rotate', 'sealing/audit-keys'), 0);
  await signs(await logOf(url, dataDir));
  for (const file of globSync(path.join(dataDir, 'audit-keys/*.sealed')))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /\n/);
});

test('moved to a vault they lie nowhere else, open what they sealed, and sign', async () => {
  setKeeper(vault.settings());
  assert.equal((await lookAtHome(first.db, dataDir)).length, 1);
  await secrets('move');
  assert.deepEqual(await lookAtHome(first.db, dataDir), []);
  assert.ok(Object.values(await listed()).every((place) => place.startsWith('the vault at http')));
  assert.deepEqual(
    await first.db.query('select purpose from platform.sealing_key where key is not null'),
    [],
  );
  for (const file of globSync(path.join(dataDir, 'audit-keys/*')))
    assert.match(readFileSync(file, 'utf8'), /^secret:audit\/[0-9a-f]{8}$/);
  const anew = await logOf(url, dataDir);
  await signs(anew);
  assert.equal(createSealer(await sealingKey(anew.db, 'page-link', at)).open(sealed), 'page 2');
});

test('a server with another data folder signs too, because the vault has the key', async () => {
  await signs(await logOf(url, path.join(folder, 'other data')));
});

test('a new key of the log lies in the vault from the start, and the one before can be destroyed', async () => {
  const other = await logOf(url, dataDir);
  const [{ keyId: former }] = (await other.db.query<{ keyId: string }>(
    'select key_id as "keyId" from audit.log',
  )) as [{ keyId: string }];
  await assert.rejects(secrets('destroy', `audit/${former}`), { code: 'secrets/in-use' });
  const { id } = await other.log.keys.rotate();
  const now = Buffer.from(id).toString('hex');
  assert.equal(vault.entry(`audit/${now}`).length, 1);
  await assert.rejects(
    secrets('destroy', `audit/${former}`),
    { code: 'secrets/in-use' },
    'it signs once more',
  );
  await signs(other);
  await other.db.query('update audit.log set former_key_id = null where former_key_id is not null');
  assert.equal(await secrets('destroy', `audit/${former}`), 0);
  assert.ok(vault.entry(`audit/${former}`).every(({ destroyed }) => destroyed));
  await signs(await logOf(url, dataDir));
  await assert.rejects(secrets('rotate', `audit/${now}`), { wayOut: './openics audit rotate' });
});

test('rotated, a sealing key opens nothing of before, and not while a server runs', async () => {
  const lock = path.join(dataDir, 'server.json');
  const { takeLock } = await import('../../platform/process-lock.ts');
  const held = takeLock(lock);
  await assert.rejects(secrets('rotate', 'sealing/page-link'), { code: 'secrets/server-runs' });
  if ('lock' in held) held.lock.release();
  assert.equal(await secrets('rotate', 'sealing/page-link'), 0);
  assert.equal(createSealer(await sealingKey(first.db, 'page-link', at)).open(sealed), undefined);
  await assert.rejects(secrets('destroy', 'sealing/page-link'), { code: 'secrets/in-use' });
});

test('a secret that was destroyed in the vault stops what needs it, in plain words, until a new one is asked for', async () => {
  await withDatabase({ dataDir, log: console.error }, async (db) => sealingKey(db, 'sign-in', at));
  vault.softDelete('sealing/sign-in');
  await assert.rejects(sealingKey(first.db, 'sign-in', at), {
    code: 'secrets/destroyed',
    message: 'The secret sealing/sign-in was deleted or destroyed.',
    wayOut: /secrets rotate sealing\/sign-in/,
  });
  assert.equal((await listed())['sealing/sign-in'], 'DESTROYED');
  assert.equal(await secrets('rotate', 'sealing/sign-in'), 0);
  assert.equal((await sealingKey(first.db, 'sign-in', at)).length, 32);
});

test('a secret of an operator is handed over once, replaced when asked, and destroyed', async () => {
  const file = path.join(folder, 'client secret');
  writeFileSync(file, 'client-secret-of-trust\n', { mode: 0o600 });
  assert.equal(await secrets('put', 'sign-in/trust', file), 0);
  await assert.rejects(secrets('put', 'sign-in/trust', file), { code: 'secrets/taken' });
  assert.equal(await secrets('put', 'sign-in/trust', file, '--instead'), 0);
  assert.deepEqual(
    vault.entry('sign-in/trust').map(({ destroyed }) => destroyed),
    [true, false],
  );
  process.env['DATABASE_RUN_PASSWORD'] = 'secret:sign-in/trust';
  await assert.rejects(secrets('destroy', 'sign-in/trust'), { code: 'secrets/in-use' });
  delete process.env['DATABASE_RUN_PASSWORD'];
  assert.equal(await secrets('destroy', 'sign-in/trust'), 0);
  await assert.rejects(secrets('destroy', 'sealing/nothing'), { code: 'secrets/missing' });
  await assert.rejects(secrets('put', 'sealing/page-link', file), { code: 'secrets/in-use' });
});

test('a backup has no secret that lies in the vault, and what is restored from it finds them there', async () => {
  const target = path.join(folder, 'backup');
  const description = await makeBackup({
    connection: { connectionString: url },
    tables: Object.keys(manifest),
    folders: { dataDir, names: keptFolders },
    target,
    software: 'test',
    now: at,
    tell,
  });
  const files = globSync('**/*', { cwd: target }).filter((file) =>
    statSync(path.join(target, file)).isFile(),
  );
  assert.ok(files.some((file) => file.startsWith('audit-keys/')));
  for (const file of files) {
    const bytes = readFileSync(path.join(target, file));
    mustHoldNoSecret(String(file.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes), file);
  }
  const { url: fresh } = await emptyDatabaseAddress();
  const again = path.join(folder, 'restored');
  await checkBackup(target, floors, tell);
  const connection = { connectionString: fresh };
  await restoreBackup({ source: target, description, connection, floors, manifest, tell });
  await bringBackFiles(target, description.files ?? [], again);
  const restored = await logOf(fresh, again);
  await signs(restored);
  assert.deepEqual(
    await sealingKey(restored.db, 'page-link', at),
    await sealingKey(first.db, 'page-link', at),
  );
});

test('while the vault is away nothing begins, what runs goes on, and the doctor says so', async () => {
  const running = await logOf(url, dataDir);
  await signs(running);
  await vault.stop();
  await assert.rejects(secrets('list'), { code: 'secrets/away' });
  let worked = false;
  await assert.rejects(
    withDatabase({ dataDir }, async () => void (worked = true)),
    { code: 'secrets/away' },
  );
  assert.equal(worked, false);
  const { state, about, text } = await lookAtSecrets();
  assert.deepEqual([state, about, text], ['wrong', 'secrets', 'The vault does not answer.']);
  await signs(running);
  await vault.start();
  vault.manner = 'sealed';
  await assert.rejects(secrets('list'), { code: 'secrets/sealed' });
  await signs(running);
  vault.manner = 'well';
  assert.equal((await lookAtSecrets()).state, 'good');
});

test('home again, nothing is left in the vault, and all goes on without it', async () => {
  assert.equal(await secrets('home'), 0);
  for (const name of ['page-link', 'audit-keys', 'sign-in'])
    assert.ok(vault.entry(`sealing/${name}`).every(({ destroyed }) => destroyed));
  setKeeper('');
  await signs(await logOf(url, dataDir));
  assert.ok(Object.values(await listed()).every((place) => /^the (database|folder)/.test(place)));
});

test('each act is on record, by name', async () => {
  const rows = await first.db.query<{ rule: string }>(
    `select distinct rule from audit.event where kind = 'policy' and resource = 'Secret' order by rule`,
  );
  assert.deepEqual(
    rows.map(({ rule }) => rule),
    ['brought-home', 'destroyed', 'handed-over', 'moved', 'replaced', 'rotated'],
  );
});

test('nothing that was printed in all this holds a secret', () => {
  assert.ok(printed.length > 20);
  assert.ok(vault.values.size >= 6);
  mustHoldNoSecret(printed.join('\n'), 'what was printed');
});

/** Looks for every value that the vault ever kept, as text, as bytes and as the part of a key that is private. */
function mustHoldNoSecret(text: string, where: string): void {
  for (const value of vault.values) {
    const inner = value.startsWith('{') ? String((JSON.parse(value) as { d: string }).d) : value;
    const hex = Buffer.from(inner, 'base64url').toString('hex');
    for (const form of [value, inner, hex]) assert.ok(!text.includes(form), `${where} holds a secret`);
  }
}
