import type { OnRecord } from '../../access/index.ts';
import { observed, observePatients, PatientMemory } from '../../people/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { isUniqueViolation, writeUuid, type CopyPart, type Db, type Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { outboxRows, type OutboxEvent } from '../../platform/events/index.ts';
import type { Wording } from '../search/index.ts';
import type { Delivery, OnRecordOf } from '../types.ts';
import { Carriers } from './carriers.ts';
import { Combinations, NewCombinations } from './combinations.ts';
import { keyOf, type Batch, type BatchRow } from './batch.ts';
import { addWordings, copyParts, emptyCopies, sideRows, type Copies } from './copy.ts';
import { currentRows, lockHeads, patientIdsOf, refile, retire, type CurrentRow } from './current.ts';
import { decideRows, type RowDecision } from './decide.ts';
import { Deliveries } from './deliveries.ts';
import { anything } from './rests-on.ts';
import { stampRow } from './stamp.ts';
import { Tallies } from './tallies.ts';
import type { TokenSets } from './token-sets.ts';

/** A batch and who says it. */
export type Work = { batch: Batch; delivery: Delivery };

/** A batch and the id of its delivery, with what puts on record what becomes of it. */
export type KnownWork = { batch: Batch; deliveryId: Buffer; onRecordOf?: OnRecordOf | undefined };

/**
 * What became of a batch: each row's decision and when it was written, or why the whole batch was refused. `onRecord` is told when
 * the transaction is committed.
 */
export type BatchResult =
  { decisions: RowDecision[]; at: Date; onRecord?: OnRecord | undefined } | { refused: Problem };

/** What else the caller wants in the same transaction, such as the progress of an import. */
export type Alongside = (tx: Tx, results: BatchResult[]) => Promise<void>;

const maxAttempts = 8;

/**
 * Writes batches set-based, a group of them in one transaction. Each batch is all or nothing: one whose condition fails
 * is refused without touching the others. Two writers of one patient's record wait for each other.
 */
export class Writer {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #deliveries = new Deliveries();
  readonly #combinations = new Combinations();
  readonly #patients = new PatientMemory();
  #lastCreated = 0;

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * Writes a group in a transaction of its own. `known` are the rids that the record had a moment ago, where that was looked up:
   * the others are taken for new, and when another writer was first with one of them, all is looked up and written again.
   */
  async write(group: Work[], alongside?: Alongside, known?: readonly string[]): Promise<BatchResult[]> {
    const works: KnownWork[] = [];
    for (const { batch, delivery } of group)
      works.push({
        batch,
        deliveryId: await this.deliveryId(delivery),
        onRecordOf: delivery.onRecordOf,
      });
    let first = known;
    const results = await this.retrying(async (tx) => {
      const lookedUp = first;
      first = undefined;
      const written = await this.writeIn(tx, works, lookedUp);
      await alongside?.(tx, written);
      return written;
    });
    committed(group, results);
    return results;
  }

  /** The id of a delivery, in the record before it is used. */
  deliveryId(delivery: Delivery): Promise<Buffer> {
    return this.#deliveries.idOf(this.#db, delivery, this.#clock());
  }

  /** Runs work that ends in `writeIn`, again when another writer was first with the same key. */
  async retrying<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      let last: Tx | undefined;
      const kept = (tx: Tx): Promise<T> => work((last = tx));
      try {
        const result = await this.#db.transaction(kept, { attempts: maxAttempts });
        if (last !== undefined) this.#combinations.committed(last);
        return result;
      } catch (error) {
        if (attempt >= maxAttempts || !isUniqueViolation(error)) throw error;
      }
    }
  }

  /** Writes a group in the caller's transaction. For `known` see `write`. */
  async writeIn(tx: Tx, group: KnownWork[], known?: readonly string[]): Promise<BatchResult[]> {
    const rows = group.flatMap(({ batch }) => batch.rows);
    const rids = rows.map((row) => row.rid);
    const filed = await patientIdsOf(tx, known ?? rids);
    for (const { batch } of group) fileDeletions(batch, filed);
    const touched = patientsTouched(rows, filed);
    const [heads, , current] = await Promise.all([
      lockHeads(tx, touched),
      this.#db.lease.enter(tx, namesTouched(touched, rows)),
      filed.size === 0 ? noRows : currentRows(tx, [...new Set(filed.values())], rids),
    ]);

    const at = this.#clock();
    const results = group.map((work) => decide(work, current, at));
    const effect = new Effect(filed, at, () => this.#nextCreated(at), this.#combinations);
    for (const [index, result] of results.entries()) {
      if ('refused' in result) continue;
      const { batch, deliveryId } = group[index]!;
      effect.add(batch, result.decisions, deliveryId);
    }
    const onRecord = results.flatMap((result) =>
      'refused' in result ? [] : (result.onRecord?.rows() ?? []),
    );
    await effect.write(tx, heads, this.#patients, onRecord);
    await addWordings(tx, newWordings(group));
    return results;
  }

  /** A number for the order of creation: microseconds since 1970, never twice in one process. */
  #nextCreated(at: Date): number {
    this.#lastCreated = Math.max(this.#lastCreated + 1, at.getTime() * 1000);
    return this.#lastCreated;
  }
}

