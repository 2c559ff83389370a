import type { Hulls } from './saddle-cover.ts';
import { ontoSimplex } from './simplex-nearest.ts';

/** What leaving a person without a roster costs, as in the master by simplex. */
const noRoster = 100_000;

/** Columns that may be used, those of one person after those of another. */
export type Packed = {
  /** The columns of the person at a place of the list begin here; one more tells where the last end. */
  from: Int32Array;
  /** The rows of a column begin here; a row that counts twice stands twice. */
  start: Int32Array;
  rows: Int32Array;
  cost: Float64Array;
};

/** Of each person, so many columns without a share are looked at between two looks at all. */
const fewEach = 5;

/** What packed columns cost and count under shares and prices. Steps are taken for those columns alone that stand on a list. */
export class PackedColumns {
  readonly #packed: Packed;
  readonly #hulls: Hulls;
  readonly #people: number;
  readonly #alone: number;
  /** The columns for which steps are taken, and where those of each person begin. */
  #list: Int32Array;
  #listed: Int32Array;

  constructor(packed: Packed, hulls: Hulls) {
    this.#packed = packed;
    this.#hulls = hulls;
    this.#people = packed.from.length - 1;
    let alone = 0;
    for (let place = 0; place < this.#people; place++)
      if (packed.from[place] === packed.from[place + 1]) alone += 1;
    this.#alone = alone;
    this.#list = Int32Array.from(packed.cost, (_, index) => index);
    this.#listed = packed.from;
  }

  /** Lists the columns that have a share, and for each person a few others of the least reduced cost. */
  focus(x: Float64Array, reduced: Float64Array): void {
    const { from } = this.#packed;
    const list: number[] = [];
    const listed = [0];
    for (let place = 0; place < this.#people; place++) {
      const rest: number[] = [];
      for (let index = from[place] as number; index < (from[place + 1] as number); index++)
        ((x[index] as number) > 0 ? list : rest).push(index);
      rest.sort((a, b) => (reduced[a] as number) - (reduced[b] as number));
      list.push(...rest.slice(0, fewEach));
      listed.push(list.length);
    }
    this.#list = Int32Array.from(list);
    this.#listed = Int32Array.from(listed);
  }

  get count(): number {
    return this.#packed.cost.length;
  }

  /** The cost of each column after prices. */
  reduced(prices: Float64Array, into: Float64Array): void {
    for (let index = 0; index < this.count; index++) into[index] = this.#reduced(index, prices);
  }

  #reduced(index: number, prices: Float64Array): number {
    const { start, rows, cost } = this.#packed;
    const end = start[index + 1] as number;
    let value = cost[index] as number;
    for (let at = start[index] as number; at < end; at++) value -= prices[rows[at] as number] as number;
    return value;
  }

  /** The counts of the rows under shares, of which only listed columns have any. */
  counts(x: Float64Array, into: Float64Array): void {
    const { start, rows } = this.#packed;
    into.fill(0);
    for (const index of this.#list) {
      const share = x[index] as number;
      if (share === 0) continue;
      const end = start[index + 1] as number;
      for (let at = start[index] as number; at < end; at++) {
        const row = rows[at] as number;
        into[row] = (into[row] as number) + share;
      }
    }
  }

  /** What shares cost, with cover. */
  value(x: Float64Array, counts: Float64Array): number {
    const { cost } = this.#packed;
    let value = this.#hulls.cost(counts) + this.#alone * noRoster;
    for (let index = 0; index < cost.length; index++) value += (x[index] as number) * (cost[index] as number);
    return value;
  }

  /** What no shares cost less than, by prices and the costs after them. */
  bound(prices: Float64Array, reduced: Float64Array): number {
    let bound = this.#hulls.least(prices);
    for (let place = 0; place < this.#people; place++) bound += this.due(place, reduced);
    return bound;
  }

  /** The least of a person's costs. */
  due(place: number, reduced: Float64Array): number {
    const { from } = this.#packed;
    let due = noRoster;
    for (let index = from[place] as number; index < (from[place + 1] as number); index++)
      if ((reduced[index] as number) < due) due = reduced[index] as number;
    return due;
  }

  /** Moves the shares of listed columns against their costs at prices by a pace, and back to the nearest that add up to 1 for each person. */
  step(x: Float64Array, prices: Float64Array, pace: number, into: Float64Array, reduced: Float64Array): void {
    const [list, listed] = [this.#list, this.#listed];
    for (const index of list) reduced[index] = this.#reduced(index, prices);
    for (let place = 0; place < this.#people; place++)
      ontoSimplex(list, listed[place] as number, listed[place + 1] as number, x, reduced, pace, into);
  }
}
