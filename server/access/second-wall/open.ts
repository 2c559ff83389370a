import type { Clock } from '../../platform/clock.ts';
import {
  accountOf,
  asRole,
  makeWriter,
  openDb,
  raiseWall,
  walledDb,
  type AccountKind,
  type Db,
  type DbOptions,
  type Manifest,
  type PoolDb,
} from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { sealingKey } from '../../platform/sealing/index.ts';
import { runRights } from './rights.ts';
import { writerRights } from './writer-rights.ts';

export type AccountParts = {
  /** The owner's way to the database, migrated. It is needed no more when the accounts are open, and is not closed. */
  owner: Db;
  /** How the owner reaches it. */
  connection: DbOptions['connection'];
  manifest: Manifest;
  clock: Clock;
  maxConnections: number;
  /** The password of the account, where an administrator keeps it; else all servers of the database share one that is made. */
  password?: string | undefined;
};

export type SecondWallParts = AccountParts & {
  /** The way past the wall. */
  writer: Db;
};

const purposes = { run: 'run-time account', writer: 'writing account' } as const;

/**
 * Opens the way by which the server reads and writes: an account that owns nothing and has the rights of `writerRights` alone. Throws
 * a Problem where the account cannot be made, may too much or too little, or is not let in.
 */
export async function openWriter(parts: AccountParts): Promise<PoolDb> {
  const { owner, manifest, password } = parts;
  const role = await writerRole(owner);
  const made = password === undefined ? await sharedPassword(parts, 'writer') : undefined;
  await makeWriter(owner, { manifest, role, password: made, rights: writerRights });
  return letIn(parts, role, made ?? password!, 'DATABASE_WRITER_PASSWORD');
}

/**
 * Raises the second wall and opens the way behind it: within a request the account that sees only patients that were opened, else the
 * writer. Closing what it gives closes both ways. Throws a Problem where the account cannot be made, may too much or is not let in.
 */
export async function openSecondWall(parts: SecondWallParts): Promise<Db> {
  const { owner, writer, manifest, password } = parts;
  const role = await runRole(owner);
  const made = password === undefined ? await sharedPassword(parts, 'run') : undefined;
  await raiseWall(owner, { manifest, role, password: made, rights: runRights });
  const run = await letIn(parts, role, made ?? password!, 'DATABASE_RUN_PASSWORD');
  return walledDb(writer, run);
}

/** The name of the run-time account of a database. */
export const runRole = (db: Db): Promise<string> => roleOf(db, 'run');

/** The name of the writing account of a database. */
export const writerRole = (db: Db): Promise<string> => roleOf(db, 'writer');

async function roleOf(db: Db, kind: AccountKind): Promise<string> {
  const [row] = await db.query<{ name: string }>('select current_database() as name');
  return accountOf(row!.name, kind);
}

const sharedPassword = async ({ owner, clock }: AccountParts, kind: AccountKind): Promise<string> =>
  (await sealingKey(owner, purposes[kind], clock())).toString('base64url');

/** Opens a pool as an account, and sees that it is served: on Citus by the other machines too. */
async function letIn(
  { connection, maxConnections }: AccountParts,
  role: string,
  password: string,
  given: string,
): Promise<PoolDb> {
  let db: PoolDb | undefined;
  try {
    db = await openDb({ connection: asRole(connection, role, password), maxConnections });
    if (db.distributed) await db.query('select 1 from record.tally limit 1');
    return db;
  } catch (error) {
    await db?.close();
    throw new Problem('wall/not-let-in', 500, `PostgreSQL does not let the account ${role} in.`, {
      wayOut: `Check that pg_hba.conf lets it in with a password, and that ${given}, where it is given, is its password.`,
      cause: error,
    });
  }
}