function newWordings(group: { batch: Batch }[]): Wording[] {
  const wordings = new Map<string, Wording>();
  for (const { batch } of group) {
    for (const wording of batch.wordings) {
      if (!wording.stored) wordings.set(`${wording.hi}/${wording.lo}`, wording);
    }
  }
  return [...wordings.keys()].sort().map((key) => wordings.get(key)!);
}

/** After the commit: these wordings need not be sent again. */
export function markStored(group: readonly { batch: Batch }[]): void {
  for (const { batch } of group) for (const wording of batch.wordings) wording.stored = true;
}

/** After the commit: wordings need not be sent again, and what was put on record with it is. */
export function committed(group: readonly { batch: Batch }[], results: readonly BatchResult[]): void {
  markStored(group);
  for (const result of results) if (!('refused' in result)) result.onRecord?.committed();
}

const noRows: ReadonlyMap<string, CurrentRow> = new Map();

function decide(
  { batch, onRecordOf }: KnownWork,
  current: ReadonlyMap<string, CurrentRow>,
  at: Date,
): BatchResult {
  try {
    const decisions = decideRows(batch.rows, current);
    return { decisions, at, onRecord: onRecordOf?.(decisions.map(({ kind }) => kind)) };
  } catch (error) {
    if (error instanceof Problem) return { refused: error };
    throw error;
  }
}

/** A deletion names no patient: it is filed where the resource is. */
function fileDeletions(batch: Batch, filed: ReadonlyMap<string, string>): void {
  for (const [index, row] of batch.rows.entries()) {
    if (!row.deleted) continue;
    row.patientId = filed.get(keyOf(row)) ?? '';
    if (row.patientId !== '') writeUuid(batch.main.bytes, row.patientId, batch.main.starts[index]! + 6);
  }
}

function patientsTouched(rows: BatchRow[], filed: ReadonlyMap<string, string>): string[] {
  const patients = new Set(filed.values());
  for (const row of rows) if (row.patientId !== '') patients.add(row.patientId);
  return [...patients];
}

/** What kept answers may rest on: patients, types, and anything at all. */
function namesTouched(patientIds: readonly string[], rows: readonly BatchRow[]): Set<string> {
  const names = new Set(patientIds);
  for (const row of rows) names.add(row.type);
  return names.add(anything);
}

/** All that one transaction writes, gathered first and then sent table by table. */
class Effect {
  readonly #filed: ReadonlyMap<string, string>;
  readonly #at: Date;
  readonly #nextCreated: () => number;
  readonly #copies: Copies = emptyCopies();
  readonly #tallies = new Tallies();
  readonly #carriers = new Carriers();
  readonly #combinations: Combinations;
  readonly #newCombinations: NewCombinations;
  readonly #replaced: CurrentRow[] = [];
  readonly #moves: { rid: string; typeNumber: number; from: string; to: string }[] = [];
  readonly #patients: Parameters<typeof observePatients>[1] = [];
  readonly #changed = new Map<string, Set<string>>();

  constructor(
    filed: ReadonlyMap<string, string>,
    at: Date,
    nextCreated: () => number,
    combinations: Combinations,
  ) {
    this.#combinations = combinations;
    this.#newCombinations = new NewCombinations(combinations);
    this.#filed = filed;
    this.#at = at;
    this.#nextCreated = nextCreated;
  }

