import path from 'node:path';
import { defaultDataDir } from '../data-folder.ts';
import { Problem } from '../errors.ts';
import type { Connection } from './connect.ts';
import { connectionOf, openEmbedded } from './open.ts';
import type { Purpose } from './settings.ts';

export type { Connection } from './connect.ts';
export { mendedVersion } from './mended.ts';
export { changePassword, passwordHolding, scramOf } from './password.ts';
export { packageVersion } from './binaries.ts';
export { orphanedHomes, removeDataDir } from './place.ts';

export type OpenDatabase = {
  /** What `openDb({ connection })` takes. */
  connection: Connection;
  /** The same as a URL, password included: for child processes, never for logs. */
  url: string;
  embedded: boolean;
  /** Leaves the database. The embedded one stops when nobody else uses it. */
  stop(how?: 'fast' | 'immediate'): Promise<void>;
};

/**
 * Gives a way to the database: the outside server of `databaseUrl`, else the embedded PostgreSQL of the data folder,
 * started when nobody has started it yet. It is not migrated. Throws a Problem that says what to do.
 */
export async function openDatabase(options: {
  dataDir?: string;
  databaseUrl?: string | undefined;
  /** `discard` trades safety for speed: for tests only. */
  purpose?: Purpose;
  log?: (text: string) => void;
}): Promise<OpenDatabase> {
  if (options.databaseUrl) return outside(options.databaseUrl);
  const embedded = await openEmbedded(
    path.resolve(options.dataDir ?? defaultDataDir),
    options.purpose ?? 'keep',
    options.log ?? (() => undefined),
  );
  const connection = await connectionOf(embedded);
  return { connection, url: urlOf(connection), embedded: true, stop: (how) => embedded.stop(how) };
}

function outside(databaseUrl: string): OpenDatabase {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Problem('postgres/database-url', 500, 'DATABASE_URL is not a PostgreSQL address.', {
      wayOut: 'It looks like postgresql://user:password@host:5432/database',
    });
  }
  return {
    connection: { connectionString: databaseUrl },
    url: databaseUrl,
    embedded: false,
    stop: async () => undefined,
  };
}

function urlOf(connection: Connection): string {
  if ('connectionString' in connection) return connection.connectionString;
  const { user, password, host, port, database } = connection;
  return `postgresql://${user}:${encodeURIComponent(password)}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}
