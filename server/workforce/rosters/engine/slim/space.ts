import { BeamSpace } from './beam-space.ts';
import type { Amounts, SlimLimit } from './limits.ts';
import { completeOf, type Complete } from './complete.ts';
import type { Least } from './least.ts';
import type { Sequences, SlimTable } from './table.ts';

/** Arrays that all people of a thread use in turn, so that pricing allocates little; those that `complete` reads and writes share a memory. */
export class SlimSpace {
  cells = new Float64Array(0);
  member = new Uint8Array(0);
  /** What each class costs on each day: in a block without work so far, and with some. */
  costs = new Float64Array(0);
  /** The least cost from each state before each day to the end, likewise; the same twice where no block goes on. */
  rests = new Float64Array(0);
  readonly amounts: Amounts = new Map();
  readonly beams = new BeamSpace();
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #completes = new Map<Least, Complete>();
  #places = new Int8Array(0);

  fit(days: number, choices: number, table: SlimTable): void {
    const { states, classes, least } = table;
    if (!this.#completes.has(least)) this.#completes.set(least, completeOf(table, this.#memory));
    if (this.cells.length < days * choices) this.cells = new Float64Array(days * choices);
    if (this.member.length < days * classes) this.member = new Uint8Array(days * classes);
    const [costs, rests] = [2 * days * classes, 2 * (days + 1) * states];
    if (this.costs.length >= costs && this.rests.length >= rests && this.#places.length >= days) return;
    const sizes = [
      Math.max(costs, this.costs.length),
      Math.max(rests, this.rests.length),
      Math.max(days, this.#places.length),
    ] as const;
    const [most, rest, place] = sizes;
    const bytes = (most + rest) * Float64Array.BYTES_PER_ELEMENT;
    const { buffer } = this.#memory;
    const lacking = bytes + place - buffer.byteLength;
    if (lacking > 0) this.#memory.grow(Math.ceil(lacking / pageBytes));
    this.costs = new Float64Array(this.#memory.buffer, 0, most);
    this.rests = new Float64Array(this.#memory.buffer, this.costs.byteLength, rest);
    this.#places = new Int8Array(this.#memory.buffer, bytes, place);
  }

  /** Fills `rests` from `costs`, and from what states cost in the end. */
  complete(days: number, { least, states, ends }: SlimTable, place: Int8Array): void {
    const { costs, rests } = this;
    this.#places.set(place.subarray(0, days));
    for (let state = 0; state < states; state++) {
      const at = 2 * (days * states + state);
      rests[at] = rests[at + 1] = ends[state] as number;
    }
    this.#completes.get(least)?.(days, costs.byteOffset, rests.byteOffset, this.#places.byteOffset);
  }
}

const pageBytes = 65_536;

/**
 * Choices that are the same to the table and to every limit are of one kind; the kinds of a class are those from `start[class]` on.
 */
export type Kinds = { of: Uint8Array; start: Int32Array; many: number };

/** Choices of one class are of one kind where every limit counts them the same on every day. */
export function kindsOf({ classOf, classes }: SlimTable, limits: SlimLimit[], choices: number): Kinds {
  const of = new Uint8Array(choices);
  const start = new Int32Array(classes + 1);
  let many = 0;
  for (let group = 0; group < classes; group++) {
    const known: { choice: number; kind: number }[] = [];
    classOf.forEach((mine, choice) => {
      if (mine !== group) return;
      const like = known.find((other) =>
        limits.every(({ amounts }) => areSame(amounts, choice, other.choice, choices)),
      );
      of[choice] = like?.kind ?? many;
      if (like === undefined) known.push({ choice, kind: many++ });
    });
    start[group + 1] = many;
  }
  return { of, start, many };
}

function areSame(amounts: Float64Array, one: number, other: number, choices: number): boolean {
  for (let base = 0; base < amounts.length; base += choices)
    if (amounts[base + one] !== amounts[base + other]) return false;
  return true;
}

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
