import type { Context } from './context.ts';
import { raised } from './common-unit.ts';
import { coverBound, reduce } from './generate.ts';
import { Master, type Column, type Solved } from './master.ts';
import { costOf, type Model, type PersonModel } from './model.ts';
import type { Pool } from './pool.ts';
import { Saddle, type SlimMaster } from './saddle.ts';
import type { Board } from './course.ts';
import type { Slim } from './slim.ts';
import { slimDive } from './slim-dive.ts';
import { relaxed, type SlimState } from './slim-generate.ts';
import { Parts, type Outcome, type Part } from './parts.ts';
import { slimPolish } from './slim-polish.ts';
import { standingIn, viewOf, withPart, type View } from './slim-view.ts';
import { Standing } from './standing.ts';

export type SlimSearchLimits = {
  unit: number;
  /** How many neighbourhoods are tried at most. */
  turns: number;
  pool: Pool;
  prices: Float64Array | undefined;
  /** Whether this thread solves the relaxation of the whole; others begin with parts. */
  isLead: boolean;
  isOver: () => boolean;
};

/** How far the relaxation of the whole goes, and those of neighbourhoods. */
const rootRounds = { rounds: 400, calm: 0.0002, widths: [300, 1000, 4000] };
const partRounds = { rounds: 40, calm: 0.001, widths: [300] };

/** Columns of one person from annealing, and those kept from the relaxation. */
const firstColumns = 10;
const manyKept = 40;

/** The share of the time left that the relaxation of the whole may take. */
const rootShare = 0.4;

/** The share of the time left that a dive may take. */
const diveShare = 0.5;

/** Wide beams over long periods cost more than they gain. */
const mostBeam = 170_000;

/** With more rows and people, masters are solved by first-order steps, and dives go on with them. */
const mostRows = 420;
const saddleNear = { near: 0.0005, steps: 2000 };
const diveNear = { near: 0.001, steps: 1000 };

/** From such a share on a cell is decided in dives. */
const usualThreshold = 0.75;

/** The effort that a part usually takes. */
const usualEffort = 2500;

/** Dives into the relaxation of the whole where turns are limited. */
const fewDives = 2;

/** After so many neighbourhoods the bound of what was never relaxed together is tried again. */
const boundTurns = 25;
const boundPasses = { passes: 30, tolerance: 0.01, coarse: Infinity };

/**
 * Searches a large or long problem by slim pricing: the relaxation of the whole, dives, then neighbourhoods: some people for some
 * weeks. Every roster it takes is judged by the machines of all rules.
 */
export class SlimSearch {
  readonly #context: Context;
  readonly #slims: Slim[];
  readonly #board: Board;
  readonly #limits: SlimSearchLimits;
  #best: Standing;
  #bound = -Infinity;
  /** Whether there is no relaxation of the whole, so that parts tell prices and bound. */
  #isVast = false;
  #hasPrices = false;
  #prices: Float64Array | undefined;
  readonly #parts: Parts;

  constructor(context: Context, slims: Slim[], best: Standing, board: Board, limits: SlimSearchLimits) {
    this.#context = { ...context, isOver: limits.isOver };
    this.#slims = slims;
    this.#best = best;
    this.#board = board;
    this.#limits = limits;
    this.#prices = limits.prices?.slice();
    this.#parts = new Parts(context.model, usualEffort);
  }

  /**
   * The best roster found when time is over: by parts, and first by a relaxation of the whole and dives into it where that is asked
   * for and this thread leads.
   */
  run(isWhole: boolean): Standing {
    const { isLead, turns } = this.#limits;
    const { effort } = this.#context;
    this.#board.better(this.#best);
    this.#isVast = !isWhole;
    if (isWhole && isLead && !this.#isDone) {
      const isSolved = this.root();
      const dives = !isSolved ? 0 : turns === Infinity ? Infinity : fewDives;
      for (let turn = 0; turn < dives && !this.#isDone; turn++) {
        const began = effort.spent;
        if (this.dive(turn) === 'too long') break;
        this.neighbourhoods(2 * effort.spent - began);
      }
    }
    this.neighbourhoods(Infinity);
    return this.#best;
  }

  get #isDone(): boolean {
    const bound = Math.max(this.#bound, this.#board.lowest());
    return this.#limits.isOver() || this.#best.total() < bound + this.#limits.unit - 1e-4;
  }

  #accept(standing: Standing): boolean {
    if (standing.total() >= this.#best.total() - 1e-6) return false;
    this.#best = standing;
    this.#board.better(standing);
    return true;
  }

