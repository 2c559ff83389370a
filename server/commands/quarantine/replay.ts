import type { Db } from '../../platform/db/index.ts';
import type { Importer, QuarantineRow, RecordItem } from '../../record/import/index.ts';
import { wanted, type ListValues } from './print.ts';

/** Who replays, and what puts it on record. */
type Doer = { by: string; record: RecordItem };

/** Replays one item. Gives 2 when it still cannot be stored. */
export async function replayOne(importer: Importer, id: string, { by, record }: Doer): Promise<number> {
  const result = await importer.replay(id, by, record);
  if (result.replayed) {
    console.log(`Stored: ${result.stored.join(', ')}`);
    return 0;
  }
  const { path, reason, code } = result.item;
  console.log(`Still not stored. ${path === undefined ? '' : `${path}: `}${reason} (${code})`);
  return 2;
}

/**
 * Replays all that waits, but for contradictions: those a person decides one by one. Goes round again as long as
 * something was stored, because one item may refer to another.
 */
export async function replayAll(
  db: Db,
  importer: Importer,
  values: ListValues,
  { by, record }: Doer,
): Promise<number> {
  let stored = 0;
  for (;;) {
    const before = stored;
    let left = 0;
    let contradictions = 0;
    const rows: QuarantineRow[] = [];
    for await (const row of wanted(db, values)) rows.push(row);
    for (const row of rows) {
      if (row.code === 'conflict' || row.code === 'duplicate') contradictions += 1;
      else if ((await importer.replay(row.id, by, record)).replayed) stored += 1;
      else left += 1;
    }
    if (left === 0 || stored === before) {
      console.log(`${stored} stored, ${left} still cannot be.`);
      if (contradictions > 0)
        console.log(`${contradictions} contradict what is there: decide each with replay ID or dismiss ID.`);
      return left + contradictions > 0 ? 2 : 0;
    }
  }
}
