import { keyOf, type Batch, type BatchRow } from '../store/index.ts';
import { addCounts } from './counts.ts';
import type { Piece, Portion } from './portion.ts';
import type { FileRow, Postponed } from './store-jobs.ts';
import type { Counts, QuarantineItem } from './types.ts';

/** How far the reading of one file is, beyond what was saved. */
export type FileProgress = {
  row: FileRow;
  /** True while its waiting entries are read again. */
  isSecondReading: boolean;
};

export type PendingItem = { item: QuarantineItem; file: FileProgress | undefined };

/** A piece and the file that asks for it. */
export type FiledPiece = { piece: Piece; file: FileProgress };

/** What the next transaction will hold. */
export class Group {
  readonly pieces: FiledPiece[] = [];
  /** What each resource it changes is changed to: the digest by the key. */
  readonly keys = new Map<string, string>();
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

  /**
   * True when a batch says something else of what this group changes already: it must wait until that is written. What
   * says the very same is marked, and need not.
   */
  clashesWith(batch: Batch): boolean {
    if (this.keys.size === 0) return false;
    const repeats: BatchRow[] = [];
    for (const row of batch.rows) {
      const digest = this.keys.get(keyOf(row));
      if (digest === undefined) continue;
      if (digest !== row.digest || row.deleted) return true;
      repeats.push(row);
    }
    for (const row of repeats) row.isRepeat = true;
    return false;
  }

  add(file: FileProgress, portion: Portion): void {
    const fileId = file.row.id;
    if (portion.piece !== undefined) this.#addPiece({ piece: portion.piece, file });
    for (const item of portion.items) this.addItem(item, file);
    for (const entry of portion.postponed) this.postponed.push({ fileId, entry });
    for (const entry of portion.settled) this.settled.push({ fileId, entry });
    const counts = this.counts.get(file) ?? {};
    addCounts(counts, portion.counts);
    this.counts.set(file, counts);
    this.reached.set(file, portion.reached);
    if (portion.end !== undefined) this.finished.add(file);
  }

  addItem(item: QuarantineItem, file: FileProgress | undefined): void {
    this.items.push({ item, file });
    this.characters += item.raw.length;
  }

  get isEmpty(): boolean {
    return this.rows === 0 && this.items.length === 0 && this.reached.size === 0 && this.finished.size === 0;
  }

  #addPiece(filed: FiledPiece): void {
    const { batch, characters } = filed.piece;
    this.pieces.push(filed);
    for (const row of batch.rows) {
      this.keys.set(keyOf(row), row.digest);
      this.types.add(row.type);
    }
    this.rows += batch.rows.length;
    this.characters += characters;
  }
}
