import type { Highs, Model as HighsModel } from 'highs';
import type { Cover, Problem, Step } from '../types.ts';
import { amountOf, sumOf } from './counts.ts';
import type { Machine } from './machine.ts';
import { keyOf } from './master.ts';
import { addCounts, type Model, type PersonModel } from './model.ts';

/** A hard limit on a sum: what each cell adds, in units of the most that one day adds, and from where to where it may be. */
export type SumLimit = { amounts: Float64Array; least: number; most: number };

/** A person with a graph, and the hard limits on sums that it does not hold. */
export type Member = { person: PersonModel; limits: SumLimit[] };

/** The hard limits on sums among some rules of a person. */
export function limitsOn(machines: Machine[], places: number[], { days, duties }: Problem): SumLimit[] {
  return places.flatMap((place) => {
    const { rule } = machines[place] as Machine;
    if (rule.kind !== 'count') return [];
    const sum = sumOf(rule);
    const amounts = Float64Array.from({ length: days * duties.length }, (_, cell) =>
      amountOf(sum, Math.floor(cell / duties.length), cell % duties.length),
    );
    const unit = amounts.reduce((most, amount) => Math.max(most, Math.abs(amount)), 0);
    if (unit === 0) return [];
    return [
      {
        amounts: amounts.map((amount) => amount / unit),
        least: rule.minWeight === Infinity ? (rule.min - rule.start) / unit : -Infinity,
        most: rule.maxWeight === Infinity ? (rule.max - rule.start) / unit : Infinity,
      },
    ];
  });
}

/**
 * A linear programme that mixes rosters of each person so that limits on sums and hard cover are broken as little as can be: a
 * shift or a day each beyond a limit costs 1. Rows are people, then cover, then each person's limits.
 */
export class Elastic {
  readonly #model: Model;
  readonly #members: Member[];
  readonly #lp: HighsModel;
  /** From where to where each row but those of people may be, and the first row of each person's limits among them. */
  readonly #least: number[] = [];
  readonly #most: number[] = [];
  readonly #firstOf: number[] = [];
  readonly #known: Set<string>[];

  constructor(highs: Highs, model: Model, members: Member[]) {
    this.#model = model;
    this.#members = members;
    this.#known = members.map(() => new Set());
    const { infinity } = highs;
    this.#lp = highs.createModel();
    this.#lp.options.set({ output_flag: false, presolve: 'off', solver: 'simplex', simplex_strategy: 4 });
    const none = { indices: [], values: [] };
    members.forEach(() => this.#lp.addRow(1, 1, none));
    for (const row of model.cover.rows) this.#limit(leastOf(row), mostOf(row));
    for (const { limits } of members) {
      this.#firstOf.push(this.#least.length);
      for (const { least, most } of limits) this.#limit(least, most);
    }
    this.#least.forEach((least, row) => {
      const most = this.#most[row] as number;
      this.#lp.addRow(least === -Infinity ? -infinity : least, most === Infinity ? infinity : most, none);
      for (const sign of [1, -1])
        this.#lp.addCol(1, 0, infinity, { indices: [members.length + row], values: [sign] });
    });
  }

  #limit(least: number, most: number): void {
    this.#least.push(least);
    this.#most.push(most);
  }

  noPrices(): Float64Array {
    return new Float64Array(this.#least.length);
  }

  /** Adds a person's roster; false where it is there already. */
  add(place: number, days: Uint8Array): boolean {
    const key = keyOf(days);
    const known = this.#known[place] as Set<string>;
    if (known.has(key)) return false;
    known.add(key);
    const { person, limits } = this.#members[place] as Member;
    const { choices, cover } = this.#model;
    const counts = new Int32Array(cover.rows.length);
    addCounts(person, days, choices, counts, 1);
    const first = this.#firstOf[place] as number;
    const sums = limits.map(({ amounts }) =>
      days.reduce((sum, choice, day) => sum + (amounts[day * choices + choice] as number), 0),
    );
    const entries = [...counts.entries(), ...sums.map((sum, at) => [first + at, sum] as const)]
      .filter(([, value]) => value !== 0)
      .map(([row, value]) => [this.#members.length + row, value] as const);
    const indices = [place, ...entries.map(([row]) => row)];
    const values = [1, ...entries.map(([, value]) => value)];
    this.#lp.addCol(0, 0, Infinity, { indices, values });
    return true;
  }

  /** The least breach that the rosters so far can be mixed to, and the price of each row. */
  solve(): { breach: number; prices: Float64Array } {
    this.#lp.run();
    const { rowDual } = this.#lp.getSolution();
    const prices = rowDual.slice(this.#members.length);
    prices.forEach((price, row) => {
      const isOpen = (price > 0 ? this.#least[row] : this.#most[row]) === (price > 0 ? -Infinity : Infinity);
      prices[row] = isOpen ? 0 : Math.max(-1, Math.min(1, price));
    });
    return { breach: this.#lp.getObjectiveValue(), prices };
  }

  /** What the limits themselves give to the bound on all breaches. */
  leastOf(prices: Float64Array): number {
    return prices.reduce(
      (sum, price, row) =>
        price === 0 ? sum : sum + price * ((price > 0 ? this.#least[row] : this.#most[row]) as number),
      0,
    );
  }

  /** What each cell costs a person at these prices; Infinity where it is forbidden. */
  charge(place: number, prices: Float64Array, into: Float64Array): void {
    const { person, limits } = this.#members[place] as Member;
    const first = this.#firstOf[place] as number;
    for (let cell = 0; cell < into.length; cell++) {
      let cost = person.cells[cell] as number;
      for (const row of person.rows[cell] as Int32Array) cost -= prices[row] as number;
      for (let at = 0; at < limits.length; at++)
        cost -= (prices[first + at] as number) * ((limits[at] as SumLimit).amounts[cell] as number);
      into[cell] = cost;
    }
  }

  /** The rows of cover that have a price. */
  pricedRows(prices: Float64Array): number[] {
    return this.#model.cover.rows.flatMap((_, row) => (prices[row] === 0 ? [] : [row]));
  }

  dispose(): void {
    this.#lp.dispose();
  }
}

/** How many must count in a row of cover, and how many may. */
const leastOf = ({ wanted, under }: Cover): number => wanted - allowed(under);
const mostOf = ({ wanted, over }: Cover): number => wanted + allowed(over);

/** How many units steps allow before one that must not be. */
function allowed(steps: readonly Step[]): number {
  const last = steps.findIndex(({ weight }) => weight === Infinity);
  return last < 0 ? Infinity : steps.slice(0, last).reduce((sum, { count }) => sum + count, 0);
}
