import { after } from 'node:test';
import { openSecondWall, openWriter } from '../../server/access/index.ts';
import { manifest } from '../../server/manifest.ts';
import { openDb, type Db } from '../../server/platform/db/index.ts';
import { databaseAddress } from './database.ts';

/** The ways to a database: as everything else goes, and as its owner. */
export type Walled = { db: Db; owner: Db; connection: { connectionString: string } };

/** A fresh, migrated database with its second wall up, as it is where people sign in. On Citus without the wall. */
export async function walledDatabase(
  scope: { after(work: () => Promise<void>): void } = { after },
): Promise<Walled> {
  const drop: (() => Promise<void>)[] = [];
  const { url } = await databaseAddress({ after: (work) => drop.push(work) });
  const connection = { connectionString: url };
  const owner = await openDb({ connection });
  const parts = { owner, connection, manifest, clock: () => new Date(), maxConnections: 10 };
  const writer = await openWriter(parts);
  const db = owner.distributed ? writer : await openSecondWall({ ...parts, writer });
  scope.after(async () => {
    await db.close();
    await owner.close();
    for (const work of drop) await work();
  });
  return { db, owner, connection };
}
