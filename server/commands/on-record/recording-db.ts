import type { Db, Tx } from '../../platform/db/index.ts';
import type { Act, CommandRecord } from './open.ts';

/**
 * The same database, for work that makes its transactions itself: each of them puts the act on record, so that neither is there
 * without the other. For work that changes something in every transaction it makes.
 */
export function recordingDb(db: Db, record: CommandRecord, act: Act): Db {
  return {
    get distributed() {
      return db.distributed;
    },
    get lease() {
      return db.lease;
    },
    query: (text, values, options) => db.query(text, values, options),
    queryBytes: (text, values, options) => db.queryBytes(text, values, options),
    transaction: (work, options) =>
      db.transaction(async (tx: Tx) => {
        const done = await work(tx);
        if (options?.readOnlySnapshot !== true) record.put(tx, act);
        return done;
      }, options),
    close: () => db.close(),
  };
}
