import type { Context } from './context.ts';
import { decide, dive, fractional, isClosed, whole, type DiveLimits } from './dive.ts';
import { generate, type Generated, type Task } from './generate.ts';
import type { Lack, Range } from './lack.ts';
import { Master, type Column, type Solved } from './master.ts';
import type { Model } from './model.ts';

type Node = {
  bound: number;
  closed: Map<number, Uint8Array>;
  ranges: Map<number, Range>;
  lacks: readonly Lack[];
  /** Prices of the part that it was split from. */
  prices?: Float64Array;
};

/** With more columns than `most` the master begins anew, with as many as `kept` of those that served last. */
const usual = { most: 12_000, kept: 4000 };

/**
 * Branch and bound over the relaxation (Barnhart and others 1998): two parts of all rosters at a time, one where a row of cover
 * counts less and one where it counts more, or one where a person has a choice on a day and one without. The part with
 * the least bound is split next, so that the bound of all rises.
 */
export class Tree {
  readonly #context: Context;
  #master: Master;
  readonly #places: number[];
  readonly #served = new Map<Column, number>();
  readonly #size: typeof usual;
  readonly #lacks: readonly Lack[];
  #shares: Float64Array | undefined;
  #steps = 0;
  #open: Node[];
  #bound: number;

  constructor(
    context: Context,
    master: Master,
    places: number[],
    bound: number,
    lacks: readonly Lack[] = [],
    { prices, size = usual }: { prices?: Float64Array | undefined; size?: typeof usual } = {},
  ) {
    this.#size = size;
    this.#lacks = lacks;
    this.#context = context;
    this.#master = master;
    this.#places = places;
    this.#bound = bound;
    this.#open = [{ bound, closed: new Map(), ranges: new Map(), lacks, ...(prices && { prices }) }];
  }

  /** No roster below the cutoffs that were asked for costs less; Infinity where none is left. */
  get bound(): number {
    return this.#bound;
  }

  /** How much of each person, day and choice the relaxation used where the last dive began; nothing before the first. */
  get shares(): Float64Array | undefined {
    return this.#shares;
  }

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  /** Splits one part; gives a column for each person where it finds that the best there is whole. */
  step(cutoff: number, tolerance: number): Column[] | undefined {
    const place = this.#open.reduce(
      (best, { bound }, index) => (bound < (this.#open[best]?.bound ?? Infinity) ? index : best),
      0,
    );
    const [node] = this.#open.splice(place, 1);
    if (node === undefined) return undefined;
    this.#steps += 1;
    if (this.#master.columns.length > this.#size.most) this.#trim();
    const found = this.#split(node, cutoff, tolerance);
    this.#open = this.#open.filter(({ bound }) => bound < cutoff);
    this.#bound = Math.max(this.#bound, Math.min(...this.#open.map(({ bound }) => bound)));
    return found;
  }

  dispose(): void {
    this.#master.dispose();
  }

  #trim(): void {
    const old = this.#master;
    const kept = old.columns.toSorted((a, b) => (this.#served.get(b) ?? 0) - (this.#served.get(a) ?? 0));
    this.#served.clear();
    this.#master = new Master(this.#context.highs, this.#context.model, this.#places, undefined, this.#lacks);
    for (const { person, days, cost } of kept.slice(0, this.#size.kept)) this.#master.add(person, days, cost);
    old.dispose();
  }

  /** Dives into the part with the least bound, perhaps with narrower graphs; gives a column for each person where that ends below the cutoff. */
  dive(limits: DiveLimits, context = this.#context): Column[] | undefined {
    const node = this.#open.reduce<Node | undefined>(
      (best, each) => (each.bound < (best?.bound ?? limits.cutoff) ? each : best),
      undefined,
    );
    if (node === undefined) return undefined;
    if (this.#master.columns.length > this.#size.most) this.#trim();
    return this.#inside(
      node,
      (inside, task) => {
        const { tolerance, cutoff } = limits;
        const { solved, bound } = this.#generate(node, inside, task, { tolerance, cutoff });
        this.#note(solved);
        this.#shares = sharesOf(this.#master, inside.model, solved);
        return bound >= cutoff ? undefined : dive(inside, this.#master, task, solved, limits);
      },
      context,
    );
  }

  #generate(
    { prices }: Node,
    context: Context,
    task: Task,
    limits: { tolerance: number; cutoff: number },
  ): Generated {
    return generate(context, this.#master, task, {
      ...limits,
      maxRounds: 200,
      ...(prices === undefined ? {} : { prices }),
    });
  }

  #note({ x }: Solved): void {
    this.#master.columns.forEach((column, index) => {
      if ((x[index] ?? 0) > 1e-6) this.#served.set(column, this.#steps);
    });
  }

