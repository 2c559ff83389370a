import type { Context } from '../context.ts';
import { coverBound, reduce } from '../generate.ts';
import type { Solved } from '../master.ts';
import type { PersonModel } from '../model.ts';
import type { Pool } from '../pool.ts';
import type { Standing } from '../standing.ts';
import { relaxed, type SlimRounds, type SlimState } from './generate.ts';
import { Saddle, type SlimMaster } from './saddle.ts';
import type { Slim } from './slim.ts';

type WholeLimits = {
  unit: number;
  pool: Pool;
  /** Prices to begin with, where some are known. */
  prices: Float64Array | undefined;
  tell: NonNullable<SlimRounds['tell']>;
};

/** How far the relaxation of the whole goes. */
const wholeRounds = { rounds: 400, calm: 0.0002, far: 0.2, widths: [300, 1000, 4000] };

/** How near it is solved by first-order steps. */
const saddleNear = { near: 0.0005, steps: 2000 };

/** Columns of one person from annealing to begin with. */
const firstColumns = 10;

/** Wide beams over long periods cost more than they gain. */
const mostBeam = 170_000;

/** How near the bound of the whole at given prices is looked for. */
const boundPasses = { passes: 30, tolerance: 0.01, coarse: Infinity };

/** The relaxation of the whole, from what everybody works in a roster, until it is solved or time is over. */
export function relaxedWhole(
  context: Context,
  slims: Slim[],
  best: Standing,
  { unit, pool, prices, tell }: WholeLimits,
): { master: SlimMaster; state: SlimState } {
  const { model } = context;
  const { days } = model.problem;
  const places = model.people.map((_, place) => place);
  const master = new Saddle(model, places, undefined, saddleNear);
  for (const place of places) {
    master.add(place, best.days[place] as Uint8Array, best.costs[place] ?? 0);
    for (const known of pool.of(place, firstColumns)) master.add(place, known.days, known.cost);
  }
  if (prices !== undefined) master.begin(prices);
  const stable = new Float64Array(model.cover.rows.length);
  const state: SlimState = { solved: master.solve(), bound: -Infinity, stable, isDone: false };
  relaxed(context, slims, master, { places }, state, {
    ...wholeRounds,
    widths: wholeRounds.widths.filter((width, index) => index === 0 || width * days <= mostBeam),
    tolerance: unit / 20,
    cutoff: Infinity,
    tell,
  });
  return { master, state };
}

/** The column of the largest share of each person; the days of a roster for whoever has none. */
export function ofLargestShare(
  { columns }: SlimMaster,
  { x }: Solved,
  best: Standing,
): { days: Uint8Array }[] {
  const largest = best.days.map((days) => ({ days, share: 0 }));
  columns.forEach(({ person, days }, index) => {
    const mine = largest[person];
    const share = x[index] ?? 0;
    if (mine !== undefined && share > mine.share) Object.assign(mine, { days, share });
  });
  return largest;
}

/** A bound for the whole at given prices; none (-Infinity) where time is over before everybody is priced. */
export function boundAt({ model, isOver }: Context, slims: Slim[], prices: Float64Array): number {
  const cells = new Float64Array(model.problem.days * model.choices);
  let bound = coverBound(model, prices, undefined, model.people.length);
  for (const [place, person] of model.people.entries()) {
    if (isOver()) return -Infinity;
    reduce(person as PersonModel, prices, cells);
    bound += (slims[place] as Slim).price(cells, boundPasses)?.bound ?? Infinity;
  }
  return bound;
}
