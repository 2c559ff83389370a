import type { Clock } from '../../platform/clock.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import { toPlain } from '../formats/index.ts';
import { isResourceType, typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import type { BatchResult, Preparer, Writer } from '../store/index.ts';
import type { Delivery } from '../types.ts';
import { addCounts, count } from './counts.ts';
import {
  nameOf,
  type FileProgress,
  type Group,
  type Pending,
  type PendingItem,
  type Piece,
} from './group.ts';
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

const mostKnownTargets = 500_000;

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

  /** Makes one piece of a group ready; costs most of an import's time, and needs no database. */
  prepare(pending: Pending[]): Piece {
    return {
      pending,
      batch: this.#parts.preparer.batchOf(
        pending.map(({ change }) => change),
        toPlain,
      ),
    };
  }

  async commit(group: Group): Promise<void> {
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

  /** Takes out what contradicts another source. */
  async #withoutContradictions(group: Group): Promise<Piece[]> {
    const rows = group.pieces.flatMap(({ batch }) => batch.rows);
    if (rows.length === 0) return [];
    const said = await saidBefore(
      this.#parts.db,
      rows.map((row) => row.rid),
    );
    const foreign = new Map(
      said
        .filter((each) => each.source !== this.#parts.delivery.source)
        .map((each) => [`${each.rid}/${each.type}`, each]),
    );
    if (foreign.size === 0) return group.pieces;
    return group.pieces.map((each) => this.#soundPart(group, each, foreign));
  }

  #soundPart(group: Group, { pending, batch }: Piece, foreign: ReadonlyMap<string, Said>): Piece {
    const contradicts = batch.rows.map((row) => {
      const said = foreign.get(`${row.rid}/${row.typeNumber}`);
      return said !== undefined && said.digest !== row.digest;
    });
    if (!contradicts.includes(true)) return { pending, batch };
    for (const [index, each] of pending.entries()) {
      if (!contradicts[index]) continue;
      group.addItem({ ...each.item(), ...contradiction }, each.file);
    }
    return this.prepare(pending.filter((_each, index) => !contradicts[index]));
  }

  /** Targets of this group that neither it nor the record has. */
  async #missing(prepared: Piece[]): Promise<Missing[]> {
    for (const { pending } of prepared) {
      for (const { change } of pending) if (change.kind === 'put') this.#known.add(nameOf(change));
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
      for (const [row, { change, file }] of pending.entries()) {
        count(of(file), change.type, outcomeOf(result.decisions[row]!.kind));
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

const contradiction = {
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
