import { openWriter, type AccountParts } from '../../access/index.ts';
import type { PoolDb } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { givenPassword } from './given.ts';

/** As `writerOf` says. */
export async function openWriterIfAny(parts: AccountParts): Promise<{ db: PoolDb } | { missing: Problem }> {
  const password = await givenPassword(process.env, 'DATABASE_WRITER_PASSWORD');
  try {
    return { db: await openWriter({ ...parts, password }) };
  } catch (error) {
    if (password !== undefined || !(error instanceof Problem) || !mayBeMissing(error)) throw error;
    return { missing: error };
  }
}

const mayBeMissing = ({ code }: Problem): boolean => code === 'wall/no-account' || code === 'wall/not-let-in';
