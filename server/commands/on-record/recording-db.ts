import type { Db, Tx } from '../../platform/db/index.ts';
import type { Act, CommandRecord } from './open.ts';
import { hasWritten } from './store.ts';

/**
 * The same database, for work that makes its transactions itself: each of them that wrote something puts the act on record, so that
 * neither is there without the other.
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
        if (record.isKept && (await hasWritten(tx))) record.put(tx, act);
        return done;
      }, options),
    close: () => db.close(),
  };
}
