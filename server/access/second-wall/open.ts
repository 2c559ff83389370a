import type { Clock } from '../../platform/clock.ts';
import {
  accountOf,
  asRole,
  openDb,
  raiseWall,
  walledDb,
  type Db,
  type DbOptions,
  type Manifest,
} from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { sealingKey } from '../../platform/sealing/index.ts';
import { runRights } from './rights.ts';

export type SecondWallParts = {
  /** The owner's way to the database, migrated. */
  owner: Db;
  /** How the owner reaches it. */
  connection: DbOptions['connection'];
  manifest: Manifest;
  clock: Clock;
  maxConnections: number;
  /** The password of the account, where an administrator keeps it; else all servers of the database share one that is made. */
  password?: string | undefined;
};

/**
 * Raises the second wall and opens the way behind it: within a request the account that sees only patients that were opened, else the
 * owner. Closing what it gives closes both ways. Throws a Problem where the account cannot be made, may too much or is not let in.
 */
export async function openSecondWall(parts: SecondWallParts): Promise<Db> {
  const { owner, connection, manifest, password } = parts;
  const role = await runRole(owner);
  const made = password === undefined ? await sharedPassword(parts) : undefined;
  await raiseWall(owner, { manifest, role, password: made, rights: runRights });
  const run = await openDb({
    connection: asRole(connection, role, made ?? password!),
    maxConnections: parts.maxConnections,
  }).catch((error: unknown) => {
    throw notLetIn(role, error);
  });
  return walledDb(owner, run);
}

/** The name of the run-time account of a database. */
export async function runRole(db: Db): Promise<string> {
  const [row] = await db.query<{ name: string }>('select current_database() as name');
  return accountOf(row!.name);
}

const sharedPassword = async ({ owner, clock }: SecondWallParts): Promise<string> =>
  (await sealingKey(owner, 'run-time account', clock())).toString('base64url');

function notLetIn(role: string, error: unknown): Problem {
  return new Problem('wall/not-let-in', 500, `PostgreSQL does not let the account ${role} in.`, {
    wayOut:
      'Check that pg_hba.conf lets it in with a password, and that DATABASE_RUN_PASSWORD, where it is given, is its password.',
    cause: error,
  });
}
