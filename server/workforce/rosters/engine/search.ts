import type { Roster } from '../types.ts';
import { choose } from './choose.ts';
import { raised, unitOf } from './common-unit.ts';
import type { Context } from './context.ts';
import { dive, type DiveLimits } from './dive.ts';
import { generate, type Task } from './generate.ts';
import { lacksOf } from './lack.ts';
import { Master, reducedCost, type Column, type Solved } from './master.ts';
import { isLight, narrowed, reachOf } from './narrow.ts';
import { attempt } from './neighbourhood.ts';
import type { Pool } from './pool.ts';
import { polish, Standing } from './standing.ts';
import { leastUsed, Sizes, type Way } from './ways.ts';
import { agreedTask, peopleTask, windowTask } from './tasks.ts';
import { solveWindow } from './stretch.ts';
import { Tree } from './tree.ts';

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

export type SearchLimits = {
  /** Whether this thread proves the bound. */
  isLead: boolean;
  turns: number;
  isWhole: boolean;
  /** Good rosters of each person, from before. */
  pool: Pool;
  /** Prices of cover to begin with. */
  prices: Float64Array | undefined;
};

/** Searches until time is over or the best is proven. */
export function search(
  context: Context,
  first: Standing,
  board: Board,
  { isLead, turns, isWhole, pool, prices }: SearchLimits,
): void {
  const { model } = context;
  const unit = unitOf(model);
  const run = new Run(context, first, board, unit, turns, pool);
  const places = model.people.map((_, place) => place);
  if (!isWhole) {
    run.sweeps(isLead ? 0 : 7);
    return;
  }
  if (isLead || isLight(model)) run.root(places, prices);
  run.improve(isLead);
  run.end();
}

/** Shares of the time left that the relaxation of the whole and a dive may take. */
const rootShare = 0.5;
const diveShare = 0.3;
const chooseShare = 0.15;

/** About how many steps a dive takes, and how many milliseconds of a busy machine a unit of effort. */
const diveSteps = 40;

/** How many of the neighbourhoods keep what roster and relaxation agree on. */
const agreedShare = 0.3;

/** The first dive aims so near the bound; prices this near narrow graphs. */
const nearShare = 0.005;

/** The least share of the gap to which dives aim. */
const leastAim = 0.05;

/** How much effort a dive may take before it only wants to end. */
const diveEffort = 30_000;
const thinDiveEffort = 6000;

/** Where graphs are large, whole-number programmes have so much of the effort of their neighbourhood. */
const thinChooseShare = 0.25;

/** Where graphs are large, dives that find nothing have so much of the effort of neighbourhoods. */
const leastThinWeight = 0.25;

/** How often a dive may turn back. */
const diveTurns = 12;
const effortFactor = 3;

/** Where graphs are large, the first dive aims so near the bound, and each of its steps has so many rounds. */
const thinNearShare = 0.02;
const thinRounds = 30;

/** Where graphs are large, splitting waits until the gap is so small. */
const splitShare = 0.005;

/** How many columns of one person are kept from the relaxation. */
const manyKept = 40;

class Run {
  readonly #context: Context;
  readonly #board: Board;
  readonly #unit: number;
  readonly #pool: Pool;
  readonly #turns: number;
  #tree: Tree | undefined;
  #best: Standing;
  /** The same with narrower graphs, where they are large and prices are known, and those prices. */
  #thin: { context: Context; prices: Float64Array } | undefined;
  #bound = -Infinity;
  #aim = 0.2;
  readonly #sizes: Sizes;

  constructor(context: Context, first: Standing, board: Board, unit: number, turns: number, pool: Pool) {
    this.#pool = pool;
    this.#turns = turns;
    this.#context = context;
    this.#board = board;
    this.#unit = unit;
    this.#best = first;
    this.#sizes = new Sizes(context.model);
  }

  get #isDone(): boolean {
    const bound = Math.max(this.#bound, this.#board.lowest());
    return this.#context.isOver() || this.#best.total() < bound + this.#unit - 1e-4;
  }