  /** Does something with the master as it is in a part of all rosters. */
  #inside<T>(node: Node, act: (context: Context, task: Task) => T, outside = this.#context): T {
    const { model } = outside;
    const closed = model.people.map((_, place) => node.closed.get(place));
    this.#master.setOff((column) => isClosed(column, closed[column.person], model.choices));
    this.#master.setRanges(node.ranges);
    this.#master.setLacks(node.lacks);
    try {
      const context = {
        ...outside,
        model: ranged(model, node.ranges),
        tellRelaxation: () => undefined,
      };
      return act(context, { places: this.#places, closed, lacks: node.lacks });
    } finally {
      this.#master.setOff(() => false);
      this.#master.setRanges(new Map());
      this.#master.setLacks(this.#lacks);
    }
  }

  #split(node: Node, cutoff: number, tolerance: number): Column[] | undefined {
    const { solved, bound, isDone, prices }: Generated = this.#inside(node, (context, task) =>
      this.#generate(node, context, task, { tolerance, cutoff }),
    );
    this.#note(solved);
    const least = Math.max(node.bound, bound);
    if (!isDone && this.#context.isOver()) {
      this.#open.push({ ...node, bound: least });
      return undefined;
    }
    if (least >= cutoff) return undefined;
    const open = fractional(this.#master, this.#places, solved);
    if (open.size === 0) {
      if (!isDone) this.#open.push({ ...node, bound: least });
      return whole(this.#master, this.#places, solved);
    }
    this.#open.push(
      ...this.#parts({ ...node, bound: least, ...(prices === undefined ? {} : { prices }) }, solved),
    );
    return undefined;
  }

  #parts(node: Node, solved: Solved): Node[] {
    const { model } = this.#context;
    const counts = countsIn(this.#master, model, solved);
    const group = mostTorn(lackingIn(model, node.lacks, counts));
    if (group !== undefined) {
      const [least, most] = node.lacks[group.index]?.range ?? [0, Infinity];
      const below = Math.floor(group.value);
      return [
        { ...node, lacks: limited(node.lacks, group.index, [least, below]) },
        { ...node, lacks: limited(node.lacks, group.index, [below + 1, most]) },
      ];
    }
    const row = mostTorn(counts);
    if (row !== undefined) {
      const [least, most] = node.ranges.get(row.index) ?? [0, model.cover.costs[row.index]?.length ?? 0];
      const below = Math.floor(row.value);
      return [
        { ...node, ranges: new Map(node.ranges).set(row.index, [least, below]) },
        { ...node, ranges: new Map(node.ranges).set(row.index, [below + 1, most]) },
      ];
    }
    const { choices } = model;
    const shares = sharesOf(this.#master, model, solved);
    const size = model.problem.days * choices;
    const cell =
      mostTorn(shares.map((share, index) => (index % choices === 0 ? share : 0))) ?? mostTorn(shares);
    if (cell === undefined) return [];
    const place = Math.floor(cell.index / size);
    const inside = cell.index % size;
    const before = node.closed.get(place) ?? new Uint8Array(size);
    const [without, only] = [before.slice(), before.slice()];
    without[inside] = 1;
    decide(only, inside, choices);
    return [without, only].map((mask) => ({ ...node, closed: new Map(node.closed).set(place, mask) }));
  }
}

/** The value that is farthest from whole. */
function mostTorn(values: Float64Array): { index: number; value: number } | undefined {
  let best: { index: number; value: number } | undefined;
  let most = 1e-4;
  values.forEach((value, index) => {
    const torn = Math.min(value - Math.floor(value), Math.ceil(value) - value);
    if (torn <= most) return;
    most = torn;
    best = { index, value };
  });
  return best;
}

function countsIn(master: Master, model: Model, { x }: Solved): Float64Array {
  const counts = new Float64Array(model.cover.rows.length);
  master.columns.forEach(({ rows, counts: each }, index) => {
    const value = x[index] ?? 0;
    if (value > 1e-9)
      rows.forEach((row, at) => (counts[row] = (counts[row] as number) + value * (each[at] ?? 0)));
  });
  return counts;
}

/** How many people lack in each group, at least what it must be. */
function lackingIn({ cover }: Model, lacks: readonly Lack[], counts: Float64Array): Float64Array {
  return Float64Array.from(lacks, ({ rows }) =>
    rows.reduce((sum, row) => sum + Math.max(0, (cover.rows[row]?.wanted ?? 0) - (counts[row] as number)), 0),
  ).map((lacking, group) => Math.max(lacking, lacks[group]?.range[0] ?? 0));
}

const limited = (lacks: readonly Lack[], group: number, range: Range): Lack[] =>
  lacks.map((lack, index) => (index === group ? { ...lack, range } : lack));

/** How much of each person, day and choice the relaxation uses. */
function sharesOf(master: Master, model: Model, { x }: Solved): Float64Array {
  const { choices } = model;
  const size = model.problem.days * choices;
  const shares = new Float64Array(model.people.length * size);
  master.columns.forEach(({ person, days }, index) => {
    const value = x[index] ?? 0;
    if (value < 1e-9) return;
    days.forEach((choice, day) => {
      const cell = person * size + day * choices + choice;
      shares[cell] = (shares[cell] as number) + value;
    });
  });
  return shares;
}

/** The model with counts outside their ranges forbidden. */
function ranged(model: Model, ranges: Map<number, Range>): Model {
  if (ranges.size === 0) return model;
  const costs = model.cover.costs.slice();
  for (const [row, [least, most]] of ranges)
    costs[row] = (costs[row] as Float64Array).map((cost, count) =>
      count < least || count > most ? Infinity : cost,
    );
  return { ...model, cover: { ...model.cover, costs } };
}
