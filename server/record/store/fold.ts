import { copyMessage, CopyRows, type Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import { regularly, type Regular } from '../../platform/regularly.ts';
import { tallyCopy } from './copy.ts';

/** A token with more rows than this is worth folding. */
const rowsWorthFolding = 8;
const tokensAtOnce = 5_000;

/**
 * Folds the tally: the rows of a token become one row with their sum, so that exact totals stay a short read. Totals never
 * change by it, and writers are not held up. Gives the number of tokens folded.
 */
export async function foldTallies(db: Db): Promise<number> {
  let folded = 0;
  for (;;) {
    const tokens = await db.query<{ token: string }>(
      `select token::text as token from record.tally group by token having count(*) > $1 limit $2`,
      [rowsWorthFolding, tokensAtOnce],
    );
    if (tokens.length === 0) return folded;
    const done = await db.transaction(async (tx) => {
      const [lock] = await tx.query<{ taken: boolean }>(`select pg_try_advisory_xact_lock(7303) as taken`);
      if (!lock?.taken) return 0;
      const gone = await tx.query<{ token: string; n: number }>(
        `delete from record.tally where token = any($1::bigint[]) returning token::text as token, n`,
        [tokens.map((row) => row.token)],
      );
      const sums = new Map<string, number>();
      for (const { token, n } of gone) sums.set(token, (sums.get(token) ?? 0) + n);
      const rows = new CopyRows(16 * sums.size + 64);
      const id = newId();
      for (const [token, n] of sums) {
        if (n === 0) continue;
        const halves = BigInt(token);
        rows.startRow(3);
        rows.int8Halves(Number(halves >> 32n), Number(BigInt.asIntN(32, halves)));
        rows.uuid(id);
        rows.int8(n);
      }
      if (rows.count > 0) await tx.copyIn([{ statement: tallyCopy, data: copyMessage(rows.ranges()) }]);
      return sums.size;
    });
    if (done === 0) return folded;
    folded += done;
  }
}

/** Folds every `everyMs`, one at a time, until stopped. A fold that fails is told, and tried again at the next turn. */
export const foldRegularly = (db: Db, onError: (error: unknown) => void, everyMs = 60_000): Regular =>
  regularly(() => foldTallies(db), { everyMs, onError });
