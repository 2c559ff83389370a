import type { Batch } from '../store/index.ts';
import type { Missing } from './store-jobs.ts';
import type { Counts, QuarantineItem } from './types.ts';
import type { Resolution } from './resolver.ts';

/** Changes made ready to be written together. */
export type MadeReady = {
  batch: Batch;
  /** By row, 1 when the same input told of the resource before: what it says now must be the same. */
  isRepeated: Uint8Array;
  /** What its resources refer to, as far as this run has not admitted it. */
  wanted: Missing[];
  /** Characters of its texts. */
  characters: number;
};

/** The texts behind a piece, kept until it is written. */
export type Told = {
  /** What to put in quarantine when a row cannot be stored after all. */
  item(row: number, code: string, reason: string): Promise<QuarantineItem>;
  /** Some of the rows, made ready once more. */
  only(rows: readonly number[]): Promise<MadeReady>;
  /** The piece is written: its texts can go. */
  release(): void;
};

export type Piece = MadeReady & { told: Told };

/** Some rows of a piece as a piece of its own. The texts stay with the whole. */
export async function partOfPiece(piece: Piece, rows: readonly number[]): Promise<Piece> {
  const { told } = piece;
  return {
    ...(await told.only(rows)),
    told: {
      item: (row, code, reason) => told.item(rows[row]!, code, reason),
      only: (inner) => told.only(inner.map((row) => rows[row]!)),
      release: () => undefined,
    },
  };
}

/** What a stretch of an input gave. Entries up to `reached` are settled by it and those before it. */
export type Portion = {
  piece: Piece | undefined;
  items: QuarantineItem[];
  /** Entries that wait for something that comes later. */
  postponed: number[];
  /** Entries that waited and wait no more. */
  settled: number[];
  /** Outcomes that need no writing. */
  counts: Counts;
  warnings: number;
  /** Patients whose NHS number fails its check digit. */
  wrongNumbers: number;
  /** Bytes read from disk. */
  bytes: number;
  reached: number;
  /** Between bundles is a good place to end a transaction. */
  isBundleEnd: boolean;
  /** Set in the last portion of an input. */
  end: { isUntracked: boolean } | undefined;
};

/** Who takes what is read, in order. */
export type Sink = {
  take(portion: Portion): void | Promise<void>;
  /** What a link or a condition stands for, all that was taken before being counted. */
  lookUp(link: string): Promise<Resolution>;
};
