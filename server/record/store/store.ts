import type { Clock } from '../../platform/clock.ts';
import { isBehindWall, type Db, type Queryable, type Tx } from '../../platform/db/index.ts';
import { toPlain } from '../formats/index.ts';
import type { Extractor } from '../search/index.ts';
import type { Change, Delivery, Dependence, Outcome, StoredResource } from '../types.ts';
import { again } from './again.ts';
import type { Batch } from './batch.ts';
import { history, readVersion, type HistoryPage, type HistoryQuery } from './history.ts';
import { Preparer } from './prepare.ts';
import { WriteQueue } from './queue.ts';
import { createReader, readMany, type ResourceName } from './reader.ts';
import { contentOf } from './stamp.ts';
import { sourcesOf } from './sources.ts';
import { createStates, headsOf } from './state.ts';
import { patientRecord, type RecordEntry } from './whole-record.ts';
import { committed, Writer, type BatchResult } from './writer.ts';

/** The record's rows: read one or many, list versions, write. Every answer holds exact stored text. */
export type Store = {
  /** The current version, deleted ones marked; undefined when there never was one. Reads that arrive together share a round trip. */
  read(type: string, id: string): Promise<StoredResource | undefined>;
  readMany(names: ResourceName[], db?: Queryable): Promise<(StoredResource | undefined)[]>;
  readVersion(type: string, id: string, version: number): Promise<StoredResource | undefined>;
  history(query: HistoryQuery): Promise<HistoryPage>;
  /** Who said each of these versions, in the order asked; see `sourcesOf`. */
  sourcesOf(stored: readonly StoredResource[]): Promise<(string | null)[]>;
  /** Everything now filed under these patients (uuids of `patientId`), or all of one type. */
  patientRecord(patientIds: string[], type?: string): Promise<RecordEntry[]>;
  /**
   * These versions read once more, behind the second wall: undefined for those of patients that this request did not open. Where there
   * is no wall, they are given as they are.
   */
  again<Row extends StoredResource>(rows: readonly Row[]): Promise<(Row | undefined)[]>;
  /** Changes seen by each patient's record: an ETag for it. */
  headsOf(patientIds: string[]): Promise<Map<string, number>>;
  /** The state of what an answer depends on; see `createStates`. */
  stateOf(on: Dependence): Promise<string | undefined>;
  /**
   * Makes all changes in one transaction, or none. Throws a Problem (409, 412, 400) whose `place` is the number of the
   * change that was refused, from 0.
   */
  write(changes: Change[], delivery: Delivery): Promise<Outcome[]>;
  /**
   * For changes that depend on what is found: takes the named locks, so that two with one name wait for each other, and lets
   * `decide` look and say what to change, all in one transaction. `decide` may run more than once.
   */
  writeDecided(
    locks: string[],
    decide: (tx: Tx) => Promise<Change[]>,
    delivery: Delivery,
  ): Promise<Outcome[]>;
};

export function createStore(parts: { db: Db; extractor: Extractor; clock: Clock }): Store {
  const { db, extractor, clock } = parts;
  const preparer = new Preparer(extractor);
  const writer = new Writer(db, clock);
  const queue = new WriteQueue(writer);
  const read = createReader(db);
  const stateOf = createStates(db);

  return {
    read: (type, id) => read({ type, id }),
    readMany: (names, on = db) => readMany(on, names, db.distributed),
    readVersion: (type, id, version) => readVersion(db, { type, id }, version),
    history: (query) => history(db, query),
    sourcesOf: (stored) => sourcesOf(db, stored),
    patientRecord: (patientIds, type) => patientRecord(db, patientIds, type),
    again: (rows) => again(db, rows),
    headsOf: (patientIds) => headsOf(db, patientIds),
    stateOf,
    async write(changes, delivery) {
      if (changes.length === 0) return [];
      mustBePastWall();
      const batch = preparer.batchOf(changes, toPlain);
      return outcomesOf(batch, await queue.write({ batch, delivery }));
    },
    async writeDecided(locks, decide, delivery) {
      mustBePastWall();
      const deliveryId = await writer.deliveryId(delivery);
      const { batch, result } = await writer.retrying(async (tx) => {
        for (const lock of [...new Set(locks)].sort()) {
          await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [lock]);
        }
        const decided = preparer.batchOf(await decide(tx), toPlain);
        if (decided.rows.length === 0) return { batch: decided, result: { decisions: [], at: clock() } };
        const [written] = await writer.writeIn(tx, [
          { batch: decided, deliveryId, onRecordOf: delivery.onRecordOf },
        ]);
        if ('refused' in written!) throw written.refused;
        return { batch: decided, result: written! };
      });
      committed([{ batch }], [result]);
      return outcomesOf(batch, result);
    },
  };
}

/** Writes of several requests leave together, so that one which may not write would stop the others. */
function mustBePastWall(): void {
  if (isBehindWall())
    throw new Error('A request that may write says so: what is written goes past the wall.');
}

function outcomesOf(batch: Batch, result: BatchResult): Outcome[] {
  if ('refused' in result) throw result.refused;
  return result.decisions.map((decision, index): Outcome => {
    const row = batch.rows[index]!;
    const kept = decision.kind === 'unchanged' || decision.kind === 'absent';
    const at = kept && decision.current !== undefined ? decision.current.lastUpdated : result.at;
    return {
      kind: decision.kind,
      stored: {
        type: row.type,
        id: row.id,
        version: decision.version,
        lastUpdated: at,
        deleted: row.deleted,
        content: contentOf(batch, index, { version: decision.version, at }),
        patientId: row.patientId,
      },
    };
  });
}
