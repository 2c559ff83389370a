import { CopyRows } from '../../platform/db/index.ts';
import type { Wording } from '../search/index.ts';
import type { Resource } from '../types.ts';
import { TokenSets } from './token-sets.ts';

/** What a batch tells of one of its rows before it is written. */
export type BatchRow = {
  readonly type: string;
  readonly typeNumber: number;
  readonly id: string;
  readonly rid: string;
  /** The patient it is filed under. Empty for a deletion until the writer has looked it up. */
  patientId: string;
  /** True when it belongs to a patient, false when it is filed under a home of its own. */
  readonly ofPatient: boolean;
  /** Hash of what was said: everything but version and time. */
  digest: string;
  readonly deleted: boolean;
  readonly ifVersion: number | undefined;
  readonly mustBeNew: boolean;
  /** Another batch of the same transaction says the very same, so that there is nothing to do. */
  isRepeat?: boolean;
};

/**
 * Resources made ready to be written: one binary row each, plus the rows of the search tables. Rows are made as if new
 * (version 1); the writer stamps version, creation number, time and delivery into them.
 */
export class Batch {
  readonly rows: BatchRow[];
  readonly main: CopyRows;
  /** Where the content of row i begins in `main`, and where its stamp begins. */
  readonly contentAt: number[];
  readonly stampAt: number[];
  readonly strings: SideRows;
  readonly dates: SideRows;
  readonly numbers: SideRows;
  /** What the tally counts, and which set each row carries: -1 for a deletion. */
  readonly sets: TokenSets;
  readonly setOf: number[];
  /** Wordings the dictionary may not have yet. */
  readonly wordings: Set<Wording>;
  /** Patients, for linking: the row, and the resource unless it is deleted. */
  readonly patients: { row: number; resource: Resource | undefined }[];

  /** `expected` is about how many rows will come; `from` is what was made elsewhere. */
  constructor(expected: number, from: Partial<Batch> = {}) {
    this.rows = from.rows ?? [];
    this.main = from.main ?? new CopyRows(bytesOfRow * expected);
    this.contentAt = from.contentAt ?? [];
    this.stampAt = from.stampAt ?? [];
    this.strings = from.strings ?? new SideRows();
    this.dates = from.dates ?? new SideRows();
    this.numbers = from.numbers ?? new SideRows();
    this.sets = from.sets ?? new TokenSets();
    this.setOf = from.setOf ?? [];
    this.wordings = from.wordings ?? new Set();
    this.patients = from.patients ?? [];
  }
}

/** What a row of usual size takes. */
const bytesOfRow = 2048;

/** Rows of one search table and the batch row each belongs to. */
export class SideRows {
  readonly copy: CopyRows;
  readonly owners: number[];

  constructor(copy = new CopyRows(), owners: number[] = []) {
    this.copy = copy;
    this.owners = owners;
  }

  /** Starts a row that belongs to batch row `owner`: its key fields are written, the rest is the caller's. */
  row(owner: number, of: BatchRow, fields: number): CopyRows {
    this.owners.push(owner);
    this.copy.startRow(fields);
    this.copy.uuid(of.patientId);
    this.copy.int2(of.typeNumber);
    this.copy.uuid(of.rid);
    return this.copy;
  }
}

/** Names a resource uniquely within the record. */
export const keyOf = (row: { rid: string; typeNumber: number }): string => `${row.rid}/${row.typeNumber}`;
