import type { Batch } from '../store/index.ts';
import { count } from './counts.ts';
import type { FileRow, Postponed } from './store-jobs.ts';
import type { Admitted, Counts, OutcomeKind, QuarantineItem } from './types.ts';

/** One change on its way to the record, and the file that asked for it. */
export type Pending = Extract<Admitted, { kind: 'change' }> & {
  file: FileProgress;
  /** The same input told of this resource before: what it says now must be the same. */
  isRepeated: boolean;
};

/** How far the reading of one file is, beyond what was saved. */
export type FileProgress = {
  row: FileRow;
  /** True while its waiting entries are read again. */
  isSecondReading: boolean;
};

export type PendingItem = { item: QuarantineItem; file: FileProgress | undefined };

/** Changes made ready to be written: one piece becomes one batch. */
export type Piece = { pending: Pending[]; batch: Batch };

/** What the next transaction will hold. */
export class Group {
  /** Changes not yet made ready. */
  loose: Pending[] = [];
  readonly pieces: Piece[] = [];
  readonly names = new Set<string>();
  readonly types = new Set<string>();
  readonly items: PendingItem[] = [];
  readonly postponed: Postponed[] = [];
  /** Entries that waited and wait no more. */
  readonly settled: Postponed[] = [];
  /** Entries read of each file, up to and with this group. */
  readonly reached = new Map<FileProgress, number>();
  /** Files that are read to their end. */
  readonly finished = new Set<FileProgress>();
  /** Outcomes that need no writing. */
  readonly counts = new Map<FileProgress, Counts>();
  rows = 0;
  characters = 0;

  add(pending: Pending): void {
    this.loose.push(pending);
    this.names.add(pending.name);
    this.types.add(pending.type);
    this.rows += 1;
    this.characters += pending.length;
  }

  addItem(item: QuarantineItem, file: FileProgress | undefined): void {
    this.items.push({ item, file });
    this.characters += item.raw.length;
  }

  count(file: FileProgress, type: string, outcome: OutcomeKind): void {
    let counts = this.counts.get(file);
    if (counts === undefined) this.counts.set(file, (counts = {}));
    count(counts, type, outcome);
  }

  get isEmpty(): boolean {
    return this.rows === 0 && this.items.length === 0 && this.reached.size === 0 && this.finished.size === 0;
  }
}
