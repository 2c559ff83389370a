import type { Model } from '../model.ts';
import { beam } from './beam.ts';
import { blocksLeft, SlimPrices, sumsOf, type SlimLimit } from './limits.ts';
import { spliced, type SlimPath } from './path.ts';
import { kindsOf, SlimSpace, type Kinds, type SlimPerson } from './space.ts';
import { SlimTables, type Sequences, type SlimTable } from './table.ts';

/** Rosters of a person at given prices, the cheapest first, a cost that none is below, and the effort it took. */
export type SlimPriced = { found: { days: Uint8Array; cost: number }[]; bound: number; effort: number };

export type SlimLimits = {
  /** How many prices of the limits are tried at most. */
  passes: number;
  /** A roster so near the bound is good enough. */
  tolerance: number;
  /** Where the best is farther from the bound, a beam looks for better. */
  coarse: number;
  /** How many beginnings a beam keeps for each day. */
  width?: number;
};

const usualWidth = 48;

/** How many rosters of one person a pricing gives at most. */
const manyFound = 3;

/** The effort of one pass for each choice of each day, and for what a day takes besides; and of one beginning in a beam. */
const choiceEffort = 2.5e-5;
const restOfDay = 12;
const labelEffort = 2e-4;

/** What a person's slim pricing is made of, with one place more than there are days; `last` are prices of limits to begin with. */
type SlimParts = Pick<SlimPerson, 'sequences' | 'choices' | 'place' | 'limits' | 'most' | 'kinds'> & {
  last?: Float64Array;
};

/**
 * Prices one person by the small table of sequences alone, one pass a day and state: sums and blocks (weekends) are charged at
 * prices, which are changed until days keep them (Held and Karp 1971). Each price gives a bound. Days of different
 * prices that meet in a state are spliced there; where none keeps the limits, a beam looks among the cheapest.
 */
export class Slim implements SlimPerson {
  readonly sequences: Sequences;
  readonly limits: SlimLimit[];
  /** The place of each day in its block, -1 outside. */
  readonly place: Int8Array;
  readonly days: number;
  readonly choices: number;
  readonly most: number;
  readonly space: SlimSpace;
  readonly kinds: Kinds;
  readonly #passEffort: number;
  #last: Float64Array;

  constructor(parts: SlimParts, space: SlimSpace) {
    this.sequences = parts.sequences;
    this.days = parts.place.length - 1;
    this.choices = parts.choices;
    this.space = space;
    this.limits = parts.limits;
    this.most = parts.most;
    this.place = parts.place;
    this.kinds = parts.kinds;
    this.#last = parts.last ?? new Float64Array(this.limits.length + 1);
    const { table } = this.sequences;
    this.#passEffort = this.days * (this.choices + restOfDay) * choiceEffort;
    space.fit(this.days, this.choices, table);
  }

  /** The same person on the days from `from` up to (not with) `to`, where the other days stay as they are. No block may cross an end. */
  within(all: Uint8Array, from: number, to: number): Slim {
    const { choices, limits, sequences, kinds } = this;
    const { table } = sequences;
    const outside = [all.subarray(0, from), all.subarray(to)] as const;
    const start = stateAfter(table, table.start, outside[0]).state;
    const ends = Float64Array.from(table.ends, (_, state) => {
      const { state: last, paid } = stateAfter(table, state, outside[1]);
      return last < 0 ? Infinity : paid + (table.ends[last] as number);
    });
    const left = limits.map(({ amounts, least, most, unit }): SlimLimit => {
      let sum = 0;
      all.forEach((choice, day) => {
        if (day < from || day >= to) sum += amounts[day * choices + choice] as number;
      });
      return {
        amounts: amounts.subarray(from * choices, to * choices),
        least: least - sum,
        most: most - sum,
        unit,
      };
    });
    const place = this.place.slice(from, to + 1);
    place[to - from] = -1;
    return new Slim(
      {
        sequences: { ...sequences, table: { ...table, start, ends } },
        choices,
        place,
        limits: left,
        most: this.most - this.#blocks(outside[0], 0) - this.#blocks(outside[1], to),
        kinds,
        last: this.#last.slice(),
      },
      this.space,
    );
  }

