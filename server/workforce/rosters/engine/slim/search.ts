import type { Context } from '../context.ts';
import { raised } from '../common-unit.ts';
import type { Board } from '../course.ts';
import { Parts } from '../parts.ts';
import type { Pool } from '../pool.ts';
import { Standing } from '../standing.ts';
import { learnWay, nextWay, wayOf, type Way } from '../ways.ts';
import { slimDive, usualThreshold } from './dive.ts';
import { keepCheapest, slimMasterOf } from './master.ts';
import { solvedPart } from './part.ts';
import { slimPolish, tookBetter } from './polish.ts';
import type { Slim } from './slim.ts';
import { standingIn, viewOf, withPart, type View } from './view.ts';
import { boundAt, ofLargestShare, relaxedWhole } from './whole.ts';

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

/** So many columns of a person are kept from the relaxation. */
const manyKept = 40;

/** The share of the time left that the relaxation of the whole may take. */
const rootShare = 0.4;

/** The share of the time left that a dive may take. */
const diveShare = 0.5;

/** The effort that a part usually takes, and that of a turn of people who take better days. */
const usualEffort = 2500;
const polishEffort = 500;

/** A part is hoped to gain this share of what the roster costs, until some were tried. */
const partHope = 0.01;

/** Parts, and people who take better days, each have so much of the effort; the rest goes to what gains most for it. */
const partShare = 0.15;
const polishShare = 0.05;

/** Parts are at most so many days long: longer ones, of fewer people, gain nothing that people who take better days do not. */
const longestPart = 56;

/** The share of the time left in which everybody takes better days before all else. */
const firstShare = 0.05;

/** Dives into the relaxation of the whole where turns are limited. */
const fewDives = 2;

