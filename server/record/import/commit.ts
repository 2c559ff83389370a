import type { Clock } from '../../platform/clock.ts';
import { errorCode, type Db, type Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import { keyOf, type BatchResult, type Writer } from '../store/index.ts';
import type { Delivery } from '../types.ts';
import { addCounts, count } from './counts.ts';
import { Group, type FiledPiece, type FileProgress, type PendingItem } from './group.ts';
import { partOfPiece } from './portion.ts';
import { knownTargets, saidBefore, type Said } from './store-lookups.ts';
import {
  addMissing,
  addPostponed,
  commitWithoutWaiting,
  removePostponed,
  saveFiles,
  updateJob,
} from './store-jobs.ts';
import type { FileRow, Job, Missing } from './store-jobs.ts';
import { addQuarantine, faultKey, knownFaults, type QuarantineState } from './store-quarantine.ts';
import type { Counts } from './types.ts';

export type CommitParts = {
  db: Db;
  clock: Clock;
  writer: Writer;
  delivery: Delivery;
  job: Job;
  record?: RecordGroup | undefined;
};

/** What one transaction of an import did, and to which patients' records. */
export type GroupDone = { counts: Counts; patientIds: readonly string[] };

/** Puts it on record in that transaction. */
export type RecordGroup = (tx: Tx, done: GroupDone) => Promise<void>;

const mostKnownTargets = 100_000;

/** SQLSTATE classes that say a value cannot be held: data exception, broken constraint, limit exceeded. */
const dataFault = /^(?:22|23|54)/;

/**
 * Writes groups, one transaction each: the resources, what could not be stored, and how far the import got. Either all of
 * it is there after a crash, or none.
 */
export class Committer {
  readonly #parts: CommitParts;
  /** Targets that the record is known to have. */
  readonly #known = new Set<string>();

  constructor(parts: CommitParts) {
    this.#parts = parts;
  }

  /** Writes a group. A resource that the database cannot take is held back, and the rest is written. */
  async commit(group: Group): Promise<void> {
    const itemsBefore = group.items.length;
    const pieces = [...group.pieces];
    try {
      await this.#commitOnce(group);
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined || !dataFault.test(code) || group.pieces.length === 0) throw error;
      group.items.length = itemsBefore;
      await this.#commitHalves(group, code);
    }
    for (const { piece } of pieces) piece.told.release();
  }

  async #commitHalves(group: Group, code: string): Promise<void> {
    const pieces = group.pieces.splice(0);
    const rows = pieces.reduce((sum, { piece }) => sum + piece.batch.rows.length, 0);
    if (rows === 1) {
      const { piece, file } = pieces[0]!;
      const reason = `The database cannot hold this resource (${code}).`;
      group.addItem(await piece.told.item(0, 'exception', reason), file);
    } else {
      const half = new Group();
      for (const each of await partOf(pieces, 0, rows >> 1)) half.pieces.push(each);
      await this.commit(half);
      for (const each of await partOf(pieces, rows >> 1, rows)) group.pieces.push(each);
    }
    await this.commit(group);
  }

  async #commitOnce(group: Group): Promise<void> {
    const { writer, delivery, db, record } = this.#parts;
    const { sound, known } = await this.#withoutContradictions(group);
    const missing = await this.#missing(sound);
    const faults = await knownFaults(
      db,
      group.items.map(({ item }) => faultKey(item)),
    );
    let after: Saved | undefined;
    const alongside = async (tx: Tx, results: BatchResult[]): Promise<void> => {
      after = this.#account(group, sound, results, faults);
      await this.#save(tx, group, after, missing);
      await record?.(tx, { counts: after.more, patientIds: patientsChanged(sound, results) });
    };
    const works = sound.map(({ piece }) => ({ batch: piece.batch, delivery }));
    if (works.length > 0) await writer.write(works, alongside, known);
    else await db.transaction((tx) => alongside(tx, []));
    this.#settle(after!);
  }

  /** Takes out what contradicts another source, or what this input said before. Also gives which ids the record has. */
  async #withoutContradictions(group: Group): Promise<{ sound: FiledPiece[]; known: string[] }> {
    const rows = group.pieces.flatMap(({ piece }) => piece.batch.rows);
    if (rows.length === 0) return { sound: [], known: [] };
    const { known, said } = await saidBefore(
      this.#parts.db,
      rows.map((row) => row.rid),
    );
    if (said.length === 0) return { sound: group.pieces, known };
    const before = new Map(said.map((each) => [`${each.rid}/${each.type}`, each]));
    const sound: FiledPiece[] = [];
    for (const each of group.pieces) {
      const part = await this.#soundPart(group, each, before);
      if (part.piece.batch.rows.length > 0) sound.push(part);
    }
    const left = new Set(sound.flatMap(({ piece }) => piece.batch.rows.map((row) => row.rid)));
    return { sound, known: known.filter((rid) => left.has(rid)) };
  }

  async #soundPart(group: Group, filed: FiledPiece, before: ReadonlyMap<string, Said>): Promise<FiledPiece> {
    const { piece, file } = filed;
    const sound: number[] = [];
    for (const [index, row] of piece.batch.rows.entries()) {
      const said = before.get(keyOf(row));
      const agrees = said === undefined || said.digest === row.digest;
      const contradiction = agrees ? undefined : this.#contradiction(said, piece.isRepeated[index] === 1);
      if (contradiction === undefined) sound.push(index);
      else {
        const { code, reason, wayOut } = contradiction;
        group.addItem({ ...(await piece.told.item(index, code, reason)), wayOut }, file);
      }
    }
    return sound.length === piece.batch.rows.length
      ? filed
      : { piece: await partOfPiece(piece, sound), file };
  }

  #contradiction(said: Said, isRepeated: boolean) {
    if (said.source !== this.#parts.delivery.source) return otherSource;
    return isRepeated ? saidTwice : undefined;
  }

  /** What this group refers to that the record does not have. */
  async #missing(prepared: FiledPiece[]): Promise<Missing[]> {
    const wanted = new Map<string, Missing>();
    for (const { piece } of prepared) {
      for (const each of piece.wanted) {
        if (this.#known.has(each.target)) continue;
        const mentions = (wanted.get(each.target)?.mentions ?? 0) + each.mentions;
        wanted.set(each.target, { ...each, mentions });
      }
    }
    if (wanted.size === 0) return [];
    const there = await knownTargets(
      this.#parts.db,
      [...wanted.values()].map((each) => each.rid),
    );
    const missing: Missing[] = [];
    for (const each of wanted.values()) {
      if (there.has(keyOf({ rid: each.rid, typeNumber: each.type }))) this.#known.add(each.target);
      else missing.push(each);
    }
    return missing;
  }

  /** Adds up what the transaction does, without changing anything yet: it may be run again. */
  #account(
    group: Group,
    prepared: FiledPiece[],
    results: BatchResult[],
    faults: ReadonlyMap<string, QuarantineState>,
  ): Saved {
    const byFile = new Map<FileProgress, Counts>();
    const of = (file: FileProgress): Counts => {
      let counts = byFile.get(file);
      if (counts === undefined) byFile.set(file, (counts = {}));
      return counts;
    };
    const walkCounts: Counts = {};
    for (const [file, counts] of group.counts) addCounts(of(file), counts);
    for (const [index, { piece, file }] of prepared.entries()) {
      const result = results[index]!;
      if ('refused' in result) throw result.refused;
      const counts = of(file);
      for (const [row, { type }] of piece.batch.rows.entries()) {
        count(counts, type, outcomeOf(result.decisions[row]!.kind));
      }
    }
    const added: PendingItem[] = [];
    for (const each of group.items) {
      const state = faults.get(faultKey(each.item));
      const isSettled = state === 'replayed' || state === 'dismissed';
      const counts = each.file === undefined ? walkCounts : of(each.file);
      count(counts, each.item.type ?? 'unknown', isSettled ? 'unchanged' : 'quarantined');
      if (state === undefined) added.push(each);
    }
    const files = new Set([...byFile.keys(), ...group.reached.keys(), ...group.finished]);
    const rows = new Map([...files].map((file) => [file, nextRow(group, file, byFile.get(file) ?? {})]));
    const more: Counts = {};
    addCounts(more, walkCounts);
    for (const counts of byFile.values()) addCounts(more, counts);
    return { rows, more, added };
  }

  async #save(tx: Tx, group: Group, saved: Saved, missing: Missing[]): Promise<void> {
    const { job, clock, delivery } = this.#parts;
    const at = clock();
    await commitWithoutWaiting(tx);
    const ids = saved.added.map(() => newId(at.getTime())).sort();
    await addQuarantine(
      tx,
      saved.added.map(({ item, file }, index) => ({
        id: ids[index]!,
        jobId: job.id,
        fileId: file?.row.id ?? null,
        item,
      })),
      at,
      delivery.agent,
    );
    await addMissing(tx, job.id, missing);
    await addPostponed(tx, group.postponed);
    await removePostponed(tx, group.settled);
    await saveFiles(tx, [...saved.rows.values()], at);
    const counts = structuredClone(job.counts);
    addCounts(counts, saved.more);
    await updateJob(tx, { ...job, counts });
  }

  /** The transaction is done: what was added up holds from now on. */
  #settle(saved: Saved): void {
    addCounts(this.#parts.job.counts, saved.more);
    for (const [file, row] of saved.rows) file.row = row;
    if (this.#known.size > mostKnownTargets) this.#known.clear();
  }
}

