import type { Hulls } from './saddle-cover.ts';
import type { PackedColumns } from './saddle-packed.ts';

/** How long steps are, and how much longer those of prices are than those of shares. Kept from one solution to the next. */
export type Pace = { step: number; balance: number };

/** Steps between two looks at the gap. */
const lookEach = 25;

/** The gap must fall by so much before steps begin anew, from where they stand or from their mean. */
const restartGap = 0.4;

/** They begin anew as well where so large a share of all steps came since the last time. */
const restartShare = 0.36;

type Point = { x: Float64Array; y: Float64Array; z: Float64Array };

/** Steps of shares `x` and prices `y` towards the saddle point of the master; `z` are the counts of the rows. */
export class SaddlePath {
  readonly best: { x: Float64Array; value: number; prices: Float64Array; bound: number };
  readonly #columns: PackedColumns;
  readonly #hulls: Hulls;
  readonly #pace: Pace;
  readonly #reduced: Float64Array;
  #now: Point;
  #next: Point;
  readonly #sums: Point;
  readonly #mean: Point;
  readonly #from: Point & { gap: number };
  #weight = 0;

  constructor(columns: PackedColumns, hulls: Hulls, shares: Float64Array, prices: Float64Array, pace: Pace) {
    const point = (): Point => ({
      x: new Float64Array(columns.count),
      y: new Float64Array(prices.length),
      z: new Float64Array(prices.length),
    });
    this.#columns = columns;
    this.#hulls = hulls;
    this.#pace = pace;
    this.#reduced = new Float64Array(columns.count);
    this.#now = point();
    this.#next = point();
    this.#sums = point();
    this.#mean = point();
    columns.step(shares, prices, 0, this.#now.x, this.#reduced);
    columns.counts(this.#now.x, this.#now.z);
    this.#now.y.set(prices);
    this.best = { x: this.#now.x.slice(), value: Infinity, prices: prices.slice(), bound: -Infinity };
    const gap = this.#look(this.#now);
    this.#from = { ...point(), gap };
    set(this.#from, this.#now);
    this.#focus();
  }

  /** Takes steps until the value is near enough to the bound; gives how many. */
  run({ near, steps }: { near: number; steps: number }): number {
    const { best } = this;
    let since = 0;
    for (let taken = 1; taken <= steps; taken++) {
      if (taken === 1 && this.#isNear(near)) return 1;
      if (!this.#advance(taken)) continue;
      since += 1;
      if (since % lookEach !== 0) continue;
      const gap = this.#look(this.#now);
      for (const each of ['x', 'y', 'z'] as const)
        for (let index = 0; index < this.#sums[each].length; index++)
          this.#mean[each][index] = (this.#sums[each][index] as number) / this.#weight;
      const middle = this.#look(this.#mean);
      if (best.value - best.bound <= near * Math.abs(best.value)) return taken;
      if (Math.min(gap, middle) > restartGap * this.#from.gap && since < restartShare * taken) {
        this.#focus();
        continue;
      }
      if (middle < gap) set(this.#now, this.#mean);
      this.#rebalance();
      set(this.#from, this.#now);
      this.#from.gap = Math.min(gap, middle);
      for (const each of ['x', 'y', 'z'] as const) this.#sums[each].fill(0);
      this.#weight = 0;
      since = 0;
      this.#focus();
    }
    return steps;
  }

  /** Until the next look, steps are taken for those columns alone that may have a share by then. */
  #focus(): void {
    this.#columns.focus(this.#now.x, this.#reduced);
    this.#next.x.fill(0);
  }

  #isNear(near: number): boolean {
    return this.best.value - this.best.bound <= near * Math.abs(this.best.value);
  }

  /** Tries a step; false where it was too long and is tried again, shorter. */
  #advance(taken: number): boolean {
    const [now, next, pace] = [this.#now, this.#next, this.#pace];
    this.#columns.step(now.x, now.y, pace.step / pace.balance, next.x, this.#reduced);
    this.#columns.counts(next.x, next.z);
    this.#hulls.step(now.y, now.z, next.z, pace.step * pace.balance, next.y);
    const allowed = this.#allowed();
    const step = pace.step;
    pace.step = Math.min((1 - (taken + 1) ** -0.3) * allowed, (1 + (taken + 1) ** -0.6) * step);
    if (step > allowed) return false;
    this.#weight += step;
    for (const each of ['x', 'y', 'z'] as const) {
      const [sums, values] = [this.#sums[each], next[each]];
      for (let index = 0; index < values.length; index++) {
        const value = values[index] as number;
        if (value !== 0) sums[index] = (sums[index] as number) + step * value;
      }
    }
    this.#now = next;
    this.#next = now;
    return true;
  }

  /** The longest step that is safe for the change from now to next. */
  #allowed(): number {
    const [now, next] = [this.#now, this.#next];
    let both = 0;
    for (let row = 0; row < now.y.length; row++)
      both +=
        ((next.y[row] as number) - (now.y[row] as number)) *
        ((next.z[row] as number) - (now.z[row] as number));
    if (both === 0) return Infinity;
    const { balance } = this.#pace;
    return (balance * apart(next.x, now.x) + apart(next.y, now.y) / balance) / (2 * Math.abs(both));
  }

  /** The gap at a point, which may be the best so far. */
  #look({ x, y, z }: Point): number {
    const { best } = this;
    const value = this.#columns.value(x, z);
    this.#columns.reduced(y, this.#reduced);
    const bound = this.#columns.bound(y, this.#reduced);
    if (value < best.value) {
      best.value = value;
      best.x.set(x);
    }
    if (bound > best.bound) {
      best.bound = bound;
      best.prices.set(y);
    }
    return value - bound;
  }

  /** Shares and prices are to move alike. */
  #rebalance(): void {
    const moved = apart(this.#now.x, this.#from.x);
    const priced = apart(this.#now.y, this.#from.y);
    if (moved < 1e-12 || priced < 1e-12) return;
    this.#pace.balance = Math.sqrt(Math.sqrt(priced / moved) * this.#pace.balance);
  }
}

function set(into: Point, from: Point): void {
  into.x.set(from.x);
  into.y.set(from.y);
  into.z.set(from.z);
}

/** The squared distance of two lists. */
function apart(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++)
    sum += ((one[index] as number) - (other[index] as number)) ** 2;
  return sum;
}
