import type { Context } from './context.ts';
import { raised } from './common-unit.ts';
import { coverBound, reduce } from './generate.ts';
import { Master, type Column } from './master.ts';
import { addCounts, costOf, type Model, type PersonModel } from './model.ts';
import type { Pool } from './pool.ts';
import { Saddle, type SlimMaster } from './saddle.ts';
import type { Board } from './search.ts';
import type { Slim } from './slim.ts';
import { slimDive } from './slim-dive.ts';
import { relaxed, type SlimRounds, type SlimState } from './slim-generate.ts';
import { viewOf, type Part, type View } from './slim-view.ts';
import { marginal, Standing } from './standing.ts';

export type SlimSearchLimits = {
  unit: number;
  /** How many neighbourhoods are tried at most. */
  turns: number;
  pool: Pool;
  prices: Float64Array | undefined;
  /** From which share on a cell is decided in dives. */
  threshold: number;
  isOver: () => boolean;
};

/** How far the relaxation of the whole goes, and those of neighbourhoods. */
const rootRounds = { rounds: 400, calm: 0.0002, widths: [300, 1000, 4000] };
const partRounds = { rounds: 40, calm: 0.001, widths: [300] };

/** Columns of one person from annealing, and those kept from the relaxation. */
const firstColumns = 10;
const manyKept = 40;

/** The share of the time left that the relaxation of the whole may take. */
const rootShare = 0.5;

/** Between these shares of the time left when it began, a dive makes more and more haste. */
const diveShares = [0.5, 0.85] as const;

/** Wide beams over long periods cost more than they gain. */
const mostBeam = 170_000;

/** With more rows and people, masters are solved by first-order steps, and dives go on with them. */
const mostRows = 420;
const saddleNear = { near: 0.0005, steps: 2000 };
const diveNear = { near: 0.001, steps: 1000 };

/** Dives into the relaxation of the whole where turns are limited. */
const fewDives = 2;

/** People and days of a neighbourhood together. */
const usualSize = 700;
const leastSize = 200;

/** Where a neighbourhood was proven, or given up. */
const grown = 1.15;
const shrunk = 0.97;

