import { raised } from './common-unit.ts';
import type { Context } from './context.ts';
import { lackCharges, type Lack } from './lack.ts';
import type { Master, Solved } from './master.ts';
import { costOf, type Model, type PersonModel } from './model.ts';
import { priceSurely } from './standing.ts';

/** A state of column generation on some of the people: what is fixed, what is closed, and the best bound so far. */
export type Task = {
  /** People who take part, by their place in the model. */
  places: number[];
  /** Counts of cover of the people who do not. */
  fixed?: Int32Array;
  /** Cells that are closed to a person while diving: 1 forbids `day * choices + choice`. */
  closed?: (Uint8Array | undefined)[];
  /** How many may lack in groups of rows, where the master limits that. */
  lacks?: readonly Lack[];
};

export type Limits = {
  /** Stop when the bound is this near the value of the relaxation; with `unit`, once it is rounded up to what rosters can cost. */
  tolerance: number;
  unit?: number;
  maxRounds: number;
  /** Stop when the bound says that nothing below this is possible. */
  cutoff?: number;
  /** Prices of cover to begin with, where some are known. */
  prices?: Float64Array;
  /** Stop when the value is as low as this. */
  enough?: number;
  /** Stop when that many rounds brought no progress of the relaxation. */
  patience?: number;
};

export type Generated = {
  solved: Solved;
  bound: number;
  isDone: boolean;
  rounds: number;
  /** The prices of the bound, to begin a part of this task with. */
  prices: Float64Array | undefined;
};

/** Once the bound is as near to the value of the relaxation, people are priced exactly. */
const nearShare = 0.05;

/**
 * Adds columns until the relaxation is solved: prices are smoothed towards those of the best bound (Wentges 1997), and
 * every round gives a Lagrangian bound, valid whether or not the relaxation is finished.
 */
export function generate(context: Context, master: Master, task: Task, limits: Limits): Generated {
  try {
    return added(context, master, task, limits);
  } finally {
    context.pricer.isQuick = false;
  }
}

function added(context: Context, master: Master, task: Task, limits: Limits): Generated {
  const { model, pricer } = context;
  let bound = -Infinity;
  let smoothing = limits.prices === undefined ? 0.5 : 0.8;
  let rounds = 0;
  let idle = 0;
  let solved = master.solve();
  let value = solved.value;
  const enough = limits.enough ?? -Infinity;
  let stable = limits.prices === undefined ? undefined : filled(limits.prices, solved.prices.length);
  const cells = new Float64Array(model.problem.days * model.choices);
  pricer.isQuick = true;
  while (rounds < limits.maxRounds && value > enough && !context.isOver()) {
    rounds += 1;
    const prices =
      stable === undefined
        ? solved.prices
        : bound === -Infinity
          ? stable
          : blend(stable, solved.prices, smoothing);
    let lagrange = coverBound(model, prices, task.fixed, task.places.length, task.lacks);
    let isNew = false;
    for (const place of task.places) {
      if (context.isOver()) return { solved, bound, isDone: false, rounds, prices: stable };
      const person = model.people[place] as PersonModel;
      reduce(person, prices, cells);
      const closed = task.closed?.[place];
      if (closed !== undefined) close(cells, closed);
      const priced = priceSurely(model, person, cells, pricer);
      context.effort.spent += person.graph.arcClass.length / 1e5 + (priced?.steps ?? 0) / 500 + 0.02;
      if (priced === undefined) {
        lagrange = Infinity;
        continue;
      }
      lagrange += priced.bound;
      if (priced.cost === Infinity) continue;
      if (master.add(place, priced.days, costOf(person, priced.days, model.choices))) isNew = true;
    }
    if (lagrange === Infinity) return { solved, bound: Infinity, isDone: true, rounds, prices: stable };
    if (lagrange > bound) {
      bound = lagrange;
      stable = prices;
    }
    if (limits.cutoff !== undefined && bound >= limits.cutoff)
      return { solved, bound, isDone: true, rounds, prices: stable };
    const isNear = bound >= value - nearShare * Math.abs(value);
    const wasQuick: boolean = pricer.isQuick;
    if (isNear) pricer.isQuick = false;
    let isDone = false;
    if (isNew) {
      solved = master.solve();
      context.effort.spent += solved.effort;
      idle = solved.value > value - limits.tolerance ? idle + 1 : 0;
      value = Math.min(value, solved.value);
      isDone = solved.value - raised(bound, limits.unit ?? 0) <= limits.tolerance;
    } else if (wasQuick) {
      pricer.isQuick = false;
      continue;
    } else if (smoothing === 0 || stable === undefined) {
      isDone = true;
    } else {
      smoothing = smoothing < 0.1 ? 0 : smoothing / 2;
      continue;
    }
    const isIdle = idle >= (limits.patience ?? 1e9);
    const isBelow = solved.value < (limits.cutoff ?? Infinity);
    if ((isDone || isIdle) && isBelow && solved.isShort && master.raise()) {
      solved = master.solve();
      value = solved.value;
      idle = 0;
    } else if (isDone || isIdle) return { solved, bound, isDone, rounds, prices: stable };
    smoothing = Math.min(0.8, smoothing + 0.05);
    context.tellRelaxation(solved.value, bound, rounds);
  }
  return { solved, bound, isDone: false, rounds, prices: stable };
}

/** Prices of cover with 0 for the groups behind them. */
function filled(prices: Float64Array, length: number): Float64Array {
  const all = new Float64Array(length);
  all.set(prices);
  return all;
}

function blend(from: Float64Array, to: Float64Array, share: number): Float64Array {
  return from.map((price, row) => share * price + (1 - share) * (to[row] ?? 0));
}

/** What each cell costs a person after the prices of cover. */
export function reduce(person: PersonModel, prices: Float64Array, into: Float64Array): void {
  const { cells, rows } = person;
  for (let cell = 0; cell < into.length; cell++) {
    let cost = cells[cell] as number;
    const mine = rows[cell] as Int32Array;
    for (let index = 0; index < mine.length; index++) cost -= prices[mine[index] as number] as number;
    into[cell] = cost;
  }
}

function close(cells: Float64Array, closed: Uint8Array): void {
  for (let cell = 0; cell < cells.length; cell++) if (closed[cell] === 1) cells[cell] = Infinity;
}

/** The part of the Lagrangian bound that the counts of cover give: the cheapest count of each row under its price. */
export function coverBound(
  model: Model,
  prices: Float64Array,
  fixed: Int32Array | undefined,
  people: number,
  lacks: readonly Lack[] = [],
): number {
  const charges = lackCharges(lacks, prices, model.cover.rows.length);
  let { sum } = charges;
  model.cover.costs.forEach((costs, row) => {
    const price = prices[row] ?? 0;
    const start = fixed?.[row] ?? 0;
    const wanted = model.cover.rows[row]?.wanted ?? 0;
    const charge = charges.each[row] as number;
    let least = Infinity;
    const most = Math.min(costs.length - 1 - start, 2 * people);
    for (let count = 0; count <= most; count++) {
      const lacking = Math.max(0, wanted - start - count);
      const cost = (costs[start + count] as number) + price * count + lacking * charge;
      if (cost < least) least = cost;
    }
    sum += least;
  });
  return sum;
}