  #raise(bound: number): void {
    const whole = raised(bound, this.#limits.unit);
    if (whole <= this.#bound) return;
    this.#bound = whole;
    this.#board.bound(whole);
  }

  /** The relaxation of the whole: a bound, prices, good columns for each person, and a roster. False where its time was over before it was solved. */
  root(): boolean {
    const { model, tellRelaxation } = this.#context;
    const { days } = model.problem;
    const places = model.people.map((_, place) => place);
    const master = new Saddle(model, places, undefined, saddleNear);
    for (const place of places) {
      master.add(place, this.#best.days[place] as Uint8Array, this.#best.costs[place] ?? 0);
      for (const known of this.#limits.pool.of(place, firstColumns))
        master.add(place, known.days, known.cost);
    }
    if (this.#prices !== undefined) master.begin(this.#prices);
    const passed = this.#passed(rootShare);
    const isOver = (): boolean => this.#context.isOver() || passed() >= 1;
    const stable = new Float64Array(model.cover.rows.length);
    const state: SlimState = { solved: master.solve(), bound: -Infinity, stable, isDone: false };
    relaxed({ ...this.#context, isOver }, this.#slims, master, { places }, state, {
      ...rootRounds,
      widths: rootRounds.widths.filter((width, index) => index === 0 || width * days <= mostBeam),
      tolerance: this.#limits.unit / 20,
      cutoff: Infinity,
      tell: (value, bound, round) => {
        this.#raise(bound);
        tellRelaxation(value, bound, round);
      },
    });
    if (state.stable !== undefined) {
      this.#prices = state.stable.slice();
      this.#hasPrices = true;
      this.#board.price(this.#prices);
    }
    this.#keep(master, state);
    const isSolved = passed() < 1;
    this.#round(master, state.solved);
    return isSolved;
  }

  /** Everybody takes the roster of their largest share, and then, one after the other, better days beside the rest. */
  #round({ columns }: SlimMaster, { x }: Solved): void {
    const largest = this.#best.days.map((days) => ({ days, share: 0 }));
    columns.forEach(({ person, days }, index) => {
      const mine = largest[person];
      const share = x[index] ?? 0;
      if (mine !== undefined && share > mine.share) Object.assign(mine, { days, share });
    });
    this.#take(largest);
  }

  /** Decides more and more of the relaxation of the whole, each time in another way. */
  dive(turn: number): 'too long' | undefined {
    const { model, random } = this.#context;
    const { unit, pool } = this.#limits;
    const places = model.people.map((_, place) => place);
    const master = this.#masterOf(model, places, this.#prices);
    try {
      for (const place of places) {
        for (const { days, cost } of pool.of(place, manyKept)) master.add(place, days, cost);
        master.add(place, this.#best.days[place] as Uint8Array, this.#best.costs[place] ?? 0);
      }
      const passed = this.#passed(diveShare);
      const solved = master.solve();
      const calm = Math.max(unit, solved.value * 0.0005);
      const found = slimDive(this.#context, this.#slims, master, { places }, solved, {
        threshold: turn === 0 ? usualThreshold : 0.6 + 0.35 * random(),
        calm: turn === 0 ? calm : calm * 4 ** (random() - 0.7),
        cutoff: this.#best.total() - unit + 1e-4,
        passed,
      });
      if (found === 'too long') return found;
      if (found !== undefined) this.#take(found);
    } finally {
      master.dispose();
    }
    return undefined;
  }

  /** How much of a share of the time left now has passed: 0 now and 1 at its end. Always 0 where turns are limited. */
  #passed(share: number): () => number {
    const { secondsLeft } = this.#context;
    const left = secondsLeft();
    if (this.#limits.turns !== Infinity) return () => 0;
    return () => (1 - secondsLeft() / left) / share;
  }

  #masterOf(
    model: Model,
    places: number[],
    prices: Float64Array | undefined,
    fixed?: Int32Array,
  ): SlimMaster {
    if (model.cover.rows.length + places.length <= mostRows)
      return new Master(this.#context.highs, model, places, fixed);
    const master = new Saddle(model, places, fixed, diveNear);
    if (prices !== undefined) master.begin(prices);
    return master;
  }

  /** A bound for the whole at the prices that neighbourhoods left. */
  bound(): void {
    const { model, isOver } = this.#context;
    const prices = this.#prices;
    if (prices === undefined) return;
    const cells = new Float64Array(model.problem.days * model.choices);
    let bound = coverBound(model, prices, undefined, model.people.length);
    for (const [place, person] of model.people.entries()) {
      if (isOver()) return;
      reduce(person, prices, cells);
      bound += (this.#slims[place] as Slim).price(cells, boundPasses)?.bound ?? Infinity;
    }
    this.#raise(bound);
  }

  /** Frees some people for some weeks, solves what they cost beside the rest, and takes it where it is better; until the effort is spent. */
  neighbourhoods(most: number): void {
    const { model, effort, random } = this.#context;
    const { turns } = this.#limits;
    for (let turn = 0; turn < turns && effort.spent < most && !this.#isDone; turn++) {
      const shared = this.#board.ask(this.#best.total());
      if (shared !== undefined) this.#accept(new Standing(model, shared));
      this.#listen();
      const part = this.#parts.choose(this.#best, random);
      const began = effort.spent;
      const ended = this.#attempt(part);
      this.#parts.learn(part, { ...ended, spent: effort.spent - began });
      if (this.#isVast && turn % boundTurns === boundTurns - 1) this.bound();
    }
  }

  /** Takes the prices of the relaxation of the whole once another thread has them. */
  #listen(): void {
    const prices = this.#hasPrices ? undefined : this.#board.prices();
    if (prices === undefined) return;
    this.#prices = prices;
    this.#hasPrices = true;
  }

  /** How solving a part ended, and what it gained by itself. */
  #attempt(part: Part): { outcome: Outcome; gained: number } {
    const whole = this.#context.model;
    const { unit, pool } = this.#limits;
    const view = viewOf(whole, this.#slims, this.#best, part);
    const { model, slims, rows, fixed, from, to } = view;
    const { effort, isOver } = this.#context;
    const last = effort.spent + this.#parts.mostEffort;
    const context = { ...this.#context, model, isOver: () => isOver() || effort.spent > last };
    const places = view.places.map((_, index) => index);
    const known = this.#prices;
    const stable = known && Float64Array.from(rows, (row) => known[row] as number);
    const now = standingIn(view, view.days);
    const master = this.#masterOf(model, places, stable, fixed);
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
      relaxed(context, slims, master, { places, fixed }, state, {
        ...partRounds,
        tolerance: unit / 20,
        cutoff,
      });
      if (!this.#hasPrices) this.#learn(view, state);
      if (state.bound >= cutoff || state.solved.value >= cutoff) return { outcome: 'proven', gained: 0 };
      const found = slimDive(context, slims, master, { places, fixed }, state.solved, {
        threshold: usualThreshold,
        calm: Math.max(unit, state.solved.value * 0.0005),
        cutoff,
        passed: () => 0,
      });
      const gained = typeof found === 'object' ? this.#put(view, found) : 0;
      return { outcome: gained > 0 ? 'better' : 'gave up', gained };
    } finally {
      master.dispose();
    }
  }

  /** Takes what was found for a part where it makes better what this thread has, or what another has found meanwhile; gives what it gained here. */
  #put(view: View, columns: Column[]): number {
    const standing = standingIn(
      view,
      columns.map(({ days }) => days),
    );
    slimPolish(standing, view.slims, this.#context.isOver);
    const before = this.#best.total();
    const mine = withPart(this.#best, view, standing.days);
    const shared = this.#board.ask(before);
    const other = shared && new Standing(this.#context.model, shared);
    this.#accept(mine);
    if (other !== undefined) {
      this.#accept(withPart(other, view, standing.days));
      this.#accept(other);
    }
    return Math.max(0, before - mine.total());
  }

  #take(columns: { days: Uint8Array }[]): void {
    const found = new Standing(
      this.#context.model,
      columns.map(({ days }) => days),
    );
    slimPolish(found, this.#slims, this.#context.isOver);
    this.#accept(found);
  }

  /** Keeps the prices that a part ended with, for others and for the bound. */
  #learn({ rows, model }: View, { stable }: SlimState): void {
    if (stable === undefined) return;
    const prices = this.#prices ?? new Float64Array(this.#context.model.cover.rows.length);
    rows.forEach((row, index) => (prices[row] = stable[index] as number));
    this.#prices = model.cover.rows.length === prices.length ? stable.slice() : prices;
  }

  /** Keeps the columns of the least reduced cost. */
  #keep(master: SlimMaster, { solved: { prices, dues } }: SlimState): void {
    const kept = new Map<number, { column: Column; cost: number }[]>();
    for (const column of master.columns) {
      let cost = column.cost - (dues[column.person] ?? 0);
      column.rows.forEach((row, index) => (cost -= (prices[row] ?? 0) * (column.counts[index] ?? 0)));
      const mine = kept.get(column.person) ?? [];
      mine.push({ column, cost });
      kept.set(column.person, mine);
    }
    for (const mine of kept.values()) {
      mine.sort((a, b) => a.cost - b.cost);
      for (const { column } of mine.slice(0, manyKept).toReversed()) this.#limits.pool.keep(column);
    }
  }
}
