import { openDb, type Db } from '../server/platform/db/index.ts';
import { openDatabase } from '../server/platform/postgres/index.ts';

/** Looks into the database of a data folder, with no server over it. */
export async function withDb<T>(dataDir: string, work: (db: Db) => Promise<T>): Promise<T> {
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  try {
    return await work(db);
  } finally {
    await db.close();
    await opened.stop();
  }
}
