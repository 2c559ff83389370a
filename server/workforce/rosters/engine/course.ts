import type { Roster } from '../types.ts';
import { raised, unitOf } from './common-unit.ts';
import type { Context } from './context.ts';
import type { Column } from './master.ts';
import type { Model } from './model.ts';
import { narrowed, reachOf } from './narrow.ts';
import type { Pool } from './pool.ts';
import { polish, Standing } from './standing.ts';

/** What a search tells as it goes, and what it may learn from searches beside it. */
export type Board = {
  better(standing: Standing): void;
  bound(bound: number): void;
  /** The best bound that any thread has proven. */
  lowest(): number;
  /** A better roster that another thread has found, if any. */
  ask(cost: number): Roster | undefined;
  /** Tells prices of cover at which the bound was proven. */
  price(prices: Float64Array): void;
  /** Such prices, once a thread has told them. */
  prices(): Float64Array | undefined;
};

export type CourseLimits = {
  turns: number;
  /** The model with graphs of the whole period; nothing where they would be too large. */
  whole: (() => Model) | undefined;
  /** Whether these are so small that each thread may solve the relaxation for dives of its own. */
  isLight: boolean;
  /** Good rosters of each person, from before. */
  pool: Pool;
};

/** Where a search stands: its best roster and bound, told to the other threads, and the graphs it has. */
export class Course {
  context: Context;
  best: Standing;
  readonly limits: CourseLimits;
  readonly unit: number;
  /** The same context with narrower graphs, where they are large and prices are known, and those prices. */
  thin: { context: Context; prices: Float64Array } | undefined;
  /** Whether there are graphs of the whole period. */
  isWhole = false;
  readonly #board: Board;
  #bound = -Infinity;

  constructor(context: Context, first: Standing, board: Board, limits: CourseLimits) {
    this.context = context;
    this.best = first;
    this.limits = limits;
    this.unit = unitOf(context.model);
    this.#board = board;
  }

  /** With narrower graphs, where there are. */
  get usual(): Context {
    return this.thin?.context ?? this.context;
  }

  /** The best bound that is known. */
  get low(): number {
    return Math.max(this.#bound, this.#board.lowest());
  }

  /** What a roster must cost less than to be of use. */
  get worst(): number {
    return this.best.total() - this.unit + 1e-4;
  }

  get isDone(): boolean {
    return this.context.isOver() || this.worst < this.low;
  }

  /** Whether the gap is less than a share of the bound. */
  isWithin(share: number): boolean {
    return this.best.total() - this.low < share * Math.abs(this.low);
  }

  standing(columns: Column[]): Standing {
    return new Standing(
      this.usual.model,
      columns.map(({ days }) => days),
    );
  }

  accept(standing: Standing): boolean {
    if (standing.total() >= this.best.total() - 1e-6) return false;
    this.best = standing;
    this.#board.better(standing);
    return true;
  }

  /** Goes on from a roster that costs no more than the best. */
  slide(standing: Standing): void {
    if (!this.accept(standing)) this.best = standing;
  }

  acceptPolished(standing: Standing, places: number[]): boolean {
    const { pricer, isOver } = this.context;
    polish(standing, pricer, places, isOver);
    return this.accept(standing);
  }

  raise(bound: number, value?: number, rounds?: number): void {
    const whole = raised(bound, this.unit);
    if (value !== undefined) this.context.tellRelaxation(value, bound, rounds ?? 0);
    if (whole <= this.#bound) return;
    this.#bound = whole;
    this.#board.bound(whole);
  }

  /** The same context that ends after a share of the time left, unless turns limit the work. */
  within(share: number): Context {
    const { context } = this;
    if (this.limits.turns !== Infinity) return context;
    const last = context.secondsLeft() * (1 - share);
    return { ...context, isOver: () => context.isOver() || context.secondsLeft() < last };
  }

  /** Takes over a better roster of another thread, and prices of the bound. */
  listen(): void {
    const shared = this.#board.ask(this.best.total());
    if (shared !== undefined) this.accept(new Standing(this.context.model, shared));
    const prices = this.thin === undefined ? this.#board.prices() : undefined;
    if (prices !== undefined) this.narrow(prices);
  }

  /** Makes the graphs of the whole period. */
  build(whole: () => Model): void {
    if (this.isWhole) return;
    this.context = { ...this.context, model: whole() };
    this.isWhole = true;
  }

  /** Makes narrower graphs where they are large, and tells other threads the prices. */
  narrow(prices: Float64Array): void {
    const { whole, isLight } = this.limits;
    if (isLight || whole === undefined) return;
    this.build(whole);
    const model = narrowed(this.context.model, prices, reachOf(this.low, this.unit));
    this.thin = { context: { ...this.context, model }, prices };
    this.#board.price(prices);
  }
}
