import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../errors.ts';
import { changedFiles, type KeptFile } from './kept-files.ts';

/** A backup is a folder: one compressed file of rows for each table, and this description in `backup.json`. */
export type Description = {
  format: 'openics-backup';
  formatVersion: 1;
  made: string;
  software: string;
  postgres: string;
  migrations: { room: string; name: string; checksum: string }[];
  tables: TableFile[];
  /** Files that belong to what the tables hold, such as private keys. Older backups have none. */
  files?: KeptFile[];
  /** Hash of every table's rows, the same for the same content wherever it is. */
  contentHash: string;
};

export type TableFile = {
  /** `schema.table` */
  table: string;
  columns: string[];
  file: string;
  rows: number;
  /** See RowScanner. */
  rowHash: string;
  /** Size of the file, compressed. */
  bytes: number;
  /** Of the file, compressed. */
  sha256: string;
};

export const descriptionFile = 'backup.json';

/** One hash over the row hashes of all tables. Tables without rows count too. */
export function contentHashOf(tables: Pick<TableFile, 'table' | 'rows' | 'rowHash'>[]): string {
  const lines = tables.map(({ table, rows, rowHash }) => `${table} ${rows} ${rowHash}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** The description as text, closed with a hash of itself. */
export function sealed(description: Description): string {
  const body = JSON.stringify(description, undefined, 2);
  return `${body}\n${createHash('sha256').update(body).digest('hex')}\n`;
}

/** Reads a backup's description and checks that every file is there and as it was written. Throws a Problem if not. */
export async function readArchive(folder: string, tell: (text: string) => void): Promise<Description> {
  const description = parse(folder, await readDescription(folder));
  for (const table of description.tables) {
    const file = path.join(folder, table.file);
    const found = await stat(file).catch(() => undefined);
    if (found === undefined) throw damaged(folder, `The file ${table.file} is missing.`);
    if (found.size !== table.bytes) throw damaged(folder, `The file ${table.file} has the wrong length.`);
    if ((await sha256Of(file)) !== table.sha256) throw damaged(folder, `The file ${table.file} was changed.`);
    tell(`${table.table}: whole`);
  }
  const [changed] = await changedFiles(folder, description.files ?? []);
  if (changed !== undefined) throw damaged(folder, `The file ${changed} is missing or was changed.`);
  if (contentHashOf(description.tables) !== description.contentHash) {
    throw damaged(folder, 'Its content hash does not belong to its tables.');
  }
  return description;
}

async function readDescription(folder: string): Promise<string> {
  try {
    return await readFile(path.join(folder, descriptionFile), 'utf8');
  } catch (error) {
    throw new Problem(
      'backup/not-a-backup',
      400,
      `${folder} is not a whole backup: it has no ${descriptionFile}.`,
      {
        place: folder,
        wayOut:
          'Name the folder that ./openics backup made. One that was broken off ends in .part and cannot be used.',
        cause: error,
      },
    );
  }
}

function parse(folder: string, text: string): Description {
  const end = text.lastIndexOf('\n', text.length - 2);
  const body = text.slice(0, end);
  if (createHash('sha256').update(body).digest('hex') !== text.slice(end + 1).trim()) {
    throw damaged(folder, `${descriptionFile} was changed or cut off.`);
  }
  const description = JSON.parse(body) as Description;
  if (description.format === 'openics-backup' && description.formatVersion === 1) return description;
  throw new Problem('backup/newer', 400, 'This backup was made by a newer version of OpenICS.', {
    place: folder,
    wayOut: `Restore it with OpenICS ${description.software}.`,
  });
}

async function sha256Of(file: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
    sum.update(chunk as Buffer);
  return sum.digest('hex');
}

function damaged(folder: string, what: string): Problem {
  return new Problem('backup/damaged', 400, `The backup is damaged. ${what}`, {
    place: folder,
    wayOut: 'Nothing was restored. Use another copy of this backup, or an earlier one.',
  });
}
