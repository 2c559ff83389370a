import type { Context } from '../context.ts';
import { costOf, type PersonModel } from '../model.ts';
import type { Pool } from '../pool.ts';
import { slimDive, usualThreshold } from './dive.ts';
import { relaxed, type SlimState } from './generate.ts';
import { slimMasterOf } from './master.ts';
import { standingIn, type View } from './view.ts';

type PartLimits = {
  unit: number;
  pool: Pool;
  /** So many columns of a person are taken from the pool. */
  manyKept: number;
  /** Prices of the rows of the whole, where they are known. */
  prices: Float64Array | undefined;
  mostEffort: number;
};

/** How a part ended: nothing better is there, or these days are, or neither is known; and the prices it ended with. */
type Ended = { isProven: boolean; days?: Uint8Array[]; prices: Float64Array | undefined };

/** How far the relaxation of a part goes. */
const partRounds = { rounds: 40, calm: 0.001, far: Infinity, widths: [300] };

/** Solves a part beside the rest: relaxed, and dived into where something better may be there. */
export function solvedPart(
  whole: Context,
  view: View,
  { unit, pool, manyKept, prices, mostEffort }: PartLimits,
): Ended {
  const { model, slims, rows, fixed, from, to } = view;
  const last = whole.effort.spent + mostEffort;
  const isOver = (): boolean => whole.isOver() || whole.effort.spent > last;
  const context = { ...whole, model, isOver };
  const places = view.places.map((_, index) => index);
  const stable = prices && Float64Array.from(rows, (row) => prices[row] as number);
  const now = standingIn(view, view.days);
  const master = slimMasterOf(context, model, places, stable, fixed);
  try {
    for (const index of places) {
      master.add(index, view.days[index] as Uint8Array, now.costs[index] ?? 0);
      const person = model.people[index] as PersonModel;
      for (const { days } of pool.of(view.places[index] as number, manyKept)) {
        const mine = days.slice(from, to);
        const cost = costOf(person, mine, model.choices);
        if (cost !== Infinity) master.add(index, mine, cost);
      }
    }
    const state: SlimState = { solved: master.solve(), bound: -Infinity, stable, isDone: false };
    const cutoff = now.total() - unit + 1e-4;
    const tolerance = unit / 20;
    relaxed(context, slims, master, { places, fixed }, state, { ...partRounds, tolerance, cutoff });
    const ended = { isProven: false, prices: state.stable };
    if (state.bound >= cutoff || state.solved.value >= cutoff) return { ...ended, isProven: true };
    const found = slimDive(context, slims, master, { places, fixed }, state.solved, {
      threshold: usualThreshold,
      calm: Math.max(unit, state.solved.value * 0.0005),
      cutoff,
      passed: () => 0,
    });
    return typeof found === 'object' ? { ...ended, days: found.map(({ days }) => days) } : ended;
  } finally {
    master.dispose();
  }
}
