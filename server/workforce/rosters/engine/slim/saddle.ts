import { columnOf, keyOf, type Column, type Solved } from '../master.ts';
import type { Model } from '../model.ts';
import { hullOf, type Hulls } from './saddle-cover.ts';
import { PackedColumns, type Packed } from './saddle-packed.ts';
import { SaddlePath, type Pace } from './saddle-path.ts';

/** What a search by slim pricing asks of a master problem. */
export type SlimMaster = {
  readonly columns: readonly Column[];
  add(person: number, days: Uint8Array, cost: number): boolean;
  /** Where a `slack` is given, a master that is solved by steps may be off by this share of the value. */
  solve(slack?: number): Solved;
  setOff(isOff: (column: Column, index: number) => boolean): void;
  dispose(): void;
};

/** How far each solution goes: to this share of its value, or for so many steps. */
export type SaddleLimits = { near: number; steps: number };

/** With more columns for each person, those of the largest reduced cost leave until so many are left. */
const mostEach = 90;
const leftEach = 45;

/** The effort of one step for each row that a column counts in. */
const entryEffort = 7.5e-6;

/** A share so small is taken for none. */
const leastShare = 0.01;

/**
 * The master problem by first-order steps (primal-dual hybrid gradient with restarts; Chambolle and Pock 2011, Applegate and others
 * 2021): each person's shares add up to 1 and prices stay within the weights of cover, so that every step gives a value
 * and a bound of it. It begins where it ended, and is meant for masters too large for simplex.
 */
export class Saddle implements SlimMaster {
  columns: Column[] = [];
  readonly #limits: SaddleLimits;
  readonly #model: Model;
  readonly #places: number[];
  readonly #known: Set<string>[];
  readonly #hulls: Hulls;
  readonly #pace: Pace = { step: 0.05, balance: 30 };
  /** The columns of each person, by their place among all. */
  #mine: number[][];
  #shares: number[] = [];
  #isOff: boolean[] = [];
  #prices: Float64Array;

  constructor(model: Model, places: number[], fixed: Int32Array | undefined, limits: SaddleLimits) {
    this.#model = model;
    this.#places = places;
    this.#limits = limits;
    this.#known = model.people.map(() => new Set());
    this.#mine = model.people.map(() => []);
    this.#hulls = hullOf(model, fixed);
    this.#prices = new Float64Array(model.cover.rows.length);
  }

  /** Prices to begin with. */
  begin(prices: Float64Array): void {
    this.#prices = prices.slice();
  }

  /** Adds a person's roster; false where it is there already. */
  add(person: number, days: Uint8Array, cost: number): boolean {
    const key = keyOf(days);
    const known = this.#known[person] as Set<string>;
    if (known.has(key)) return false;
    known.add(key);
    const share = this.#mine[person]?.length === 0 ? 1 : 0;
    this.#append(columnOf(this.#model, person, days, cost), share, false);
    return true;
  }

  #append(column: Column, share: number, isOff: boolean): void {
    this.#mine[column.person]?.push(this.columns.length);
    this.columns.push(column);
    this.#shares.push(share);
    this.#isOff.push(isOff);
  }

  /** Switches columns off (they may not be used) or on again. */
  setOff(isOff: (column: Column, index: number) => boolean): void {
    this.columns.forEach((column, index) => (this.#isOff[index] = isOff(column, index)));
  }

  /** Solves the linear relaxation nearly: shares of a value, and prices of a bound. */
  solve(slack = 0): Solved {
    this.#prune();
    const { packed, of } = this.#pack();
    const columns = new PackedColumns(packed, this.#hulls);
    const shares = Float64Array.from(of, (index) => this.#shares[index] as number);
    const path = new SaddlePath(columns, this.#hulls, shares, this.#prices, this.#pace);
    const steps = path.run({ ...this.#limits, near: Math.max(this.#limits.near, slack) });
    const { value, x, prices } = path.best;
    const reduced = new Float64Array(of.length);
    columns.reduced(prices, reduced);
    const dues = new Float64Array(this.#model.people.length);
    this.#places.forEach((place, index) => (dues[place] = columns.due(index, reduced)));
    this.#prices = prices.slice();
    this.#shares.fill(0);
    of.forEach((index, at) => (this.#shares[index] = x[at] as number));
    return {
      value,
      x: this.#cleaned(),
      prices,
      dues,
      isShort: false,
      effort: packed.rows.length * steps * entryEffort,
    };
  }

  /** The columns that are on. */
  #pack(): { packed: Packed; of: Int32Array } {
    const of: number[] = [];
    const from = [0];
    const start = [0];
    let size = 0;
    for (const place of this.#places) {
      for (const index of this.#mine[place] as number[]) {
        if (this.#isOff[index] === true) continue;
        of.push(index);
        size += (this.columns[index] as Column).counts.reduce((sum, count) => sum + count, 0);
        start.push(size);
      }
      from.push(of.length);
    }
    const rows = new Int32Array(size);
    let at = 0;
    for (const index of of) {
      const column = this.columns[index] as Column;
      for (let place = 0; place < column.rows.length; place++)
        for (let count = column.counts[place] as number; count > 0; count--)
          rows[at++] = column.rows[place] as number;
    }
    const cost = Float64Array.from(of, (index) => (this.columns[index] as Column).cost);
    const packed = { from: Int32Array.from(from), start: Int32Array.from(start), rows, cost };
    return { packed, of: Int32Array.from(of) };
  }

  /** Columns of a large reduced cost leave; their order changes. */
  #prune(): void {
    if (this.columns.length <= mostEach * this.#places.length) return;
    const { columns } = this;
    const [shares, isOff, mine] = [this.#shares, this.#isOff, this.#mine];
    const reduced = columns.map(({ cost, rows, counts }) =>
      rows.reduce((sum, row, place) => sum - (this.#prices[row] as number) * (counts[place] as number), cost),
    );
    const worth = (index: number): number =>
      (shares[index] as number) > 0 ? -Infinity : (reduced[index] as number);
    this.columns = [];
    this.#shares = [];
    this.#isOff = [];
    this.#mine = mine.map(() => []);
    for (const place of this.#places) {
      const best = (mine[place] as number[]).toSorted((a, b) => worth(a) - worth(b));
      const left = best.filter((index, at) => at < leftEach || (shares[index] as number) > 0);
      const days = new Set<string>();
      for (const index of left) {
        const column = columns[index] as Column;
        days.add(keyOf(column.days));
        this.#append(column, shares[index] as number, isOff[index] as boolean);
      }
      this.#known[place] = days;
    }
  }

  /** Shares without those that are hardly there. */
  #cleaned(): Float64Array {
    const clean = Float64Array.from(this.#shares, (share) => (share < leastShare ? 0 : share));
    for (const place of this.#places) {
      const mine = this.#mine[place] as number[];
      const all = mine.reduce((sum, index) => sum + (clean[index] as number), 0);
      if (all > 0) for (const index of mine) clean[index] = (clean[index] as number) / all;
    }
    return clean;
  }

  /** Nothing is held outside of this master. */
  dispose(): void {
    this.columns = [];
  }
}