  /** How many blocks are worked on some days, the first of which is given. */
  #blocks(days: Uint8Array, first: number): number {
    const { classOf, inside } = this.sequences.table;
    let blocks = 0;
    let isTaken = false;
    days.forEach((choice, index) => {
      const place = this.place[first + index] as number;
      if (place <= 0) isTaken = false;
      if (place < 0 || isTaken || inside[classOf[choice] as number] === 0) return;
      isTaken = true;
      blocks += 1;
    });
    return blocks;
  }

  /** Nothing where no days are left, whatever the limits. `cells` are what each choice costs now; Infinity forbids it. */
  price(
    cells: Float64Array,
    { passes, tolerance, coarse, width = usualWidth }: SlimLimits,
  ): SlimPriced | undefined {
    const gain = cells.reduce((most, cost) => Math.max(most, -cost), 1);
    const prices = new SlimPrices(this.#priced(), this.#last, gain);
    const paths: SlimPath[] = [];
    const found: SlimPriced['found'] = [];
    let bound = -Infinity;
    let effort = 0;
    for (let pass = 0; pass < passes; pass++) {
      effort += this.#passEffort;
      this.#charge(cells, prices.each);
      const least = this.#complete();
      if (least === Infinity) return undefined;
      const value = least - prices.allowance();
      if (value > bound) {
        bound = value;
        this.#last = prices.each.slice();
      }
      const path = this.#follow(cells);
      if (this.keeps(path.sums)) keep(found, path.days, path.cost);
      for (const other of paths) {
        for (const [head, tail] of [
          [path, other],
          [other, path],
        ] as const) {
          const mixed = spliced(this, head, tail, found[0]?.cost ?? Infinity);
          if (mixed !== undefined) keep(found, mixed.days, mixed.cost);
        }
      }
      paths.push(path);
      if ((found[0]?.cost ?? Infinity) - bound < tolerance || !prices.follow(path.sums)) break;
    }
    if (found[0] === undefined || found[0].cost - bound > coarse) {
      this.#charge(cells, this.#last);
      this.#complete();
      prices.each.set(this.#last);
      const cutoff = found[0]?.cost ?? Infinity;
      const beamed = beam(this, cells, this.#last, { width, cutoff, allowance: prices.allowance() });
      for (const { days, cost } of beamed.found) keep(found, days, cost);
      bound = Math.max(bound, beamed.bound);
      effort += this.#passEffort + beamed.looks * labelEffort;
    }
    return { found, bound: Math.min(bound, found[0]?.cost ?? Infinity), effort };
  }

  /** What days that keep every limit cost by wishes and sequences. `cells` are what each choice costs by wishes. */
  costOf(cells: Float64Array, days: Uint8Array): number {
    const { table } = this.sequences;
    const { state, paid } = stateAfter(table, table.start, days);
    let cost = state < 0 ? Infinity : paid + (table.ends[state] as number);
    for (let day = 0; day < days.length; day++)
      cost += cells[day * this.choices + (days[day] as number)] as number;
    return cost;
  }

  /** Whether sums and worked blocks (the last) keep their limits. */
  keeps(sums: ArrayLike<number>): boolean {
    const { limits } = this;
    for (let index = 0; index < limits.length; index++) {
      const { least, most } = limits[index] as SlimLimit;
      const sum = sums[index] as number;
      if (sum < least - 1e-6 || sum > most + 1e-6) return false;
    }
    return (sums[limits.length] as number) <= this.most;
  }

  #priced(): { least: number; most: number; unit: number }[] {
    return [...this.limits, { least: -Infinity, most: this.most, unit: 1 }];
  }

  /** What each class costs on each day at prices of the limits. */
  #charge(given: Float64Array, prices: Float64Array): void {
    const { days, choices, limits, place } = this;
    const { classOf, classes, inside } = this.sequences.table;
    const { cells, costs, member } = this.space;
    cells.set(given);
    limits.forEach(({ amounts }, index) => {
      const price = prices[index] as number;
      if (price === 0) return;
      for (let cell = 0; cell < amounts.length; cell++)
        cells[cell] = (cells[cell] as number) + price * (amounts[cell] as number);
    });
    costs.fill(Infinity, 0, 2 * days * classes);
    const extra = prices[limits.length] as number;
    for (let day = 0; day < days; day++) {
      const added = (place[day] as number) >= 0 ? extra : 0;
      for (let choice = 0; choice < choices; choice++) {
        const kind = classOf[choice] as number;
        const at = day * classes + kind;
        const cost = cells[day * choices + choice] as number;
        if (cost >= (costs[2 * at + 1] as number)) continue;
        costs[2 * at] = inside[kind] === 1 ? cost + added : cost;
        costs[2 * at + 1] = cost;
        member[at] = choice;
      }
    }
  }

  /** Fills the rests of the space from the last day to the first; gives the least cost of all. */
  #complete(): number {
    const { table } = this.sequences;
    this.space.complete(this.days, table, this.place);
    return this.space.rests[2 * table.start] as number;
  }

  /** The cheapest days at the prices, with their true cost. */
  #follow(cells: Float64Array): SlimPath {
    const { days, choices, limits, place } = this;
    const { states, start, arcStart, arcClass, arcTarget, arcCost, ends, classes, inside } =
      this.sequences.table;
    const { costs, member, rests } = this.space;
    const count = limits.length + 1;
    const path: SlimPath = {
      days: new Uint8Array(days),
      states: new Int32Array(days + 1),
      spent: new Float64Array(days + 1),
      before: new Float64Array((days + 1) * count),
      sums: new Float64Array(count),
      cost: 0,
    };
    const { sums, before } = path;
    let state = start;
    let isTaken = false;
    let spent = 0;
    for (let day = 0; day < days; day++) {
      const isInBlock = (place[day] as number) >= 0;
      if ((place[day] as number) <= 0) isTaken = false;
      path.states[day] = state * 2 + (isTaken ? 1 : 0);
      path.spent[day] = spent;
      const base = day * classes;
      const next = (day + 1) * states;
      const worked = isTaken ? 1 : 0;
      const least = rests[2 * (day * states + state) + worked] as number;
      const last = (arcStart[state + 1] as number) - 1;
      let best = arcStart[state] as number;
      for (; best < last; best++) {
        const kind = arcClass[best] as number;
        const target = next + (arcTarget[best] as number);
        const cost =
          (costs[2 * (base + kind) + worked] as number) +
          (arcCost[best] as number) +
          (rests[2 * target + (worked | (inside[kind] as number))] as number);
        if (cost <= least) break;
      }
      const kind = arcClass[best] as number;
      const choice = member[base + kind] as number;
      path.days[day] = choice;
      const cell = day * choices + choice;
      spent += (cells[cell] as number) + (arcCost[best] as number);
      for (let index = 0; index < count; index++) {
        const sum = sums[index] as number;
        before[day * count + index] = sum;
        if (index < limits.length) sums[index] = sum + ((limits[index] as SlimLimit).amounts[cell] as number);
      }
      if (isInBlock && !isTaken && inside[kind] === 1) {
        sums[count - 1] = (sums[count - 1] as number) + 1;
        isTaken = true;
      }
      state = arcTarget[best] as number;
    }
    path.states[days] = state * 2;
    path.cost = spent + (ends[state] as number);
    path.spent[days] = path.cost;
    before.set(sums, days * count);
    return path;
  }
}

