import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { Client, type ClientConfig } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { findMigrations, migrate, type Db, type Manifest } from '../db/index.ts';
import { Problem } from '../errors.ts';
import { contentHashOf, readArchive, type Description, type TableFile } from './archive.ts';
import { removeIndexes } from './indexes.ts';
import { singleTransactionDb } from './single-transaction.ts';
import { copySql, sumRows } from './tables.ts';

export type RestoreOptions = {
  source: string;
  /** What `checkBackup` gave for the source. */
  description: Description;
  connection: ClientConfig;
  floors: readonly string[];
  manifest: Manifest;
  tell: (text: string) => void;
};

/** Checks that a backup is whole and of this version, before anything is touched. Throws a Problem if not. */
export async function checkBackup(
  source: string,
  floors: readonly string[],
  tell: (text: string) => void,
): Promise<Description> {
  const description = await readArchive(path.resolve(source), tell);
  const ours = (await findMigrations(floors)).map((m) => `${m.room}/${m.name} ${m.checksum}`);
  const theirs = description.migrations.map((m) => `${m.room}/${m.name} ${m.checksum}`);
  const differ = ours.some((line) => !theirs.includes(line)) || theirs.some((line) => !ours.includes(line));
  if (!differ) return description;
  throw new Problem(
    'backup/other-version',
    400,
    'This backup was made with another schema than this version has.',
    {
      place: source,
      wayOut: `Restore it with OpenICS ${description.software} as it was on ${description.made}, then start this version.`,
    },
  );
}

/**
 * Loads a backup into an empty database in one transaction: tables, rows, then indexes. It reads every row back and
 * compares; only when count and content hash agree does it commit. Else the database stays as empty as it was.
 */
export async function restoreBackup(options: RestoreOptions): Promise<void> {
  const { description } = options;
  const client = new Client({ ...options.connection, application_name: 'openics restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseFilled(client);
    await client.query('begin');
    const db: Db = await singleTransactionDb(client);
    await migrate(db, { floors: options.floors, manifest: options.manifest });
    await loadAll(client, description, db.distributed, options);
    await compareAll(client, description, options.tell);
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

async function refuseFilled(client: Client): Promise<void> {
  const found = await client.query<{ n: number; encoding: string }>(
    `select count(*)::int as n, current_setting('server_encoding') as encoding
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema|citus|columnar)'
       and not exists (select 1 from pg_depend where objid = c.oid and deptype = 'e')`,
  );
  const { n = 0, encoding = '' } = found.rows[0] ?? {};
  if (n > 0) {
    throw new Problem(
      'backup/not-empty',
      400,
      `The database to restore into is not empty: it has ${n} tables.`,
      {
        wayOut: 'Restore into a new data folder (--data DIR) or a new, empty database (DATABASE_URL).',
      },
    );
  }
  if (encoding !== 'UTF8') {
    throw new Problem('backup/encoding', 400, `The database to restore into keeps text as ${encoding}.`, {
      wayOut: "Make it with encoding UTF8: create database NAME encoding 'UTF8' template template0",
    });
  }
}

async function loadAll(
  client: Client,
  description: Description,
  distributed: boolean,
  options: RestoreOptions,
): Promise<void> {
  const { tables } = description;
  // Keys of tables that are spread over machines must stay: Citus allows no change to them.
  const bringBack = distributed
    ? undefined
    : await removeIndexes(
        client,
        tables.map((file) => file.table),
      );
  for (const file of tables) {
    await client.query(`delete from ${file.table}`);
    await loadTable(client, path.resolve(options.source), file);
    options.tell(`${file.table}: ${file.rows.toLocaleString('en-GB')} rows`);
  }
  if (bringBack === undefined) return;
  options.tell('building the indexes');
  await client.query(`set local maintenance_work_mem = '512MB'`);
  await bringBack();
}

async function loadTable(client: Client, source: string, file: TableFile): Promise<void> {
  await pipeline(
    createReadStream(path.join(source, file.file), { highWaterMark: 256 * 1024 }),
    createZstdDecompress(),
    client.query(copyFrom(copySql(file.table, file.columns, 'from stdin'))),
  );
}

async function compareAll(
  client: Client,
  description: Description,
  tell: (text: string) => void,
): Promise<void> {
  tell('reading every row back to compare');
  const found: Pick<TableFile, 'table' | 'rows' | 'rowHash'>[] = [];
  for (const { table, columns } of description.tables) {
    const { rows, hash } = await sumRows(client, table, columns);
    found.push({ table, rows, rowHash: hash });
  }
  if (contentHashOf(found) === description.contentHash) return;
  const wrong = description.tables.filter(
    (file, i) => found[i]?.rowHash !== file.rowHash || found[i]?.rows !== file.rows,
  );
  throw new Problem(
    'backup/differs',
    500,
    `What was loaded differs from the backup: ${wrong.map((file) => file.table).join(', ')}.`,
    {
      wayOut: 'Nothing was kept. Please report this, with the versions of both PostgreSQL servers.',
    },
  );
}
