import type { Context } from '../context.ts';
import { coverBound, reduce } from '../generate.ts';
import type { Solved } from '../master.ts';
import type { PersonModel } from '../model.ts';
import type { SlimMaster } from './saddle.ts';
import type { Slim, SlimLimits } from './slim.ts';

/** The people who take part, and counts of cover of what does not. */
export type SlimTask = { places: number[]; fixed?: Int32Array };

export type SlimRounds = {
  rounds: number;
  /** Stop when the bound is so near the value of the relaxation, or when nothing below `cutoff` is possible. */
  tolerance: number;
  cutoff: number;
  /** Stop when a round gains less than this share of the value, some times in a row, */
  calm: number;
  /** and the bound is no farther from the value than this share of it. */
  far: number;
  /** Then pricing goes on with beams of these widths, one after the other. */
  widths: readonly number[];
  /** Called after each round. */
  tell?: (value: number, bound: number, round: number) => void;
};

/** A relaxation by slim pricing: where it stands, and prices near the best bound. */
export type SlimState = { solved: Solved; bound: number; stable: Float64Array | undefined; isDone: boolean };

/** So many rounds that gain little, one after the other, end a relaxation for now. */
const calmRounds = 6;

/** What a gain of the bound counts beside one of the value. */
const boundWorth = 0.1;

/** Fewer with each beam that is wider. */
const fineCalm = 3;

/** The share of the best prices in those that are tried next. */
const mostSmoothing = 0.8;

/** Far from the bound, a beam looks only where a person may be off by this share of what each lacks, until a round adds nothing. */
const beamGap = 1;

/** So far from the bound is the master solved no nearer than this share of the gap. */
const masterGap = 0.02;

/** Adds columns by slim pricing, each round at prices between those of the master and the best so far; the state goes on where it was. */
export function relaxed(
  { model, isOver, effort }: Context,
  slims: Slim[],
  master: SlimMaster,
  task: SlimTask,
  state: SlimState,
  limits: SlimRounds,
): void {
  const cells = new Float64Array(model.problem.days * model.choices);
  let smoothing = mostSmoothing;
  let calm = 0;
  let lastBound = state.bound;
  let passes: SlimLimits = usualPasses;
  let stage = 0;
  let sparing = beamGap;
  for (let round = 0; round < limits.rounds && !state.isDone && !isOver(); round++) {
    const { stable, solved } = state;
    const prices =
      stable === undefined
        ? solved.prices
        : state.bound === -Infinity
          ? stable
          : stable.map((price, row) => smoothing * price + (1 - smoothing) * (solved.prices[row] as number));
    let bound = coverBound(model, prices, task.fixed, task.places.length);
    let added = 0;
    const gap = solved.value - Math.max(0, state.bound);
    const coarse = Math.max(passes.coarse, (gap / task.places.length) * sparing);
    for (const place of task.places) {
      if (isOver()) return;
      const person = model.people[place] as PersonModel;
      const slim = slims[place] as Slim;
      reduce(person, prices, cells);
      const priced = slim.price(cells, { ...passes, coarse });
      if (priced === undefined) {
        bound = Infinity;
        continue;
      }
      effort.spent += priced.effort;
      bound += priced.bound;
      for (const { days } of priced.found)
        if (master.add(place, days, slim.costOf(person.cells, days))) added += 1;
    }
    if (bound > state.bound) {
      state.bound = bound;
      state.stable = prices;
    }
    if (state.bound >= limits.cutoff) return void (state.isDone = true);
    if (added === 0) {
      sparing = 0;
      if (smoothing > 0 && stable !== undefined) {
        smoothing = smoothing < 0.1 ? 0 : smoothing / 2;
        continue;
      }
      const width = limits.widths[stage++];
      if (width === undefined) return void (state.isDone = true);
      passes = { ...finePasses, width };
      continue;
    }
    const before = solved.value;
    state.solved = master.solve((gap / Math.max(1, Math.abs(before))) * masterGap);
    effort.spent += state.solved.effort;
    const { value } = state.solved;
    limits.tell?.(value, state.bound, round);
    if (value - state.bound <= limits.tolerance) return void (state.isDone = true);
    const gained = before - value + (state.bound - lastBound) * boundWorth;
    lastBound = state.bound;
    const isFar = value - state.bound > limits.far * Math.abs(value);
    calm = !isFar && gained < limits.calm * Math.abs(value) ? calm + 1 : 0;
    if (calm >= calmRounds) {
      const width = limits.widths[stage++];
      if (width === undefined) return;
      passes = { ...finePasses, width };
      calm = calmRounds - fineCalm;
    }
    smoothing = Math.min(mostSmoothing, smoothing + 0.05);
  }
}

const usualPasses = { passes: 10, tolerance: 0.02, coarse: 30 };
const finePasses = { passes: 14, tolerance: 0.02, coarse: 0.1 };

/** Forbids the closed cells. */
export function shut(cells: Float64Array, closed: Uint8Array): void {
  for (let cell = 0; cell < cells.length; cell++) if (closed[cell] === 1) cells[cell] = Infinity;
}
