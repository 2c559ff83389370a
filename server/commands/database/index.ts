import path from 'node:path';
import { floors, manifest } from '../../manifest.ts';
import { systemClock } from '../../platform/clock.ts';
import { defaultDataDir } from '../../platform/data-folder.ts';
import type { AccountParts } from '../../access/index.ts';
import type { Db, PoolDb } from '../../platform/db/index.ts';
import type { Problem } from '../../platform/errors.ts';
import type { OpenDatabase } from '../../platform/postgres/index.ts';
import { givenAddress } from './given.ts';

/** The options each command that uses the database takes, for `parseArgs`. */
export const databaseOptions = { data: { type: 'string' } } as const;

/** How those options read on a command's help page. */
export const databaseHelp = `  --data DIR        data folder (default .openics/data in the checkout)
  DATABASE_URL, DATABASE_PASSWORD   environment: use this PostgreSQL server instead of the embedded one
  DATABASE_WRITER_PASSWORD, DATABASE_RUN_PASSWORD   environment: the passwords of its accounts that write, and
                    that read for people who sign in, where an administrator keeps them
  OPENICS_SECRETS   environment: who keeps secrets (docs/security/secrets.md). A password may be secret:NAME`;

/** The data folder a command was given, else the default one. */
export const dataDirOf = (values: { data?: string | undefined }): string =>
  path.resolve(values.data ?? defaultDataDir);

export { givenAddress, givenPassword } from './given.ts';
export { isEncrypted } from './encrypted.ts';
export { settle } from './settle.ts';

/**
 * Opens the database a command was given, or joins it where a server or another command already runs it. Throws a Problem where who keeps
 * secrets does not answer.
 */
export async function openFor(dataDir: string, log: (text: string) => void): Promise<OpenDatabase> {
  const { openDatabase } = await import('../../platform/postgres/index.ts');
  return openDatabase({ dataDir, databaseUrl: await givenAddress(process.env), log });
}

/**
 * Opens the account that writes; or tells why there is none, on a database where the owner may not make it and no password of it was
 * given. Throws where it is there and is not as it must be.
 */
export const writerOf = async (parts: AccountParts): Promise<{ db: PoolDb } | { missing: Problem }> =>
  (await import('./writer.ts')).openWriterIfAny(parts);

type Opening = { dataDir: string; maxConnections?: number; log?: (text: string) => void };

/**
 * Runs `work` with the database of a data folder, migrated. PostgreSQL is started when nobody runs it, and stopped
 * afterwards when nobody else uses it. `work` goes as the account that writes, where there can be one; the owner is for
 * what only who owns the tables may do.
 */
export async function withDatabase<T>(options: Opening, work: (db: Db, owner: Db) => Promise<T>): Promise<T> {
  const maxConnections = options.maxConnections ?? 10;
  const log = options.log ?? console.error;
  return withOwner(options, async (owner, { connection }) => {
    const writer = await writerOf({ owner, connection, manifest, clock: systemClock, maxConnections });
    if ('db' in writer) return work(writer.db, owner).finally(() => writer.db.close());
    log(`${writer.missing.message} This goes on as the owner of the tables.`);
    return work(owner, owner);
  });
}

/** The same as who owns the tables alone, for what is about the accounts and their secrets. */
export async function withOwner<T>(
  options: Opening,
  work: (owner: Db, opened: OpenDatabase) => Promise<T>,
): Promise<T> {
  const { migrate, openDb } = await import('../../platform/db/index.ts');
  const opened = await openFor(options.dataDir, options.log ?? console.error);
  try {
    const owner = await openDb({
      connection: opened.connection,
      maxConnections: options.maxConnections ?? 10,
    });
    try {
      await migrate(owner, { floors, manifest });
      return await work(owner, opened);
    } finally {
      await owner.close();
    }
  } finally {
    await opened.stop();
  }
}
