import { openSecondWall, type AccountParts } from '../../access/index.ts';
import { floors, manifest } from '../../manifest.ts';
import { systemClock } from '../../platform/clock.ts';
import { migrate, openDb, type Db, type DbOptions, type PoolDb } from '../../platform/db/index.ts';
import { givenPassword, writerOf } from '../database/index.ts';
import type { Steps } from '../terminal/index.ts';

/** The most connections of each account. */
const maxConnections = 20;

/** Enough for the owner, who migrates and makes the accounts. */
const ownersConnections = 2;

export type AccountsWish = {
  connection: DbOptions['connection'];
  steps: Steps;
  /** Where people sign in there is a second wall, and nothing goes on as the owner. */
  signsIn: boolean;
  /** Looks at the migrated database before accounts are made. Throws where it does not fit. */
  look(db: Db): Promise<void>;
};

export type Accounts = { db: Db; connection: DbOptions['connection'] };

/**
 * Brings the schema up to date as the owner of the tables, and gives the way by which the server reads and writes: accounts that own
 * nothing. The owner's connections are closed by then. Where the writing account cannot be made and nobody signs in, it says so and
 * goes on as the owner. `connection` is that of the account that writes.
 */
export async function openAccounts({ connection, steps, signsIn, look }: AccountsWish): Promise<Accounts> {
  const owner = await openDb({ connection, maxConnections: ownersConnections });
  try {
    await steps.step('schema', (tell) => migrate(owner, { floors, manifest, log: tell }));
    await look(owner);
    const parts = { owner, connection, manifest, clock: systemClock, maxConnections };
    const writer = await steps.step('accounts', () => writerOf(parts));
    if ('missing' in writer) {
      if (signsIn) throw writer.missing;
      steps.line(`${writer.missing.message} The server goes on as the owner of the tables.`);
      steps.line(writer.missing.wayOut ?? '');
      return alone(await openDb({ connection, maxConnections }));
    }
    if (!signsIn) return alone(writer.db);
    return { db: await behindSecondWall(writer.db, parts, steps), connection: writer.db.connection };
  } finally {
    await owner.close();
  }
}

const alone = (db: PoolDb): Accounts => ({ db, connection: db.connection });

/** Where people sign in, requests read as an account of their own. */
async function behindSecondWall(writer: Db, parts: AccountParts, steps: Steps): Promise<Db> {
  if (writer.distributed) {
    steps.line('This database is spread over machines (Citus): there is no second wall yet.');
    return writer;
  }
  try {
    const password = await givenPassword(process.env, 'DATABASE_RUN_PASSWORD');
    return await steps.step('second wall', () => openSecondWall({ ...parts, writer, password }));
  } catch (error) {
    await writer.close();
    throw error;
  }
}
