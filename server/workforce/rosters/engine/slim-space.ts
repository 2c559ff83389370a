import { BeamSpace } from './beam-space.ts';
import type { Amounts, SlimLimit } from './slim-limits.ts';
import type { Sequences, SlimTable } from './slim-table.ts';

/** Arrays that all people of a thread use in turn, so that pricing allocates little. */
export class SlimSpace {
  cells = new Float64Array(0);
  least = new Float64Array(0);
  charged = new Float64Array(0);
  member = new Uint8Array(0);
  /** The least cost from each state before each day to the end: in a block without work so far, and with some. */
  free = new Float64Array(0);
  taken = new Float64Array(0);
  /** What each move of a table costs to the end on one day, likewise. */
  moved = new Float64Array(0);
  movedTaken = new Float64Array(0);
  readonly amounts: Amounts = new Map();
  readonly beams = new BeamSpace();

  fit(days: number, choices: number, { states, classes, moves }: SlimTable): void {
    if (this.cells.length < days * choices) this.cells = new Float64Array(days * choices);
    if (this.least.length < days * classes) {
      this.least = new Float64Array(days * classes);
      this.charged = new Float64Array(days * classes);
      this.member = new Uint8Array(days * classes);
    }
    if (this.moved.length < moves.length) {
      this.moved = new Float64Array(moves.length);
      this.movedTaken = new Float64Array(moves.length);
    }
    if (this.free.length < (days + 1) * states) {
      this.free = new Float64Array((days + 1) * states);
      this.taken = new Float64Array((days + 1) * states);
    }
  }
}

/**
 * Choices that are the same to the table and to every limit are of one kind; the kinds of a class are those from `start[class]` on.
 */
export type Kinds = { of: Uint8Array; start: Int32Array; many: number };

/** What a search for one person's days reads: sequences, limits, and the space with completions. */
export type SlimPerson = {
  readonly sequences: Sequences;
  readonly limits: SlimLimit[];
  /** The place of each day in its block, -1 outside. */
  readonly place: Int8Array;
  readonly days: number;
  readonly choices: number;
  /** How many worked blocks are allowed. */
  readonly most: number;
  readonly space: SlimSpace;
  readonly kinds: Kinds;
  keeps(sums: ArrayLike<number>): boolean;
};
