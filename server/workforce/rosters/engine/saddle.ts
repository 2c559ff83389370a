import { columnOf, keyOf, type Column, type Solved } from './master.ts';
import type { Model } from './model.ts';
import { hullOf, type Hulls } from './saddle-cover.ts';
import { ontoSimplex } from './simplex-nearest.ts';

/** What a search by slim pricing asks of a master problem. */
export type SlimMaster = {
  readonly columns: readonly Column[];
  add(person: number, days: Uint8Array, cost: number): boolean;
  solve(): Solved;
  setOff(isOff: (column: Column, index: number) => boolean): void;
  dispose(): void;
};

/** How far each solution goes: to this share of its value, or for so many steps. */
export type SaddleLimits = { near: number; steps: number };

/** What leaving a person without a roster costs, as in the master by simplex. */
const noRoster = 100_000;

/** Steps between two looks at the gap. */
const lookEach = 25;

/** The gap must fall by so much before the steps begin anew from where they stand, or from their mean. */
const restartGap = 0.4;

/** With more columns for each person, those of the largest reduced cost leave until so many are left. */
const mostEach = 90;
const leftEach = 45;

/** A share so small is taken for none. */
const leastShare = 1e-4;

/**
 * The master problem by first-order steps (primal-dual hybrid gradient with restarts; Chambolle and Pock 2011, Applegate and others
 * 2021): each person's shares stay on a simplex and prices within the weights of cover, so that every step gives a value
 * and a bound of it. It begins where it ended, and is meant for masters too large for simplex.
 */
export class Saddle implements SlimMaster {
  columns: Column[] = [];
  limits: SaddleLimits;
  readonly #model: Model;
  readonly #places: number[];
  readonly #known: Set<string>[];
  readonly #hulls: Hulls;
  /** The rows of a column, one after the other; a row that counts twice stands twice. */
  #flat = new Int32Array(1 << 12);
  #start = new Int32Array(1 << 8);
  #cost = new Float64Array(1 << 8);
  #isOff = new Uint8Array(1 << 8);
  #mine: Int32Array[];
  #many: Int32Array;
  #x = new Float64Array(1 << 8);
  #y: Float64Array;
  #step = 0.05;
  #balance = 30;

  constructor(model: Model, places: number[], fixed: Int32Array | undefined, limits: SaddleLimits) {
    this.#model = model;
    this.#places = places;
    this.limits = limits;
    this.#known = model.people.map(() => new Set());
    this.#mine = model.people.map(() => new Int32Array(16));
    this.#many = new Int32Array(model.people.length);
    this.#hulls = hullOf(model, fixed);
    this.#y = new Float64Array(model.cover.rows.length);
  }

  /** Prices to begin with. */
  begin(prices: Float64Array): void {
    this.#y.set(prices);
  }

  add(person: number, days: Uint8Array, cost: number): boolean {
    const key = keyOf(days);
    const known = this.#known[person] as Set<string>;
    if (known.has(key)) return false;
    known.add(key);
    this.#append(columnOf(this.#model, person, days, cost), 0);
    return true;
  }

