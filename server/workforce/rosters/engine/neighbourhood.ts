import type { Context } from './context.ts';
import { choose } from './choose.ts';
import { dive, isClosed } from './dive.ts';
import { generate, type Task } from './generate.ts';
import { Master, reducedCost, type Column, type Solved } from './master.ts';
import { addCounts, type PersonModel } from './model.ts';
import type { Standing } from './standing.ts';

/** A relaxation has so many rounds at most; a whole-number programme so many columns, and such a share of the effort. */
const maxRounds = 300;
const manyColumns = 800;
const chooseShare = 0.25;

/** How an attempt ended: `proven` means that nothing better exists in this neighbourhood. */
export type Attempt = { gain: number; outcome: 'better' | 'proven' | 'gave up' };

export type AttemptLimits = {
  effort: number;
  unit: number;
  /** Prices of cover to begin with, where some are known. */
  prices?: Float64Array | undefined;
};

/**
 * Frees some people (or some cells of people), keeps the rest of the roster, and solves that smaller problem by column
 * generation and a whole-number programme. The standing roster changes only for the better.
 */
export function attempt(
  context: Context,
  standing: Standing,
  task: Task,
  known: Column[],
  limits: AttemptLimits,
): Attempt {
  const { model } = context;
  const last = context.effort.spent + limits.effort;
  const isOver = (): boolean => context.isOver() || context.effort.spent > last;
  const local: Context = { ...context, isOver, tellRelaxation: () => undefined };
  const fixed = standing.counts.slice();
  for (const place of task.places)
    addCounts(
      model.people[place] as PersonModel,
      standing.days[place] as Uint8Array,
      model.choices,
      fixed,
      -1,
    );
  const own = task.places.reduce((sum, place) => sum + (standing.costs[place] ?? 0), standing.coverCost());
  const cutoff = own - limits.unit + 1e-4;
  const master = new Master(context.highs, model, task.places, fixed);
  const inside: Task = { ...task, fixed };
  try {
    for (const place of task.places)
      master.add(place, standing.days[place] as Uint8Array, standing.costs[place] ?? 0);
    for (const column of known) {
      if (!isClosed(column, task.closed?.[column.person], model.choices))
        master.add(column.person, column.days, column.cost);
    }
    const { solved, bound, isDone } = generate(local, master, inside, {
      tolerance: limits.unit / 20,
      maxRounds,
      cutoff,
      ...(limits.prices === undefined ? {} : { prices: limits.prices }),
    });
    if (bound >= cutoff) return { gain: 0, outcome: 'proven' };
    if (!isDone && isOver()) return { gain: 0, outcome: 'gave up' };
    const useful = nearest(master.columns, solved, cutoff - bound + 1e-6);
    const chosen = choose(context.highs, model, task.places, useful, fixed, {
      maxNodes: 200,
      secondsLeft: context.secondsLeft(),
      cutoff,
      isOver,
      mostEffort: chooseShare * limits.effort,
    });
    context.effort.spent += chosen.effort;
    const columns =
      chosen.columns ??
      (isOver()
        ? undefined
        : dive(local, master, inside, solved, {
            cutoff,
            rounds: 30,
            tolerance: limits.unit / 4,
          }));
    return columns === undefined ? { gain: 0, outcome: 'gave up' } : take(standing, columns);
  } finally {
    master.dispose();
  }
}

/** Columns of no more than a reduced cost, those of the least if there are too many. */
function nearest(columns: readonly Column[], solved: Solved, most: number): Column[] {
  const rated = columns.map((column) => ({ column, cost: reducedCost(column, solved) }));
  const near = rated.filter(({ cost }) => cost <= most);
  if (near.length > manyColumns) near.sort((a, b) => a.cost - b.cost);
  return near.slice(0, manyColumns).map(({ column }) => column);
}

function take(standing: Standing, columns: Column[]): Attempt {
  const before = standing.total();
  const old = columns.map(({ person }) => ({
    person,
    days: standing.days[person] as Uint8Array,
    cost: standing.costs[person] ?? 0,
  }));
  for (const { person, days, cost } of columns) standing.put(person, days, cost);
  const gain = before - standing.total();
  if (gain > 1e-6) return { gain, outcome: 'better' };
  for (const { person, days, cost } of old) standing.put(person, days, cost);
  return { gain: 0, outcome: 'gave up' };
}
