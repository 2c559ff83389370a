import type { Highs, Model as HighsModel } from 'highs';
import type { Step } from '../types.ts';
import type { Lack } from './lack.ts';
import { addCounts, hardCover, type Model } from './model.ts';

/** One roster of one person, as a column of the master problem. */
export type Column = {
  person: number;
  cost: number;
  days: Uint8Array;
  rows: Int32Array;
  counts: Float64Array;
};

export type Solved = {
  value: number;
  x: Float64Array;
  prices: Float64Array;
  dues: Float64Array;
  effort: number;
  /** Whether hard cover is not met. */
  isShort: boolean;
};

/** What lacks and what is too many in a row of cover: columns in the order of rising weight. */
type Steps = { wanted: number; each: { index: number; sign: number; upper: number }[] };

/** What leaving a person without a roster costs in the master, while it looks for one. */
const noRoster = 100_000;

/**
 * The master problem: choose one column for each person, pay for cover. It stays warm between rounds. Columns keep their
 * order; `fixed` counts of cover belong to people who do not take part.
 */
export class Master {
  readonly columns: Column[] = [];
  readonly #model: Model;
  readonly #places: number[];
  readonly #lp: HighsModel;
  readonly #known: Set<string>[];
  readonly #extra: number;
  readonly #rowOf = new Map<number, number>();
  readonly #hard: { index: number; most: number }[] = [];
  #price: number;
  readonly #steps = new Map<number, Steps>();
  readonly #lacks: number;
  readonly #infinity: number;
  #ranged: number[] = [];
  #isOff = new Uint8Array(64);

