import type { Client } from 'pg';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import { Problem } from '../errors.ts';
import { RowScanner, type RowSum } from './row-scanner.ts';

/** The names of the columns of a table, in their order. */
export async function columnsOf(client: Client, table: string): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `select attname as name
     from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
     order by attnum`,
    [table],
  );
  return found.rows.map((row) => row.name);
}

/** Tables in the schemas of the given tables that are there but were not named: a backup must not leave them out. */
export async function refuseUnnamed(client: Client, tables: string[]): Promise<void> {
  const schemas = [...new Set(tables.map((table) => table.split('.')[0]))];
  const found = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1)`,
    [schemas],
  );
  const unnamed = found.rows.map((row) => row.name).filter((name) => !tables.includes(name));
  if (unnamed.length === 0) return;
  throw new Problem('backup/unknown-table', 500, `The manifest does not name ${unnamed.join(', ')}.`, {
    wayOut: 'Declare the table in server/manifest.ts, or remove it from the database.',
  });
}

export const copySql = (table: string, columns: string[], direction: 'to stdout' | 'from stdin'): string =>
  `copy ${table} (${columns.map((column) => `"${column}"`).join(', ')}) ${direction} with (format binary)`;

/** Reads all rows of a table and sums them, as RowScanner does. */
export async function sumRows(client: Client, table: string, columns: string[]): Promise<RowSum> {
  const scanner = new RowScanner();
  await pipeline(
    client.query(copyTo(copySql(table, columns, 'to stdout'))),
    async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) scanner.feed(chunk);
    },
  );
  return scanner.end();
}