/** After so many neighbourhoods the bound of what was never relaxed together is tried again. */
const boundTurns = 25;

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
  readonly #ways: { part: Way; polish: Way };
  /** Whose turn it is to look for better days, and how many people in a row found none beside the best roster. */
  #next: number;
  #calm = 0;

  constructor(context: Context, slims: Slim[], best: Standing, board: Board, limits: SlimSearchLimits) {
    this.#context = { ...context, isOver: limits.isOver };
    this.#slims = slims;
    this.#best = best;
    this.#board = board;
    this.#limits = limits;
    this.#prices = limits.prices?.slice();
    this.#parts = new Parts(context.model, usualEffort, Math.min(context.model.problem.days, longestPart));
    this.#next = Math.floor(context.random() * slims.length);
    const hope = best.total() * partHope;
    this.#ways = {
      part: wayOf(partShare, { gained: hope, spent: usualEffort }, () => this.#part()),
      polish: wayOf(polishShare, { gained: limits.unit, spent: polishEffort }, () => this.#polish()),
    };
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
    const passed = this.#passed(firstShare);
    while (passed() < 1 && this.#isUneasy && !this.#isDone) this.#polish();
    this.#hear();
    if (isWhole && isLead && !this.#isDone) {
      const isSolved = this.#root();
      const dives = !isSolved ? 0 : turns === Infinity ? Infinity : fewDives;
      for (let turn = 0; turn < dives && !this.#isDone; turn++) {
        const began = effort.spent;
        if (this.#dive(turn) === 'too long') break;
        this.#neighbourhoods(2 * effort.spent - began);
      }
    }
    this.#neighbourhoods(Infinity);
    return this.#best;
  }

  get #isDone(): boolean {
    const bound = Math.max(this.#bound, this.#board.lowest());
    return this.#limits.isOver() || this.#best.total() < bound + this.#limits.unit - 1e-4;
  }

  /** Whether somebody may find better days beside the best roster. */
  get #isUneasy(): boolean {
    return this.#calm < this.#slims.length;
  }

  #accept(standing: Standing): boolean {
    if (standing.total() >= this.#best.total() - 1e-6) return false;
    this.#best = standing;
    this.#calm = 0;
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
  #root(): boolean {
    const { tellRelaxation } = this.#context;
    const { unit, pool } = this.#limits;
    const passed = this.#passed(rootShare);
    const isOver = (): boolean => this.#context.isOver() || passed() >= 1;
    const { master, state } = relaxedWhole({ ...this.#context, isOver }, this.#slims, this.#best, {
      unit,
      pool,
      prices: this.#prices,
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
    keepCheapest(pool, master, state.solved, manyKept);
    const isSolved = passed() < 1;
    this.#take(this.#standing(ofLargestShare(master, state.solved, this.#best)));
    return isSolved;
  }

  /** Decides more and more of the relaxation of the whole, each time in another way. */
  #dive(turn: number): 'too long' | undefined {
    const { model, random } = this.#context;
    const { unit, pool } = this.#limits;
    const places = model.people.map((_, place) => place);
    const master = slimMasterOf(this.#context, model, places, this.#prices);
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
      if (found !== undefined) this.#take(this.#standing(found));
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

  /** A bound for the whole at the prices that neighbourhoods left. */
  #boundAtPrices(): void {
    if (this.#prices !== undefined) this.#raise(boundAt(this.#context, this.#slims, this.#prices));
  }

  /** Solves parts, and lets people take better days, until the effort is spent. */
  #neighbourhoods(most: number): void {
    const { effort } = this.#context;
    const { turns } = this.#limits;
    const { part, polish } = this.#ways;
    for (let turn = 0; turn < turns && effort.spent < most && !this.#isDone; turn++) {
      this.#hear();
      const way = nextWay(this.#isUneasy ? [part, polish] : [part]);
      const [before, began] = [this.#best.total(), effort.spent];
      way.act();
      learnWay(way, before - this.#best.total(), effort.spent - began);
      if (this.#isVast && turn % boundTurns === boundTurns - 1) this.#boundAtPrices();
    }
  }

  /** Takes a better roster from another thread, and the prices of the relaxation of the whole once there are some. */
  #hear(): void {
    const shared = this.#board.ask(this.#best.total());
    if (shared !== undefined) this.#accept(new Standing(this.#context.model, shared));
    const prices = this.#hasPrices ? undefined : this.#board.prices();
    if (prices === undefined) return;
    this.#prices = prices;
    this.#hasPrices = true;
  }

  /** Frees some people for some weeks, solves what they cost beside the rest, and takes it where it is better. */
  #part(): void {
    const { model, effort, random } = this.#context;
    const { unit, pool } = this.#limits;
    const part = this.#parts.choose(this.#best, random);
    const began = effort.spent;
    const view = viewOf(model, this.#slims, this.#best, part);
    const { mostEffort } = this.#parts;
    const ended = solvedPart(this.#context, view, { unit, pool, prices: this.#prices, mostEffort, manyKept });
    if (!this.#hasPrices) this.#learn(view, ended.prices);
    const gained = ended.days === undefined ? 0 : this.#put(view, ended.days);
    const outcome = ended.isProven ? 'proven' : gained > 0 ? 'better' : 'gave up';
    this.#parts.learn(part, { outcome, gained, spent: effort.spent - began });
  }

  /** Some people, one after the other, take better days of the whole period beside the rest. */
  #polish(): void {
    const { effort, isOver } = this.#context;
    const people = this.#slims.length;
    const standing = this.#best.copy();
    const last = effort.spent + polishEffort;
    let calm = this.#calm;
    while (calm < people && effort.spent < last && !isOver()) {
      calm = tookBetter(this.#context, standing, this.#slims, this.#next) ? 0 : calm + 1;
      this.#next = (this.#next + 1) % people;
    }
    this.#accept(standing);
    this.#calm = calm;
  }

  /** Takes what was found for a part where it makes better what this thread has, or what another has found meanwhile; gives what it gained here. */
  #put(view: View, days: Uint8Array[]): number {
    const standing = standingIn(view, days);
    slimPolish(this.#context, standing, view.slims);
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

  /** Takes a roster, polished, where it is better. */
  #take(found: Standing): void {
    slimPolish(this.#context, found, this.#slims);
    this.#accept(found);
  }

  #standing(columns: { days: Uint8Array }[]): Standing {
    return new Standing(
      this.#context.model,
      columns.map(({ days }) => days),
    );
  }

  /** Keeps the prices that a part ended with, for others and for the bound. */
  #learn({ rows }: View, mine: Float64Array | undefined): void {
    if (mine === undefined) return;
    const prices = this.#prices ?? new Float64Array(this.#context.model.cover.rows.length);
    rows.forEach((row, index) => (prices[row] = mine[index] as number));
    this.#prices = prices;
  }
}