/** The rows from `from` up to `to` of all pieces together. A piece that is cut is made ready anew. */
async function partOf(pieces: readonly FiledPiece[], from: number, to: number): Promise<FiledPiece[]> {
  const part: FiledPiece[] = [];
  let first = 0;
  for (const each of pieces) {
    const { length } = each.piece.batch.rows;
    const wanted: number[] = [];
    for (let row = 0; row < length; row += 1) if (first + row >= from && first + row < to) wanted.push(row);
    first += length;
    if (wanted.length === 0) continue;
    part.push({ ...each, piece: await partOfPiece(each.piece, wanted) });
  }
  return part;
}

/** The patients of the rows that were written. */
function patientsChanged(pieces: readonly FiledPiece[], results: readonly BatchResult[]): string[] {
  const patients = new Set<string>();
  for (const [index, { piece }] of pieces.entries()) {
    const result = results[index]!;
    if ('refused' in result) continue;
    for (const [at, { ofPatient, patientId }] of piece.batch.rows.entries())
      if (ofPatient && outcomeOf(result.decisions[at]!.kind) !== 'unchanged') patients.add(patientId);
  }
  return [...patients];
}

type Saved = { rows: Map<FileProgress, FileRow>; more: Counts; added: PendingItem[] };

const saidTwice = {
  code: 'duplicate',
  reason: 'The same input holds another resource with this type and id, and the two differ.',
  wayOut: 'Ask the sender which one holds. To store this one, replay it; to keep the other, dismiss this.',
} as const;

const otherSource = {
  code: 'conflict',
  reason: 'Another source already said something else under this id.',
  wayOut:
    'Ask both sources which is right. To take this one over, replay it; to keep what is there, dismiss it.',
} as const;

function nextRow(group: Group, file: FileProgress, more: Counts): FileRow {
  const counts = structuredClone(file.row.counts);
  addCounts(counts, more);
  return {
    ...file.row,
    counts,
    entriesRead: file.isSecondReading
      ? file.row.entriesRead
      : (group.reached.get(file) ?? file.row.entriesRead),
    state: group.finished.has(file) ? 'read' : file.row.state,
  };
}

function outcomeOf(kind: 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent') {
  if (kind === 'created' || kind === 'updated') return 'stored';
  return kind === 'deleted' ? 'deleted' : 'unchanged';
}
