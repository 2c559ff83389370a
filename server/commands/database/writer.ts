import { openWriter, type AccountParts } from '../../access/index.ts';
import type { PoolDb } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';

/**
 * Opens the account that writes; or tells why there is none, on a database where the owner may not make it and no password of it was
 * given. Throws where it is there and is not as it must be.
 */
export async function writerOf(parts: AccountParts): Promise<{ db: PoolDb } | { missing: Problem }> {
  const password = process.env['DATABASE_WRITER_PASSWORD'];
  try {
    return { db: await openWriter({ ...parts, password }) };
  } catch (error) {
    if (password !== undefined || !(error instanceof Problem) || !mayBeMissing(error)) throw error;
    return { missing: error };
  }
}

const mayBeMissing = ({ code }: Problem): boolean => code === 'wall/no-account' || code === 'wall/not-let-in';