/** After so many neighbourhoods the bound of what was never relaxed together is tried again. */
const boundTurns = 25;
const boundPasses = { passes: 30, tolerance: 0.01, coarse: Infinity };
const polishPasses = { passes: 8, tolerance: 0.5, coarse: 5 };

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
  #isWhole = false;
  #size = usualSize;
  #prices: Float64Array | undefined;

  constructor(context: Context, slims: Slim[], best: Standing, board: Board, limits: SlimSearchLimits) {
    this.#context = { ...context, isOver: limits.isOver };
    this.#slims = slims;
    this.#best = best;
    this.#board = board;
    this.#limits = limits;
    this.#prices = limits.prices?.slice();
  }

  /** The best roster found when time is over: by neighbourhoods, and first by dives into a relaxation of the whole where that is asked for. */
  run(isWhole: boolean): Standing {
    this.#board.better(this.#best);
    this.#isWhole = isWhole;
    if (isWhole && !this.#isDone) this.root();
    for (let turn = 0; this.#limits.turns === Infinity || turn < fewDives; turn++) {
      if (this.#isDone || !this.#isWhole) break;
      const { effort } = this.#context;
      const began = effort.spent;
      this.dive(turn);
      this.neighbourhoods(2 * effort.spent - began);
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

  /** The relaxation of the whole: a bound, prices, and good columns for each person. */
  root(): void {
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
    const passed = this.#between(0, rootShare);
    const isOver = (): boolean => this.#context.isOver() || passed() === 1;
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
    if (state.stable !== undefined) this.#prices = state.stable.slice();
    this.#keep(master, state);
  }

  /** Decides more and more of the relaxation of the whole, each time in another way. */
  dive(turn: number): void {
    const { model, random } = this.#context;
    const { unit, pool } = this.#limits;
    const places = model.people.map((_, place) => place);
    const master = this.#masterOf(model, places, this.#prices);
    try {
      for (const place of places) {
        for (const { days, cost } of pool.of(place, manyKept)) master.add(place, days, cost);
        master.add(place, this.#best.days[place] as Uint8Array, this.#best.costs[place] ?? 0);
      }
      const haste = this.#between(...diveShares);
      const solved = master.solve();
      const calm = Math.max(unit, solved.value * 0.0005);
      const found = slimDive(this.#context, this.#slims, master, { places }, solved, {
        threshold: turn === 0 ? this.#limits.threshold : 0.6 + 0.35 * random(),
        calm: turn === 0 ? calm : calm * 4 ** (random() - 0.7),
        cutoff: this.#best.total() - unit + 1e-4,
        haste,
      });
      if (found !== undefined) this.#take(found, places);
    } finally {
      master.dispose();
    }
  }

  /** How far the time is from one share of the time left now to another: 0 before and 1 after. Always 0 where turns are limited. */
  #between(one: number, other: number): () => number {
    const { secondsLeft } = this.#context;
    const left = secondsLeft();
    if (this.#limits.turns !== Infinity) return () => 0;
    return () => Math.max(0, Math.min(1, (1 - secondsLeft() / left - one) / (other - one)));
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
    const { model, effort } = this.#context;
    const { turns, unit } = this.#limits;
    const all = model.people.length * model.problem.days;
    for (let turn = 0; turn < turns && effort.spent < most && !this.#isDone; turn++) {
      const shared = this.#board.ask(this.#best.total());
      if (shared !== undefined) this.#accept(new Standing(model, shared));
      const part = this.#choosePart(Math.min(all, this.#size));
      const cutoff = this.#inside(part.places, this.#best.coverCost()) - unit + 1e-4;
      const outcome = this.#attempt(part, { ...partRounds, tolerance: unit / 20, cutoff });
      const change = outcome === 'proven' ? grown : outcome === 'gave up' ? shrunk : 1;
      if (!this.#isWhole && turn % boundTurns === boundTurns - 1) this.bound();
      this.#size = Math.max(Math.min(all, leastSize), Math.min(all, this.#size * change));
    }
  }

  #attempt(part: Part, rounds: SlimRounds): 'better' | 'proven' | 'gave up' {
    const whole = this.#context.model;
    const { unit, pool, threshold } = this.#limits;
    const view = viewOf(whole, this.#best, part);
    const context = { ...this.#context, model: view.model };
    const known = this.#prices;
    const stable = known && Float64Array.from(view.rows, (row) => known[row] as number);
    const master = this.#masterOf(view.model, part.places, stable, view.fixed);
    const isOutside = whole.cover.rows.map(() => true);
    for (const row of view.rows) isOutside[row] = false;
    const aside = whole.cover.costs.reduce(
      (sum, costs, row) => sum + (isOutside[row] === true ? (costs[this.#best.counts[row] ?? 0] ?? 0) : 0),
      0,
    );
    try {
      for (const place of part.places) {
        master.add(place, this.#best.days[place] as Uint8Array, this.#best.costs[place] ?? 0);
        if (view.rows.length < isOutside.length) continue;
        for (const { days, cost } of pool.of(place, manyKept)) master.add(place, days, cost);
      }
      const state: SlimState = {
        solved: master.solve(),
        bound: -Infinity,
        stable,
        isDone: false,
      };
      const cutoff = rounds.cutoff - aside;
      relaxed(context, this.#slims, master, { ...part, ...view }, state, { ...rounds, cutoff });
      if (!this.#isWhole) this.#learn(view, state);
      const most = this.#inside(part.places, this.#best.coverCost()) - aside - unit + 1e-4;
      if (state.bound >= cutoff || state.solved.value >= most) return 'proven';
      const found = slimDive(context, this.#slims, master, { ...part, ...view }, state.solved, {
        threshold,
        calm: Math.max(unit, state.solved.value * 0.0005),
        cutoff: most,
        haste: () => 0,
      });
      return found !== undefined && this.#take(found, part.places) ? 'better' : 'gave up';
    } finally {
      master.dispose();
    }
  }

  #take(columns: Column[], places: number[]): boolean {
    const days = this.#best.days.slice();
    for (const column of columns) days[column.person] = column.days;
    const found = new Standing(this.#context.model, days);
    this.#polish(found, places);
    return this.#accept(found);
  }

  /** Keeps the prices that a part ended with, for others and for the bound. */
  #learn({ rows, model }: View, { stable }: SlimState): void {
    if (stable === undefined) return;
    const prices = this.#prices ?? new Float64Array(this.#context.model.cover.rows.length);
    rows.forEach((row, index) => (prices[row] = stable[index] as number));
    this.#prices = model.cover.rows.length === prices.length ? stable.slice() : prices;
  }

  /** What some people cost now, with cover. */
  #inside(places: number[], cover: number): number {
    return places.reduce((sum, place) => sum + (this.#best.costs[place] ?? 0), cover);
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

  /** Lets one person after the other take better days until nobody finds any. */
  #polish(standing: Standing, order: number[]): void {
    const { model, isOver } = this.#context;
    const cells = new Float64Array(model.problem.days * model.choices);
    let calm = 0;
    for (let turn = 0; calm < order.length && !isOver(); turn++) {
      const place = order[turn % order.length] as number;
      const person = model.people[place] as PersonModel;
      const old = standing.days[place] as Uint8Array;
      const oldCost = standing.costs[place] ?? 0;
      addCounts(person, old, model.choices, standing.counts, -1);
      marginal(model, person, standing.counts, cells);
      addCounts(person, old, model.choices, standing.counts, 1);
      const [found] = (this.#slims[place] as Slim).price(cells, polishPasses)?.found ?? [];
      calm += 1;
      if (found === undefined) continue;
      const before = standing.total();
      standing.put(place, found.days, costOf(person, found.days, model.choices));
      if (standing.total() < before - 1e-6) calm = 0;
      else standing.put(place, old, oldCost);
    }
  }

  /** Some weeks, and people who could help where cover costs something in them, others by chance. */
  #choosePart(size: number): Part {
    const { model, random } = this.#context;
    const { days } = model.problem;
    const weeks = [1, 2, 3, 4, 6, 8, 12].filter((count) => count * 7 <= days);
    const length =
      random() < 0.4 ? Math.min(days, 56) : 7 * (weeks[Math.floor(random() * weeks.length)] ?? 1);
    const costly = model.cover.costs.flatMap((costs, row) =>
      (costs[this.#best.counts[row] ?? 0] ?? 0) > 0 ? [row] : [],
    );
    const row = random() < 0.7 ? costly[Math.floor(random() * costly.length)] : undefined;
    const parts = row === undefined ? [] : (model.cover.rows[row]?.parts ?? []);
    const middle = parts[0]?.day ?? Math.floor(random() * days);
    const from = Math.max(0, Math.min(days - length, middle - Math.floor(random() * length)));
    const rated = model.people.map((person, place) => {
      const canHelp = parts.some(({ day, choices }) =>
        choices.some((choice) => person.cells[day * model.choices + choice] !== Infinity),
      );
      const own = Math.min(3, (this.#best.costs[place] ?? 0) / 10);
      return { place, value: own + random() * 4 + (canHelp ? 1.5 : 0) };
    });
    rated.sort((a, b) => b.value - a.value);
    const count = Math.max(3, Math.ceil(size / length));
    return { places: rated.slice(0, count).map(({ place }) => place), from, to: from + length };
  }
}