  add(batch: Batch, decisions: RowDecision[], deliveryId: Buffer): void {
    const inPlace = new Uint8Array(decisions.length);
    const rowsOf = new Uint32Array(batch.sets.count);
    const written = (index: number): boolean => isWritten(decisions[index]!);
    for (const [index, decision] of decisions.entries()) {
      if (!isWritten(decision)) continue;
      const row = batch.rows[index]!;
      const created = decision.current?.created ?? this.#nextCreated();
      const rewritten = stampRow(batch, index, {
        version: decision.version,
        created,
        at: this.#at,
        deliveryId,
      });
      if (rewritten === undefined) inPlace[index] = 1;
      else this.#copies.resources.push(rewritten);
      this.#file(row, decision);
      const set = batch.setOf[index]!;
      if (set >= 0) rowsOf[set]! += 1;
      this.#tally(row, batch.sets, set, decision.current);
    }
    for (const [set, rows] of rowsOf.entries()) {
      if (rows === 0) continue;
      this.#tallies.addSet(batch.sets, set, rows);
      this.#newCombinations.add(batch.sets, set);
    }
    this.#copies.resources.push(...batch.main.ranges((index) => inPlace[index] === 1));
    this.#copies.strings.push(...sideRows(batch.strings, written));
    this.#copies.dates.push(...sideRows(batch.dates, written));
    this.#copies.numbers.push(...sideRows(batch.numbers, written));
    for (const patient of batch.patients) {
      if (written(patient.row)) this.#patients.push(observed(batch.rows[patient.row]!.rid, patient.resource));
    }
  }

  /** `onRecord` goes in the same message, also when nothing changed. */
  async write(
    tx: Tx,
    heads: ReadonlyMap<string, number>,
    memory: PatientMemory,
    onRecord: readonly CopyPart[],
  ): Promise<void> {
    if (this.#changed.size === 0) {
      if (onRecord.length > 0) tx.sendCopies([...onRecord]);
      return;
    }
    if (this.#replaced.length > 0) retire(tx, this.#replaced);
    if (this.#moves.length > 0) await refile(tx, this.#moves);
    const isNew = (patientId: string): boolean => heads.get(patientId) === 1;
    const carried = this.#carriers.rowsOfNew(isNew);
    const links = await observePatients(tx, this.#patients, this.#at, isNew, memory);
    tx.sendCopies([
      ...copyParts(this.#copies, this.#tallies, carried),
      ...links,
      ...outboxRows(this.#events(heads)),
      ...onRecord,
    ]);
    this.#carriers.write(tx, isNew);
    await this.#combinations.write(tx, this.#newCombinations);
  }

  #events(heads: ReadonlyMap<string, number>): OutboxEvent[] {
    return [...this.#changed].map(([patientId, types]) => ({
      streamId: patientId,
      seq: heads.get(patientId) ?? 0,
      name: 'record.changed',
      payload: JSON.stringify({ types: [...types].sort() }),
      at: this.#at,
    }));
  }

  /** The key row of a new resource, or the move of one that now belongs to another patient. */
  #file(row: BatchRow, decision: RowDecision): void {
    const types = this.#changed.get(row.patientId) ?? new Set<string>();
    this.#changed.set(row.patientId, types.add(row.type));
    if (decision.current !== undefined) this.#replaced.push(decision.current);
    const from = this.#filed.get(keyOf(row));
    if (from === undefined) {
      const keys = this.#copies.keys;
      keys.startRow(3);
      keys.uuid(row.rid);
      keys.int2(row.typeNumber);
      keys.uuid(row.patientId);
    } else if (from !== row.patientId) {
      this.#moves.push({ rid: row.rid, typeNumber: row.typeNumber, from, to: row.patientId });
    }
  }

  /** What the row counts is added; what the version it replaces had counted is taken away. */
  #tally(row: BatchRow, sets: TokenSets, set: number, current: CurrentRow | undefined): void {
    if (set >= 0 && row.ofPatient) {
      this.#carriers.gain(row.patientId, sets.hashes[2 * set]!, sets.hashes[2 * set + 1]!);
    }
    if (current === undefined || current.deleted) return;
    this.#tallies.remove(current.typeNumber, current.tokens, current.combination);
    if (current.combination !== null) this.#carriers.lose(current.patientId, current.combination);
  }
}

const isWritten = (decision: RowDecision): boolean =>
  decision.kind !== 'unchanged' && decision.kind !== 'absent';