/** The state that days lead to, -1 where they are forbidden, and what the steps cost. */
function stateAfter(
  { arcStart, arcClass, arcTarget, arcCost, classOf }: SlimTable,
  start: number,
  days: Uint8Array,
): { state: number; paid: number } {
  let state = start;
  let paid = 0;
  for (const choice of days) {
    const kind = classOf[choice];
    let arc = arcStart[state] as number;
    const end = arcStart[state + 1] as number;
    while (arc < end && arcClass[arc] !== kind) arc += 1;
    if (arc === end) return { state: -1, paid };
    paid += arcCost[arc] as number;
    state = arcTarget[arc] as number;
  }
  return { state, paid };
}

/** Everybody's slim pricing; nothing where somebody's rules are of other kinds. */
export function slimsOf(model: Model): Slim[] | undefined {
  const tables = new SlimTables(model);
  const space = new SlimSpace();
  const { choices } = model;
  const { days } = model.problem;
  const slims: Slim[] = [];
  for (const person of model.people) {
    const sequences = tables.of(person);
    if (sequences === undefined) return undefined;
    const limits = sumsOf(person, days, choices, space.amounts);
    const place = new Int8Array(days + 1).fill(-1);
    for (const block of sequences.blocks?.rule.blocks ?? [])
      block.forEach((day, index) => (place[day] = index));
    const kinds = kindsOf(sequences.table, limits, choices);
    slims.push(new Slim({ sequences, choices, place, limits, most: blocksLeft(sequences), kinds }, space));
  }
  return slims;
}

function keep(found: SlimPriced['found'], days: Uint8Array, cost: number): void {
  const place = found.findIndex((each) => cost < each.cost);
  if (place < 0) found.push({ days, cost });
  else found.splice(place, 0, { days, cost });
  found.length = Math.min(found.length, manyFound);
}
