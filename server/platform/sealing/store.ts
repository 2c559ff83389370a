import { randomBytes } from 'node:crypto';
import type { Db } from '../db/index.ts';
import { keeper, secretProblems, secretValues, slug } from '../secrets/index.ts';

/** What a keeper of secrets calls the key of a purpose. */
export const sealingName = (purpose: string): string => `sealing/${slug(purpose)}`;

/**
 * The key that all servers of this database seal with, made at the first call. 32 bytes. A keeper of secrets has it where there is one;
 * else it lies in the database. Throws a Problem where it is with a keeper and cannot be had: no other is made in its place.
 */
export async function sealingKey(db: Db, purpose: string, at: Date): Promise<Buffer> {
  const { key } = (await findKey(db, purpose)) ?? (await makeKey(db, purpose, at));
  if (key !== null) return key;
  const name = sealingName(purpose);
  return keyIn((await secretValues(name))[0], name);
}

/** The 32 bytes that a keeper has as text. */
export function keyIn(text: string, name: string): Buffer {
  const key = Buffer.from(text, 'base64url');
  if (key.length !== 32) throw secretProblems.notAKey(name);
  return key;
}

/** What the database has of a key: null where a keeper has it; undefined where there is none. */
export async function findKey(db: Db, purpose: string): Promise<{ key: Buffer | null } | undefined> {
  const [row] = await db.query<{ key: Buffer | null }>(
    'select key from platform.sealing_key where purpose = $1',
    [purpose],
  );
  return row;
}

/** Makes the key where it will lie, then its row. Broken off between the two, the next try finds the key and goes on. */
async function makeKey(db: Db, purpose: string, at: Date): Promise<{ key: Buffer | null }> {
  const fresh = randomBytes(32);
  const outside = await keeper();
  const isKept = outside?.takes === true;
  if (isKept) await outside.add(sealingName(purpose), fresh.toString('base64url'));
  await db.query(
    `insert into platform.sealing_key (purpose, key, created) values ($1, $2, $3)
     on conflict (purpose) do nothing`,
    [purpose, isKept ? null : fresh, at],
  );
  return (await findKey(db, purpose))!;
}