  /** `places` are the people who take part, by their place in the model; `lacks` the groups that branching may limit. */
  constructor(highs: Highs, model: Model, places: number[], fixed?: Int32Array, lacks: readonly Lack[] = []) {
    this.#model = model;
    this.#infinity = highs.infinity;
    this.#lacks = lacks.length;
    this.#places = places;
    this.#price = model.cover.firstPrice;
    this.#known = model.people.map(() => new Set());
    this.#lp = highs.createModel();
    this.#lp.options.set({ output_flag: false, presolve: 'off', solver: 'simplex', simplex_strategy: 4 });
    places.forEach((place, row) => {
      this.#rowOf.set(place, row);
      this.#lp.addRow(1, 1, { indices: [], values: [] });
    });
    model.cover.rows.forEach((row, index) => {
      const wanted = row.wanted - (fixed?.[index] ?? 0);
      this.#lp.addRow(wanted, wanted, { indices: [], values: [] });
    });
    const firstLack = places.length + model.cover.rows.length;
    lacks.forEach(() => this.#lp.addRow(-highs.infinity, highs.infinity, { indices: [], values: [] }));
    places.forEach((_, row) => this.#lp.addCol(noRoster, 0, Infinity, { indices: [row], values: [1] }));
    lacks.forEach((_, index) =>
      this.#lp.addCol(noRoster, 0, Infinity, { indices: [firstLack + index], values: [-1] }),
    );
    let extra = places.length + lacks.length;
    const { infinity } = highs;
    model.cover.rows.forEach((row, index) => {
      const wanted = row.wanted - (fixed?.[index] ?? 0);
      for (const [steps, sign] of [
        [row.under, 1],
        [row.over, -1],
      ] as const) {
        for (const step of endless(steps)) {
          const upper = Number.isFinite(step.count) ? step.count : infinity;
          if (step.weight > this.#price)
            this.#hard.push({ index: extra, most: Math.min(step.weight, hardCover) });
          const cost = Math.min(step.weight, this.#price);
          const groups = lacks.flatMap(({ rows }, group) =>
            sign === 1 && rows.includes(index) ? [firstLack + group] : [],
          );
          const indices = [places.length + index, ...groups];
          this.#lp.addCol(cost, 0, upper, { indices, values: [sign, ...groups.map(() => 1)] });
          const known = this.#steps.get(index) ?? { wanted, each: [] };
          known.each.push({ index: extra, sign, upper });
          this.#steps.set(index, known);
          extra += 1;
        }
      }
    });
    this.#extra = extra;
  }

  /** Adds a person's roster; false where it is there already. */
  add(person: number, days: Uint8Array, cost: number): boolean {
    const key = keyOf(days);
    const known = this.#known[person];
    if (known === undefined || known.has(key)) return false;
    known.add(key);
    const column = columnOf(this.#model, person, days, cost);
    const index = this.columns.push(column) - 1;
    if (index >= this.#isOff.length) {
      const wider = new Uint8Array(this.#isOff.length * 2);
      wider.set(this.#isOff);
      this.#isOff = wider;
    }
    const people = this.#places.length;
    const indices = new Int32Array(column.rows.length + 1);
    const values = new Float64Array(column.rows.length + 1).fill(1);
    indices[0] = this.#rowOf.get(person) ?? 0;
    column.rows.forEach((row, place) => {
      indices[place + 1] = people + row;
      values[place + 1] = column.counts[place] ?? 0;
    });
    this.#lp.addCol(cost, 0, Infinity, { indices, values });
    return true;
  }

  /** Solves the linear relaxation. `prices` are of cover rows, then of groups; `dues` of people (by place in the model). */
  solve(): Solved {
    this.#lp.run();
    const { colValue, rowDual } = this.#lp.getSolution();
    const dues = new Float64Array(this.#model.people.length);
    this.#places.forEach((place, row) => (dues[place] = rowDual[row] ?? 0));
    return {
      value: this.#lp.getObjectiveValue(),
      x: colValue.slice(this.#extra),
      prices: rowDual.slice(this.#places.length),
      dues,
      isShort: this.#hard.some(({ index }) => (colValue[index] ?? 0) > 1e-6),
      effort: simplexEffort(Number(this.#lp.info.get('simplex_iteration_count')), colValue.length),
    };
  }

  /** Raises the price of hard cover; false where it is as high as it goes. */
  raise(): boolean {
    if (this.#price >= hardCover || this.#hard.length === 0) return false;
    this.#price = Math.min(hardCover, this.#price * 5);
    for (const { index, most } of this.#hard) this.#lp.changeColCost(index, Math.min(most, this.#price));
    return true;
  }

  /** Lets only so many count in some rows of cover; the others are free again. */
  setRanges(ranges: Map<number, [least: number, most: number]>): void {
    for (const row of this.#ranged) if (!ranges.has(row)) this.#bind(row, -Infinity, Infinity);
    for (const [row, [least, most]] of ranges) this.#bind(row, least, most);
    this.#ranged = [...ranges.keys()];
  }

  /** Lets only so many lack in each group. */
  setLacks(lacks: readonly Lack[]): void {
    const first = this.#places.length + this.#model.cover.rows.length;
    if (lacks.length !== this.#lacks) throw new Error('The groups differ from those of the master.');
    lacks.forEach(({ range: [least, most] }, index) =>
      this.#lp.changeRowBounds(
        first + index,
        least > 0 ? least : -this.#infinity,
        most === Infinity ? this.#infinity : most,
      ),
    );
  }

  #bind(row: number, least: number, most: number): void {
    const { wanted, each } = this.#steps.get(row) ?? { wanted: 0, each: [] };
    for (const side of [1, -1]) {
      let fewest = Math.max(0, side === 1 ? wanted - most : least - wanted);
      let greatest = Math.max(0, side === 1 ? wanted - least : most - wanted);
      for (const { index, sign, upper } of each) {
        if (sign !== side) continue;
        this.#lp.changeColBounds(index, Math.min(upper, fewest), Math.min(upper, greatest));
        fewest = Math.max(0, fewest - upper);
        greatest = Math.max(0, greatest - upper);
      }
    }
  }

  /** Switches columns off (they may not be used) or on again. */
  setOff(isOff: (column: Column, index: number) => boolean): void {
    const indices: number[] = [];
    const upper: number[] = [];
    this.columns.forEach((column, index) => {
      const wanted = isOff(column, index) ? 1 : 0;
      if (this.#isOff[index] === wanted) return;
      this.#isOff[index] = wanted;
      indices.push(this.#extra + index);
      upper.push(wanted === 1 ? 0 : Infinity);
    });
    if (indices.length > 0)
      this.#lp.changeColsBounds(
        { kind: 'set', indices: Int32Array.from(indices) },
        new Float64Array(indices.length),
        Float64Array.from(upper),
      );
  }

  dispose(): void {
    this.#lp.dispose();
  }
}

/** The effort of so many iterations of simplex: as much again with every 4,000 columns more. */
export const simplexEffort = (iterations: number, columns: number): number =>
  (iterations * (1 + columns / 4000)) / 20;

/** Steps that go on for ever: what lies beyond the last costs nothing. */
export const endless = (steps: readonly Step[]): readonly Step[] =>
  steps.some(({ count }) => count === Infinity) ? steps : [...steps, { count: Infinity, weight: 0 }];

/** The days of a roster as text that two equal rosters share. */
export const keyOf = (days: Uint8Array): string =>
  Buffer.from(days.buffer, days.byteOffset, days.length).toString('latin1');

/** What a column costs beyond its dues at the prices of a solved master. */
export function reducedCost({ cost, person, rows, counts }: Column, { prices, dues }: Solved): number {
  let rest = cost - (dues[person] ?? 0);
  rows.forEach((row, index) => (rest -= (prices[row] ?? 0) * (counts[index] ?? 0)));
  return rest;
}

/** A person's roster with the rows of cover it counts in. */
export function columnOf(model: Model, person: number, days: Uint8Array, cost: number): Column {
  const counts = new Int32Array(model.cover.rows.length);
  const who = model.people[person];
  if (who !== undefined) addCounts(who, days, model.choices, counts, 1);
  const rows: number[] = [];
  counts.forEach((count, row) => {
    if (count > 0) rows.push(row);
  });
  return {
    person,
    cost,
    days,
    rows: Int32Array.from(rows),
    counts: Float64Array.from(rows, (row) => counts[row] ?? 0),
  };
}
