import { after } from 'node:test';
import { openSecondWall, runRole } from '../../server/access/index.ts';
import { manifest } from '../../server/manifest.ts';
import { openDb, type Db } from '../../server/platform/db/index.ts';
import { databaseAddress } from './database.ts';

/** The ways to a database: as everything else goes, and as its owner. */
export type Walled = { db: Db; owner: Db; connection: { connectionString: string } };

/** A fresh, migrated database with its second wall up, as it is where people sign in. Without one on Citus. */
export async function walledDatabase(
  scope: { after(work: () => Promise<void>): void } = { after },
): Promise<Walled> {
  const drop: (() => Promise<void>)[] = [];
  const { url } = await databaseAddress({ after: (work) => drop.push(work) });
  const connection = { connectionString: url };
  const owner = await openDb({ connection });
  const role = await runRole(owner);
  const db = owner.distributed
    ? owner
    : await openSecondWall({ owner, connection, manifest, clock: () => new Date(), maxConnections: 10 });
  scope.after(async () => {
    await db.close();
    if (db !== owner) {
      const last = await openDb({ connection });
      await last.query(`drop owned by ${role}`);
      await last.query(`drop role ${role}`);
      await last.close();
    }
    for (const work of drop) await work();
  });
  return { db, owner, connection };
}