  #standing(columns: Column[]): Standing {
    const days = columns.map((column) => column.days);
    return new Standing(this.#context.model, days);
  }

  #accept(standing: Standing): boolean {
    if (standing.total() >= this.#best.total() - 1e-6) return false;
    this.#best = standing;
    this.#board.better(standing);
    return true;
  }

  /** Solves the relaxation of the whole problem, which proves a bound; then dives, then chooses among all columns. */
  root(places: number[], prices: Float64Array | undefined): void {
    const context = this.#context;
    const { model, highs } = context;
    const lacks = lacksOf(model);
    const master = new Master(highs, model, places, undefined, lacks);
    for (const place of places) {
      master.add(place, this.#best.days[place] as Uint8Array, this.#best.costs[place] ?? 0);
      for (const { days, cost } of this.#pool.of(place)) master.add(place, days, cost);
    }
    const began = context.effort.spent;
    const {
      solved,
      bound,
      isDone,
      rounds,
      prices: proven,
    } = generate(
      {
        ...this.#within(rootShare),
        tellRelaxation: (value, low, round) => this.#raise(low, value, round),
      },
      master,
      { places },
      { tolerance: this.#unit / 100, maxRounds: 2000, ...(prices === undefined ? {} : { prices }) },
    );
    this.#raise(bound);
    const isNear = solved.value - bound <= nearShare * Math.abs(bound);
    if (isNear && proven !== undefined) this.#narrow(proven.slice(0, model.cover.rows.length));
    const effort = (context.effort.spent - began) / Math.max(1, rounds);
    for (let turn = 0; turn < 2 && !this.#isDone; turn++) {
      const last = this.#best.total() - this.#unit + 1e-4;
      const cutoff = turn === 0 ? Math.min(last, this.#low + this.#near) : last;
      this.#dive(master, { places }, solved, cutoff, this.#diveRounds(effort));
    }
    this.#keep(master, solved);
    if (!this.#isDone && this.#thin === undefined) this.#choose(master, places, solved);
    if (isDone) this.#tree = new Tree(context, master, places, bound, lacks);
    else master.dispose();
  }

  /** Makes narrower graphs where they are large, and tells other threads the prices. */
  #narrow(prices: Float64Array): void {
    const { model } = this.#context;
    if (isLight(model)) return;
    const thin = narrowed(model, prices, reachOf(this.#low, this.#unit));
    this.#thin = { context: { ...this.#context, model: thin }, prices };
    this.#sizes.widen();
    this.#board.price(prices);
  }

  end(): void {
    this.#tree?.dispose();
  }

  /** Splits a part of all rosters, which may raise the bound. */
  #branch(tree: Tree): void {
    const columns = tree.step(this.#best.total() - this.#unit + 1e-4, this.#unit / 100);
    if (columns !== undefined) this.#accept(this.#standing(columns));
    this.#raise(Math.min(tree.bound, this.#best.total()));
  }

  #raise(bound: number, value?: number, rounds?: number): void {
    const whole = raised(bound, this.#unit);
    if (value !== undefined) this.#context.tellRelaxation(value, bound, rounds ?? 0);
    if (whole <= this.#bound) return;
    this.#bound = whole;
    this.#board.bound(whole);
  }

  /** The same context that ends after a share of the time left, unless turns limit the work. */
  #within(share: number): Context {
    const context = this.#context;
    if (this.#turns !== Infinity) return context;
    const last = context.secondsLeft() * (1 - share);
    return { ...context, isOver: () => context.isOver() || context.secondsLeft() < last };
  }

  /** How many rounds each step of a dive may take, where a round of everybody takes such an effort. */
  #diveRounds(round: number): number {
    if (this.#turns !== Infinity) return 30;
    if (this.#thin !== undefined) return thinRounds;
    const most = (this.#context.secondsLeft() * 1000 * diveShare) / (diveSteps * effortFactor * round);
    return Math.max(2, Math.min(30, Math.floor(most)));
  }

  #dive(master: Master, task: Task, solved: Solved, cutoff: number, rounds: number): void {
    const context = { ...this.#within(diveShare), model: (this.#thin?.context ?? this.#context).model };
    const { isOver } = this.#within(diveShare / 2);
    this.#take(dive(context, master, task, solved, { ...this.#diveLimits(cutoff, rounds), isOver }));
  }

  #diveLimits(cutoff: number, rounds: number): DiveLimits {
    const otherwise = this.#best.total() - this.#unit + 1e-4;
    return { cutoff, otherwise, rounds, tolerance: this.#unit / 4, turns: diveTurns };
  }

  /** A cutoff between the bound and the best: nearer the bound after dives that found something, farther after others. */
  #goal(): number {
    const steps = Math.max(0, Math.round((this.#best.total() - this.#low) / this.#unit) - 1);
    const step = Math.floor((steps + 1) * this.#aim * (0.5 + this.#context.random()));
    return this.#low + (Math.min(step, steps) + 0.02) * this.#unit;
  }

  /** So much above the bound is aimed at first. */
  get #near(): number {
    const share = this.#thin === undefined ? nearShare : thinNearShare;
    return Math.max(this.#unit, share * Math.abs(this.#low)) + 0.02 * this.#unit;
  }

  get #low(): number {
    return Math.max(this.#bound, this.#board.lowest());
  }

  /** Dives into the part of all rosters where the bound is least. */
  #diveAgain(tree: Tree): void {
    const { effort: done } = this.#context;
    const last = done.spent + (this.#thin === undefined ? diveEffort : thinDiveEffort);
    const isOver = (): boolean => done.spent > last;
    const goal = this.#goal();
    this.#take(tree.dive({ ...this.#diveLimits(goal, 60), isOver }, this.#thin?.context));
    const isReached = this.#best.total() < goal;
    this.#aim = isReached ? Math.max(leastAim, this.#aim / 3) : Math.min(1, this.#aim * 1.4);
  }

  #take(columns: Column[] | undefined): void {
    if (columns === undefined) return;
    const found = this.#standing(columns);
    this.#acceptPolished(
      found,
      columns.map(({ person }) => person),
    );
  }

  #acceptPolished(standing: Standing, places: number[]): void {
    const { pricer, isOver } = this.#context;
    polish(standing, pricer, places, isOver);
    this.#accept(standing);
  }

  /** Keeps the columns of the least reduced cost of each person for later neighbourhoods. */
  #keep(master: Master, solved: Solved): void {
    const gap = this.#best.total() - this.#bound;
    const rated = master.columns.map((column) => ({ column, cost: reducedCost(column, solved) }));
    rated.sort((a, b) => a.cost - b.cost);
    const kept = new Map<number, Column[]>();
    for (const { column, cost } of rated) {
      const mine = kept.get(column.person) ?? [];
      if (cost <= gap && mine.length < manyKept) mine.push(column);
      kept.set(column.person, mine);
    }
    for (const mine of kept.values()) for (const column of mine.toReversed()) this.#pool.keep(column);
  }

  #choose(master: Master, places: number[], solved: Solved): void {
    const gap = this.#best.total() - this.#bound;
    const useful = master.columns.filter((column) => reducedCost(column, solved) <= gap + 1e-6);
    const { highs, model } = this.#context;
    const cutoff = this.#best.total() - this.#unit + 1e-4;
    const { columns } = choose(highs, model, places, useful, undefined, {
      maxNodes: 60,
      secondsLeft: this.#context.secondsLeft() * chooseShare,
      cutoff,
      isOver: this.#within(chooseShare).isOver,
    });
    if (columns !== undefined) this.#accept(this.#standing(columns));
  }

  /** Solves one window of a long period after another, until time is over. The longer it goes on, the longer they are. */
  sweeps(offset: number): void {
    const { model } = this.#context;
    const { days } = model.problem;
    for (let turn = 0; turn < this.#turns && !this.#isDone; turn++) {
      const length = 21 + 7 * (turn % 3);
      const limits = { unit: this.#unit, rounds: 20 + 10 * turn, diveRounds: 4 };
      const windows = Array.from({ length: Math.ceil(days / 14) }, (_, index) => index * 14 + offset);
      for (const from of windows) {
        if (this.#isDone) return;
        this.#listen();
        const roster = this.#best.days.map((each) => each.slice());
        const to = Math.min(days, from + length);
        if (from < to && solveWindow(this.#context, model, roster, from, to, false, limits) === true)
          this.#accept(new Standing(model, roster));
      }
    }
  }

  /**
   * Goes on in three ways in turn: frees one part of the roster, dives into the relaxation, or splits a part of all rosters. The
   * first two have the more effort the more they gain, as long as they do; splitting, which the lead does, has a third.
   */
  improve(isLead: boolean): void {
    const effort = 4000;
    const ways: Way[] = [{ weight: 1, least: 1, spent: 0, act: () => this.#neighbourhood(effort) }];
    const tree = this.#tree;
    if (tree !== undefined) {
      const least = this.#thin === undefined ? 1 : leastThinWeight;
      ways.push({ weight: least, least, spent: 0, act: () => this.#diveAgain(tree) });
      if (isLead) ways.push({ weight: 1, least: 1, spent: 0, act: () => this.#branch(tree) });
    }
    for (let turn = 0; turn < this.#turns && !this.#isDone; turn++) {
      this.#listen();
      const open = ways.filter(
        (_, index) => index === 0 || (tree?.isEmpty === false && (index === 1 || this.#maySplit)),
      );
      const way = leastUsed(open);
      const [before, began] = [this.#best.total(), this.#context.effort.spent];
      way.act();
      const spent = this.#context.effort.spent - began;
      way.spent += spent + 1;
      if (way === ways[2]) continue;
      way.weight =
        this.#best.total() < before ? Math.min(4, way.weight * 1.5) : Math.max(way.least, way.weight * 0.97);
    }
  }

  get #maySplit(): boolean {
    return this.#thin === undefined || this.#best.total() - this.#low < splitShare * Math.abs(this.#low);
  }

  /** Takes over a better roster of another thread, and prices of the bound. */
  #listen(): void {
    const shared = this.#board.ask(this.#best.total());
    if (shared !== undefined) this.#accept(new Standing(this.#context.model, shared));
    const prices = this.#thin === undefined ? this.#board.prices() : undefined;
    if (prices !== undefined) this.#narrow(prices);
  }

  #neighbourhood(effort: number): void {
    const sizes = this.#sizes;
    const { random } = this.#context;
    const shares = this.#tree?.shares;
    const isAgreed = shares !== undefined && random() < agreedShare;
    const isWindow = !isAgreed && random() < 0.35;
    const task = isAgreed
      ? agreedTask(this.#best, shares, 0.3 + 0.7 * random())
      : isWindow
        ? windowTask(this.#best, sizes.window, random)
        : peopleTask(this.#best, sizes.people, random);
    const known = task.places.flatMap((place) => (isWindow ? [] : this.#pool.of(place, isAgreed ? 60 : 25)));
    const context = isWindow ? this.#context : (this.#thin?.context ?? this.#context);
    const standing = this.#best.copy();
    const began = this.#context.effort.spent;
    const { outcome } = attempt(context, standing, task, known, {
      effort,
      unit: this.#unit,
      rounds: 60,
      prices: isWindow ? undefined : this.#thin?.prices,
      ...(this.#thin === undefined ? {} : { chooseShare: thinChooseShare }),
    });
    const spent = this.#context.effort.spent - began;
    if (outcome === 'better') this.#acceptPolished(standing, task.places);
    if (isAgreed) return;
    sizes.learn(isWindow, outcome, spent / effort);
  }
}
