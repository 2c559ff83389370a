import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { Client, type ClientConfig } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { Problem } from '../errors.ts';
import { contentHashOf, descriptionFile, sealed, type Description, type TableFile } from './archive.ts';
import { keepFiles } from './kept-files.ts';
import { RowScanner } from './row-scanner.ts';
import { columnsOf, copySql, refuseUnnamed } from './tables.ts';

export type BackupOptions = {
  connection: ClientConfig;
  /** Every table, as `schema.table`. */
  tables: string[];
  /** Folders of the data folder whose files go with the tables. */
  folders?: { dataDir: string; names: readonly string[] };
  /** The folder to make. It must not exist. */
  target: string;
  software: string;
  now: Date;
  tell: (text: string) => void;
};

/**
 * Writes every row of every table, as they were at one moment, into a new folder. Others may go on reading and writing.
 * The folder gets its name when all is on disk; one that was broken off is named `.part`.
 */
export async function makeBackup(options: BackupOptions): Promise<Description> {
  const target = path.resolve(options.target);
  if (existsSync(target)) {
    throw new Problem('backup/exists', 400, `${target} exists already.`, {
      place: target,
      wayOut: 'Name a folder that does not exist yet, for example one with the date in its name.',
    });
  }
  const half = `${target}.part`;
  await rm(half, { recursive: true, force: true });
  const client = new Client({ ...options.connection, application_name: 'openics backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await mkdir(half, { recursive: true, mode: 0o700 });
    const description = await writeAll(client, half, options);
    await writeWhole(path.join(half, descriptionFile), sealed(description));
    await flush(half);
    await rename(half, target);
    await flush(path.dirname(target));
    return description;
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw readable(error, target);
  } finally {
    await client.end();
  }
}

async function writeAll(client: Client, half: string, options: BackupOptions): Promise<Description> {
  const { tables } = options;
  await client.query('begin isolation level repeatable read');
  await holdWritersOnCitus(client, tables, options.tell);
  await refuseUnnamed(client, tables);
  const migrations = await client.query<Description['migrations'][number]>(
    'select room, name, checksum from platform.migration order by room, name',
  );
  const server = await client.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  );
  const files: TableFile[] = [];
  for (const table of tables) files.push(await writeTable(client, half, table, options.tell));
  await client.query('commit');
  const { folders } = options;
  const kept = folders === undefined ? [] : await keepFiles(folders.dataDir, folders.names, half);
  return {
    format: 'openics-backup',
    formatVersion: 1,
    made: options.now.toISOString(),
    software: options.software,
    postgres: server.rows[0]?.version ?? '',
    migrations: migrations.rows,
    tables: files,
    ...(kept.length === 0 ? {} : { files: kept }),
    contentHash: contentHashOf(files),
  };
}

/** One machine gives one snapshot of all tables. Citus has a snapshot for each machine, so there writers must wait. */
async function holdWritersOnCitus(
  client: Client,
  tables: string[],
  tell: (text: string) => void,
): Promise<void> {
  const citus = await client.query(`select 1 from pg_extension where extname = 'citus'`);
  if (citus.rowCount === 0) return;
  tell('this is a Citus cluster: whoever writes waits until the backup is done');
  await client.query(`lock table ${tables.join(', ')} in share mode`);
}

async function writeTable(
  client: Client,
  half: string,
  table: string,
  tell: (text: string) => void,
): Promise<TableFile> {
  const columns = await columnsOf(client, table);
  const file = `${table}.copy.zst`;
  const scanner = new RowScanner();
  const sum = createHash('sha256');
  let bytes = 0;
  const handle = await open(path.join(half, file), 'wx', 0o600);
  try {
    await pipeline(
      client.query(copyTo(copySql(table, columns, 'to stdout'))),
      async function* (rows: AsyncIterable<Buffer>) {
        for await (const chunk of rows) {
          scanner.feed(chunk);
          yield chunk;
        }
      },
      createZstdCompress(),
      async function* (packed: AsyncIterable<Buffer>) {
        for await (const chunk of packed) {
          sum.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      },
      (packed) => handle.writeFile(packed),
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  const { rows, hash } = scanner.end();
  tell(`${table}: ${rows.toLocaleString('en-GB')} rows`);
  return { table, columns, file, rows, rowHash: hash, bytes, sha256: sum.digest('hex') };
}

async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the names in a folder safe on disk. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function readable(error: unknown, target: string): unknown {
  const code = (error as { code?: string }).code;
  if (code === 'ENOSPC') {
    return new Problem('backup/disk-full', 500, 'The disk became full; no backup was made.', {
      place: target,
      wayOut: 'Make room, or name a folder on another disk.',
      cause: error,
    });
  }
  if (code === '42P01' || code === '3F000') {
    return new Problem('backup/schema-behind', 500, 'The database lacks tables that this version has.', {
      wayOut: 'Run ./openics start once, which brings the schema up to date, and make the backup then.',
      cause: error,
    });
  }
  return error;
}
