import { openDb } from '../../platform/db/index.ts';
import type { OpenDatabase } from '../../platform/postgres/index.ts';
import { openRecord, type CommandRecord } from './open.ts';

/** Runs `work` with what puts a command on record, for commands that use the database in another way than by its tables. */
export async function withRecord(
  connection: OpenDatabase['connection'],
  work: (record: CommandRecord) => Promise<void>,
): Promise<void> {
  const db = await openDb({ connection, maxConnections: 1 });
  try {
    await work(await openRecord(db));
  } finally {
    await db.close();
  }
}
