import { randomBytes } from 'node:crypto';
import type { Db } from '../db/index.ts';

/** The key that all servers of this database seal with, made at the first call. 32 bytes. */
export async function sealingKey(db: Db, purpose: string, at: Date): Promise<Buffer> {
  await db.query(
    `insert into platform.sealing_key (purpose, key, created) values ($1, $2, $3)
     on conflict (purpose) do nothing`,
    [purpose, randomBytes(32), at],
  );
  const [row] = await db.query<{ key: Buffer }>('select key from platform.sealing_key where purpose = $1', [
    purpose,
  ]);
  return row!.key;
}