  #append(column: Column, share: number): void {
    const index = this.columns.push(column) - 1;
    if (index + 1 >= this.#start.length) {
      this.#start = grown(this.#start);
      this.#cost = grown(this.#cost);
      this.#isOff = grown(this.#isOff);
      this.#x = grown(this.#x);
    }
    let at = this.#start[index] as number;
    column.rows.forEach((row, place) => {
      for (let count = 0; count < (column.counts[place] as number); count++) {
        if (at >= this.#flat.length) this.#flat = grown(this.#flat);
        this.#flat[at++] = row;
      }
    });
    this.#start[index + 1] = at;
    this.#cost[index] = column.cost;
    this.#isOff[index] = 0;
    this.#x[index] = share;
    const { person } = column;
    const many = this.#many[person] as number;
    if (many >= (this.#mine[person] as Int32Array).length)
      this.#mine[person] = grown(this.#mine[person] as Int32Array);
    (this.#mine[person] as Int32Array)[many] = index;
    this.#many[person] = many + 1;
    if (many === 0) this.#x[index] = 1;
  }

  setOff(isOff: (column: Column, index: number) => boolean): void {
    this.columns.forEach((column, index) => (this.#isOff[index] = isOff(column, index) ? 1 : 0));
  }

  /** Columns of a large reduced cost leave; their order changes. */
  #prune(): void {
    if (this.columns.length <= mostEach * this.#places.length) return;
    const reduced = this.#reduced(this.#y, new Float64Array(this.columns.length));
    const left = this.#places.flatMap((place) => {
      const mine = Array.from((this.#mine[place] as Int32Array).subarray(0, this.#many[place]));
      const value = (index: number): number =>
        (this.#x[index] as number) > leastShare ? -Infinity : (reduced[index] as number);
      return mine.sort((a, b) => value(a) - value(b)).slice(0, leftEach);
    });
    const old = left.map((index) => ({
      column: this.columns[index] as Column,
      share: this.#x[index] as number,
      isOff: this.#isOff[index] as number,
    }));
    this.columns = [];
    this.#many.fill(0);
    for (const known of this.#known) known.clear();
    for (const { column, share, isOff } of old) {
      this.#known[column.person]?.add(keyOf(column.days));
      this.#append(column, share);
      this.#isOff[this.columns.length - 1] = isOff;
    }
  }

  /** The cost of each column after prices. */
  #reduced(prices: Float64Array, into: Float64Array): Float64Array {
    const [flat, start, cost] = [this.#flat, this.#start, this.#cost];
    let at = 0;
    for (let index = 0; index < this.columns.length; index++) {
      const end = start[index + 1] as number;
      let value = cost[index] as number;
      for (; at < end; at++) value -= prices[flat[at] as number] as number;
      into[index] = value;
    }
    return into;
  }

  /** The counts of the rows under shares. */
  #countsOf(x: Float64Array, into: Float64Array): void {
    const [flat, start] = [this.#flat, this.#start];
    into.fill(0);
    for (let index = 0; index < this.columns.length; index++) {
      const share = x[index] as number;
      if (share === 0) continue;
      const end = start[index + 1] as number;
      for (let at = start[index] as number; at < end; at++) {
        const row = flat[at] as number;
        into[row] = (into[row] as number) + share;
      }
    }
  }

  /** What shares cost, and what nothing can cost less than at prices. */
  #valueOf(x: Float64Array, counts: Float64Array): number {
    let value = this.#hulls.cost(counts);
    for (let index = 0; index < this.columns.length; index++)
      value += (x[index] as number) * (this.#cost[index] as number);
    return value;
  }

  #boundOf(y: Float64Array, reduced: Float64Array): number {
    this.#reduced(y, reduced);
    let bound = this.#hulls.least(y);
    for (const place of this.#places) bound += this.#due(place, reduced);
    return bound;
  }

  #due(place: number, reduced: Float64Array): number {
    const mine = this.#mine[place] as Int32Array;
    let due = noRoster;
    for (let at = 0; at < (this.#many[place] as number); at++) {
      const index = mine[at] as number;
      if (this.#isOff[index] === 0 && (reduced[index] as number) < due) due = reduced[index] as number;
    }
    return due;
  }

  solve(): Solved {
    this.#prune();
    const count = this.columns.length;
    const rows = this.#y.length;
    let x = this.#x.slice(0, count);
    const y = this.#y;
    const reduced = new Float64Array(count);
    for (const place of this.#places) this.#nearest(place, x, reduced, 0, x);
    let z = new Float64Array(rows);
    this.#countsOf(x, z);
    let next = new Float64Array(count);
    let counts = new Float64Array(rows);
    const prices = new Float64Array(rows);
    const sums = {
      x: new Float64Array(count),
      y: new Float64Array(rows),
      z: new Float64Array(rows),
      weight: 0,
    };
    const best = { x: x.slice(), value: this.#valueOf(x, z), y: y.slice(), bound: this.#boundOf(y, reduced) };
    const from = { x: x.slice(), y: y.slice(), gap: best.value - best.bound };
    const mean = { x: new Float64Array(count), y: new Float64Array(rows), z: new Float64Array(rows) };
    let steps = 0;
    let since = 0;
    let work = 0;
    while (steps < this.limits.steps && best.value - best.bound > this.limits.near * Math.abs(best.value)) {
      this.#reduced(y, reduced);
      for (;;) {
        steps += 1;
        const pace = this.#step / this.#balance;
        for (const place of this.#places) this.#nearest(place, x, reduced, pace, next);
        this.#countsOf(next, counts);
        const tempo = this.#step * this.#balance;
        this.#hulls.step(y, z, counts, tempo, prices);
        const allowed = this.#allowed(x, next, y, prices, z, counts);
        const before = this.#step;
        this.#step = Math.min((1 - (steps + 1) ** -0.3) * allowed, (1 + (steps + 1) ** -0.6) * before);
        if (before <= allowed || steps >= this.limits.steps) {
          sums.weight += before;
          for (let row = 0; row < rows; row++) {
            y[row] = prices[row] as number;
            sums.y[row] = (sums.y[row] as number) + before * (y[row] as number);
            sums.z[row] = (sums.z[row] as number) + before * (counts[row] as number);
          }
          for (let index = 0; index < count; index++) {
            const share = next[index] as number;
            if (share > 0) sums.x[index] = (sums.x[index] as number) + before * share;
          }
          break;
        }
      }
      work += this.#start[count] as number;
      [x, next] = [next, x];
      [z, counts] = [counts, z];
      since += 1;
      if (since % lookEach !== 0) continue;
      const keep = (shares: Float64Array, value: number, at: Float64Array, bound: number): number => {
        if (value < best.value) {
          best.value = value;
          best.x.set(shares);
        }
        if (bound > best.bound) {
          best.bound = bound;
          best.y.set(at);
        }
        return value - bound;
      };
      const now = keep(x, this.#valueOf(x, z), y, this.#boundOf(y, reduced));
      for (let index = 0; index < count; index++) mean.x[index] = (sums.x[index] as number) / sums.weight;
      for (let row = 0; row < rows; row++) {
        mean.y[row] = (sums.y[row] as number) / sums.weight;
        mean.z[row] = (sums.z[row] as number) / sums.weight;
      }
      const middle = keep(mean.x, this.#valueOf(mean.x, mean.z), mean.y, this.#boundOf(mean.y, reduced));
      if (Math.min(now, middle) > restartGap * from.gap && since < 0.36 * steps) continue;
      if (middle < now) {
        x.set(mean.x);
        y.set(mean.y);
        z.set(mean.z);
      }
      this.#rebalance(x, y, from);
      from.x.set(x);
      from.y.set(y);
      from.gap = Math.min(now, middle);
      sums.x.fill(0);
      sums.y.fill(0);
      sums.z.fill(0);
      sums.weight = 0;
      since = 0;
    }
    this.#x.set(best.x);
    this.#y.set(best.y);
    this.#reduced(best.y, reduced);
    const dues = new Float64Array(this.#model.people.length);
    for (const place of this.#places) dues[place] = this.#due(place, reduced);
    return {
      value: best.value,
      x: this.#cleaned(best.x),
      prices: best.y,
      dues,
      isShort: false,
      effort: work * 4e-6,
    };
  }

  /** Nothing is held outside of this master. */
  dispose(): void {
    this.columns = [];
  }

  /** Without shares that are hardly there. */
  #cleaned(x: Float64Array): Float64Array {
    const clean = x.map((share) => (share < 0.01 ? 0 : share));
    for (const place of this.#places) {
      const mine = (this.#mine[place] as Int32Array).subarray(0, this.#many[place]);
      let all = 0;
      for (const index of mine) all += clean[index] as number;
      if (all > 0) for (const index of mine) clean[index] = (clean[index] as number) / all;
    }
    return clean;
  }

  /** Shares against their reduced cost, and back to the nearest that add up to 1. */
  #nearest(place: number, x: Float64Array, reduced: Float64Array, pace: number, into: Float64Array): void {
    const mine = this.#mine[place] as Int32Array;
    ontoSimplex(mine, this.#many[place] as number, this.#isOff, x, reduced, pace, into);
  }

  /** The longest step that is safe for this change. */
  #allowed(
    x: Float64Array,
    next: Float64Array,
    y: Float64Array,
    prices: Float64Array,
    z: Float64Array,
    counts: Float64Array,
  ): number {
    let moved = 0;
    for (let index = 0; index < x.length; index++)
      moved += ((next[index] as number) - (x[index] as number)) ** 2;
    let priced = 0;
    let both = 0;
    for (let row = 0; row < y.length; row++) {
      const change = (prices[row] as number) - (y[row] as number);
      priced += change * change;
      both += change * ((counts[row] as number) - (z[row] as number));
    }
    if (both === 0) return Infinity;
    return (this.#balance * moved + priced / this.#balance) / (2 * Math.abs(both));
  }

  /** Shares and prices are to move alike. */
  #rebalance(x: Float64Array, y: Float64Array, from: { x: Float64Array; y: Float64Array }): void {
    let moved = 0;
    for (let index = 0; index < x.length; index++)
      moved += ((x[index] as number) - (from.x[index] as number)) ** 2;
    let priced = 0;
    for (let row = 0; row < y.length; row++) priced += ((y[row] as number) - (from.y[row] as number)) ** 2;
    if (moved < 1e-12 || priced < 1e-12) return;
    this.#balance = Math.exp(0.5 * Math.log(Math.sqrt(priced / moved)) + 0.5 * Math.log(this.#balance));
  }
}

function grown<T extends Int32Array | Float64Array | Uint8Array>(list: T): T {
  const wider = new (list.constructor as new (length: number) => T)(list.length * 2);
  wider.set(list);
  return wider;
}
