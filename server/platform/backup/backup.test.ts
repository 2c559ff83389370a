import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { Client } from 'pg';
import { databaseAddress, emptyDatabaseAddress } from '../../../test/support/database.ts';
import { floors, manifest } from '../../manifest.ts';
import { checkBackup, makeBackup, restoreBackup, type Description } from './index.ts';

const now = new Date('2026-03-01T09:00:00Z');
const quiet = (): void => undefined;

async function sql<T>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

/** A database with some rows: text with every kind of character, nulls, arrays, long values. */
async function filled(t: TestContext): Promise<string> {
  const { url } = await databaseAddress(t);
  await sql(
    url,
    String.raw`insert into platform.outbox (stream_id, seq, name, payload, created)
     select gen_random_uuid(), n, 'made', repeat(E'Zoë \\ "x" \t\n ', n % 50), to_timestamp(n * 1e6 / 7)
     from generate_series(1, 3000) as n`,
  );
  await sql(
    url,
    `insert into record.delivery (id, source, channel, agent, received)
     values (gen_random_uuid(), repeat('long', 500000), 'import', '', 'infinity')`,
  );
  return url;
}

function folder(t: TestContext): string {
  const outer = mkdtempSync(path.join(tmpdir(), 'openics-backup-'));
  t.after(() => rmSync(outer, { recursive: true }));
  return path.join(outer, 'backup');
}

const back = (url: string, target: string): Promise<Description> =>
  makeBackup({
    connection: { connectionString: url },
    tables: Object.keys(manifest),
    target,
    software: '0.1.0',
    now,
    tell: quiet,
  });

async function restore(source: string, url: string): Promise<void> {
  const description = await checkBackup(source, floors, quiet);
  await restoreBackup({
    source,
    description,
    connection: { connectionString: url },
    floors,
    manifest,
    tell: quiet,
  });
}

const rowsOf = (description: Description, table: string): number | undefined =>
  description.tables.find((file) => file.table === table)?.rows;

test('a restored database has the same rows, the same content hash and the same indexes', async (t) => {
  const [from, to, first] = [await filled(t), (await emptyDatabaseAddress(t)).url, folder(t)];
  const made = await back(from, first);
  await restore(first, to);
  const again = await back(to, `${first}-again`);
  assert.equal(again.contentHash, made.contentHash);
  assert.equal(rowsOf(again, 'platform.outbox'), 3000);
  const indexes = `select schemaname, indexname, indexdef from pg_indexes where schemaname !~ '^pg_' order by 1, 2`;
  assert.deepEqual(await sql(to, indexes), await sql(from, indexes));
  // A name that ends in a number is a shard of Citus.
  const keys = `select conrelid::regclass::text as of, pg_get_constraintdef(oid) as is from pg_constraint
    where contype in ('p', 'u', 'f', 'c') and connamespace::regnamespace::text !~ '^pg_|information'
      and conrelid::regclass::text !~ '_[0-9]+$'
    order by 1, 2`;
  assert.deepEqual(await sql(to, keys), await sql(from, keys));
});

test('a backup shows one moment, whatever is written meanwhile', async (t) => {
  const [from, target] = [await filled(t), folder(t)];
  let written: Promise<unknown> | undefined;
  const made = await makeBackup({
    connection: { connectionString: from },
    tables: Object.keys(manifest),
    target,
    software: '0.1.0',
    now,
    tell: (text) => {
      if (text.startsWith('platform.migration')) written ??= sql(from, 'delete from platform.outbox');
    },
  });
  assert.ok(written);
  assert.equal(rowsOf(made, 'platform.outbox'), 3000);
  await written;
});

test('one row more, less or other gives another content hash', async (t) => {
  const [url, target] = [await filled(t), folder(t)];
  const hashes = new Set([(await back(url, `${target}-0`)).contentHash]);
  for (const [i, change] of [
    `update platform.outbox set payload = payload || '.' where seq = 7`,
    'delete from platform.outbox where seq = 8',
    'insert into platform.outbox select gen_random_uuid(), seq, name, payload, created from platform.outbox where seq = 9',
  ].entries()) {
    await sql(url, change);
    hashes.add((await back(url, `${target}-${i + 1}`)).contentHash);
  }
  assert.equal(hashes.size, 4);
});

test('only the owner can read a backup', async (t) => {
  const target = folder(t);
  await back(await filled(t), target);
  assert.equal(statSync(target).mode & 0o777, 0o700);
  for (const file of readdirSync(target)) assert.equal(statSync(path.join(target, file)).mode & 0o777, 0o600);
});

test('a backup never overwrites a folder', async (t) => {
  const [url, target] = [await filled(t), folder(t)];
  await back(url, target);
  await assert.rejects(back(url, target), { code: 'backup/exists' });
});

test('a damaged backup is refused before anything is restored', async (t) => {
  const [from, to, target] = [await filled(t), (await emptyDatabaseAddress(t)).url, folder(t)];
  await back(from, target);
  const rows = path.join(target, 'platform.outbox.copy.zst');
  const about = path.join(target, 'backup.json');
  const whole = new Map([rows, about].map((file) => [file, readFileSync(file)]));
  const damages: [string, () => void][] = [
    ['cut off', () => truncateSync(rows, 1000)],
    ['one byte changed', () => writeFileSync(rows, changed(whole.get(rows)))],
    ['a file missing', () => rmSync(rows)],
    ['its description changed', () => writeFileSync(about, String(whole.get(about)).replace('3000', '3001'))],
    ['its description cut off', () => truncateSync(about, 500)],
  ];
  for (const [name, damage] of damages) {
    damage();
    await assert.rejects(restore(target, to), { code: 'backup/damaged' }, name);
    for (const [file, bytes] of whole) writeFileSync(file, bytes);
  }
  assert.deepEqual(await sql(to, `select 1 from pg_namespace where nspname in ('platform', 'record')`), []);
  await restore(target, to);
});

function changed(bytes: Buffer | undefined): Buffer {
  const copy = Buffer.from(bytes ?? []);
  copy[500] = (copy[500] ?? 0) ^ 1;
  return copy;
}

test('a backup that was broken off is not taken for one', async (t) => {
  const target = folder(t);
  await assert.rejects(restore(target, (await emptyDatabaseAddress(t)).url), { code: 'backup/not-a-backup' });
});

test('a database that is not empty is refused and left as it is', async (t) => {
  const [from, target] = [await filled(t), folder(t)];
  await back(from, target);
  await assert.rejects(restore(target, from), { code: 'backup/not-empty' });
  assert.deepEqual(await sql(from, 'select count(*)::int as n from platform.outbox'), [{ n: 3000 }]);
});

test('a table that the manifest does not name stops the backup', async (t) => {
  const [url, target] = [await filled(t), folder(t)];
  await sql(url, 'create table record.forgotten (patient_id uuid)');
  await assert.rejects(back(url, target), { code: 'backup/unknown-table' });
  assert.equal(existsSync(target) || existsSync(`${target}.part`), false);
});

test('a backup of another schema is refused', async (t) => {
  const [url, target] = [await filled(t), folder(t)];
  await sql(url, `update platform.migration set checksum = 'other' where name = '0001-outbox'`);
  await back(url, target);
  await assert.rejects(checkBackup(target, floors, quiet), { code: 'backup/other-version' });
});
