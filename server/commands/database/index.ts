import path from 'node:path';
import { floors, manifest } from '../../manifest.ts';
import { defaultDataDir } from '../../platform/data-folder.ts';
import type { Db } from '../../platform/db/index.ts';
import type { OpenDatabase } from '../../platform/postgres/index.ts';

/** The options each command that uses the database takes, for `parseArgs`. */
export const databaseOptions = { data: { type: 'string' } } as const;

/** How those options read on a command's help page. */
export const databaseHelp = `  --data DIR        data folder (default .openics/data in the checkout)
  DATABASE_URL      environment: use this PostgreSQL server instead of the embedded one
  DATABASE_RUN_PASSWORD   environment: the password of its account for people who sign in, where an
                    administrator keeps it`;

/** The data folder a command was given, else the default one. */
export const dataDirOf = (values: { data?: string | undefined }): string =>
  path.resolve(values.data ?? defaultDataDir);

export { isEncrypted } from './encrypted.ts';
export { settle } from './settle.ts';

/** Opens the database a command was given, or joins it where a server or another command already runs it. */
export async function openFor(dataDir: string, log: (text: string) => void): Promise<OpenDatabase> {
  const { openDatabase } = await import('../../platform/postgres/index.ts');
  return openDatabase({ dataDir, databaseUrl: process.env['DATABASE_URL'], log });
}

/**
 * Runs `work` with the database of a data folder, migrated. PostgreSQL is started when nobody runs it, and stopped
 * afterwards when nobody else uses it.
 */
export async function withDatabase<T>(
  options: { dataDir: string; maxConnections?: number; log?: (text: string) => void },
  work: (db: Db, opened: OpenDatabase) => Promise<T>,
): Promise<T> {
  const { migrate, openDb } = await import('../../platform/db/index.ts');
  const opened = await openFor(options.dataDir, options.log ?? console.error);
  try {
    const db = await openDb({
      connection: opened.connection,
      ...(options.maxConnections === undefined ? {} : { maxConnections: options.maxConnections }),
    });
    try {
      await migrate(db, { floors, manifest });
      return await work(db, opened);
    } finally {
      await db.close();
    }
  } finally {
    await opened.stop();
  }
}
