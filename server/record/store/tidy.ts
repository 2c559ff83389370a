import { type Db } from '../../platform/db/index.ts';
import { regularly, type Regular } from '../../platform/regularly.ts';

/**
 * Puts what was written lately in its place in the token indexes. Until then it waits in a list that every search by token
 * has to read, at up to three milliseconds each. Writers are not held up. Gives the number of pages put in place.
 */
export async function tidyIndexes(db: Db): Promise<number> {
  if (db.distributed) return 0; // The indexes are on the workers, whose own vacuum does this.
  const [row] = await db.query<{ pages: number }>('select record.tidy_token_indexes() as pages');
  return row!.pages;
}

/** Tidies every `everyMs`, one at a time, until stopped. A turn that fails is told, and made up for by the next one. */
export const tidyRegularly = (db: Db, onError: (error: unknown) => void, everyMs = 2_000): Regular =>
  regularly(() => tidyIndexes(db), { everyMs, onError });
