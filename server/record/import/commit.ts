import type { Clock } from '../../platform/clock.ts';
import { errorCode, type Db, type Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { toPlain } from '../formats/index.ts';
import { isResourceType, typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import type { BatchResult, Preparer, Writer } from '../store/index.ts';
import type { Delivery } from '../types.ts';
import { addCounts, count } from './counts.ts';
import { Group, type FileProgress, type Pending, type PendingItem, type Piece } from './group.ts';
import { knownTargets, saidBefore, type Said } from './store-lookups.ts';
import { addMissing, addPostponed, removePostponed, saveFiles, updateJob } from './store-jobs.ts';
import type { FileRow, Job, Missing } from './store-jobs.ts';
import { addQuarantine, faultKey, knownFaults, type QuarantineState } from './store-quarantine.ts';
import type { Counts } from './types.ts';

export type CommitParts = {
  db: Db;
  clock: Clock;
  writer: Writer;
  preparer: Preparer;
  delivery: Delivery;
  job: Job;
};

const mostKnownTargets = 100_000;

/** SQLSTATE classes that say a value cannot be held: data exception, broken constraint, limit exceeded. */
const dataFault = /^(?:22|23|54)/;

/** The message of an error may quote the resource, so only its kind is told. */
const unindexable = (error: unknown): string =>
  `Its search values cannot be made (${error instanceof Problem ? error.code : error instanceof Error ? error.name : 'error'}).`;

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

  /** Makes changes of a group ready; costs most of an import's time, and needs no database. */
  prepare(group: Group, pending: Pending[]): void {
    try {
      group.pieces.push(this.#pieceOf(pending));
    } catch (error) {
      if (pending.length > 1) for (const each of pending) this.prepare(group, [each]);
      else for (const each of pending) group.addItem(each.item('exception', unindexable(error)), each.file);
    }
  }

  /** Writes a group. A resource that the database cannot take is held back, and the rest is written. */
  async commit(group: Group): Promise<void> {
    const itemsBefore = group.items.length;
    try {
      await this.#commitOnce(group);
    } catch (error) {
      const pending = group.pieces.flatMap((piece) => piece.pending);
      const code = errorCode(error);
      if (code === undefined || !dataFault.test(code) || pending.length === 0) throw error;
      group.pieces.length = 0;
      group.items.length = itemsBefore;
      if (pending.length === 1) {
        const [only] = pending;
        group.addItem(
          only!.item('exception', `The database cannot hold this resource (${code}).`),
          only!.file,
        );
      } else {
        const half = new Group();
        this.prepare(half, pending.splice(0, pending.length >> 1));
        await this.commit(half);
        this.prepare(group, pending);
      }
      await this.commit(group);
    }
  }

  #pieceOf(pending: Pending[]): Piece {
    const changes = pending.map((each) => each.change ?? each.remake());
    const batch = this.#parts.preparer.batchOf(changes, toPlain);
    for (const each of pending) each.change = undefined;
    return { pending, batch };
  }

  async #commitOnce(group: Group): Promise<void> {
    const { writer, delivery, db } = this.#parts;
    const sound = await this.#withoutContradictions(group);
    const missing = await this.#missing(sound);
    const faults = await knownFaults(
      db,
      group.items.map(({ item }) => faultKey(item)),
    );
    let after: Saved | undefined;
    const alongside = async (tx: Tx, results: BatchResult[]): Promise<void> => {
      after = this.#account(group, sound, results, faults);
      await this.#save(tx, group, after, missing);
    };
    const works = sound.map(({ batch }) => ({ batch, delivery }));
    if (works.length > 0) await writer.write(works, alongside);
    else await db.transaction((tx) => alongside(tx, []));
    this.#settle(after!);
  }

  /** Takes out what contradicts another source, or what this input said before. */
  async #withoutContradictions(group: Group): Promise<Piece[]> {
    const rows = group.pieces.flatMap(({ batch }) => batch.rows);
    if (rows.length === 0) return [];
    const said = await saidBefore(
      this.#parts.db,
      rows.map((row) => row.rid),
    );
    if (said.length === 0) return group.pieces;
    const before = new Map(said.map((each) => [`${each.rid}/${each.type}`, each]));
    return group.pieces.map((each) => this.#soundPart(group, each, before));
  }

  #soundPart(group: Group, piece: Piece, before: ReadonlyMap<string, Said>): Piece {
    const { pending, batch } = piece;
    const sound: Pending[] = [];
    for (const [index, each] of pending.entries()) {
      const row = batch.rows[index]!;
      const said = before.get(`${row.rid}/${row.typeNumber}`);
      const agrees = said === undefined || said.digest === row.digest;
      const contradiction = agrees ? undefined : this.#contradiction(each, said);
      if (contradiction === undefined) sound.push(each);
      else group.addItem({ ...each.item('conflict', ''), ...contradiction }, each.file);
    }
    return sound.length === pending.length ? piece : this.#pieceOf(sound);
  }

  #contradiction(pending: Pending, said: Said) {
    if (said.source !== this.#parts.delivery.source) return otherSource;
    return pending.isRepeated ? saidTwice : undefined;
  }

  /** Targets of this group that neither it nor the record has. */
  async #missing(prepared: Piece[]): Promise<Missing[]> {
    for (const { pending } of prepared) {
      for (const { name, deletes } of pending) if (!deletes) this.#known.add(name);
    }
    const wanted = new Map<string, Missing>();
    for (const { pending } of prepared) {
      for (const { targets } of pending) for (const target of targets) this.#want(wanted, target);
    }
    if (wanted.size === 0) return [];
    const there = await knownTargets(
      this.#parts.db,
      [...wanted.values()].map((each) => each.rid),
    );
    const missing: Missing[] = [];
    for (const each of wanted.values()) {
      if (there.has(`${each.rid}/${each.type}`)) this.#known.add(each.target);
      else missing.push(each);
    }
    return missing;
  }

  #want(wanted: Map<string, Missing>, target: string): void {
    if (this.#known.has(target)) return;
    const before = wanted.get(target);
    if (before !== undefined) {
      before.mentions += 1;
      return;
    }
    const at = target.indexOf('/');
    const type = target.slice(0, at);
    if (!isResourceType(type)) return;
    wanted.set(target, { target, rid: ridOf(target.slice(at + 1)), type: typeNumber(type), mentions: 1 });
  }

  /** Adds up what the transaction does, without changing anything yet: it may be run again. */
  #account(
    group: Group,
    prepared: Piece[],
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
    for (const [index, { pending }] of prepared.entries()) {
      const result = results[index]!;
      if ('refused' in result) throw result.refused;
      for (const [row, { type, file }] of pending.entries()) {
        count(of(file), type, outcomeOf(result.decisions[row]!.kind));
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
