import type { Course } from './course.ts';
import { dive, type DiveLimits } from './dive.ts';
import type { Column, Master, Solved } from './master.ts';
import { withPartSolved } from './part.ts';
import { Parts } from './parts.ts';
import type { Standing } from './standing.ts';
import type { Tree } from './tree.ts';

/** The share of the time left that a first dive may take. */
const diveShare = 0.3;

/** About how many steps a dive takes, and how many milliseconds of a busy machine a unit of effort. */
const diveSteps = 40;
const effortFactor = 3;

/** The first dive aims so near the bound; where graphs are large, not so near, and each of its steps has so many rounds. */
const nearShare = 0.005;
const thinNearShare = 0.02;
const thinRounds = 30;

/** The least share of the gap to which dives aim. */
const leastAim = 0.05;

/** How much effort a dive may take before it only wants to end, at first and later of all there was; and how often it may turn back. */
const diveEffort = 4000;
const laterShare = 0.08;
const thinDiveEffort = 1200;
const diveTurns = 12;
const againRounds = 60;

/** Where graphs are large, dives may end so far above the bound: parts mend what they leave, until so many in turn gain nothing. */
const mendable = 1.15;
const mostIdle = 8;
const mendDays = 10;

/** Dives into the relaxation, and how near the bound they aim. */
export class Dives {
  readonly #course: Course;
  #aim = 0.2;

  constructor(course: Course) {
    this.#course = course;
  }

  /** From a relaxation that was just solved, where a round of everybody takes such an effort. */
  first(master: Master, places: number[], solved: Solved, roundEffort: number): void {
    const course = this.#course;
    const rounds = this.#rounds(roundEffort);
    for (let turn = 0; turn < (course.thin === undefined ? 2 : 1) && !course.isDone; turn++) {
      const cutoff = turn === 0 ? Math.min(course.worst, course.low + this.#near) : course.worst;
      const context = { ...course.within(diveShare), model: course.usual.model };
      this.#take(dive(context, master, { places }, solved, this.#limits(cutoff, rounds)));
    }
  }

  /** Into the part of all rosters where the bound is least. */
  again(tree: Tree): void {
    const course = this.#course;
    const goal = this.#goal();
    this.#take(tree.dive(this.#limits(goal, againRounds), course.thin?.context));
    const isReached = course.best.total() < goal;
    this.#aim = isReached ? Math.max(leastAim, this.#aim / 3) : Math.min(1, this.#aim * 1.4);
  }

  #limits(cutoff: number, rounds: number): DiveLimits {
    const { worst, low, thin, unit } = this.#course;
    const mayRound = thin !== undefined;
    const otherwise = mayRound ? Math.max(worst, low * mendable) : worst;
    return {
      cutoff,
      otherwise,
      rounds,
      tolerance: unit / 4,
      turns: diveTurns,
      mayRound,
      effort: this.effort,
    };
  }

  /** How much effort a dive may take now. */
  get effort(): number {
    const { context, thin } = this.#course;
    return thin === undefined ? Math.max(diveEffort, context.effort.spent * laterShare) : thinDiveEffort;
  }

  /** How many rounds each step may take. */
  #rounds(roundEffort: number): number {
    const { limits, thin, context } = this.#course;
    if (limits.turns !== Infinity || thin !== undefined) return thinRounds;
    const most = (context.secondsLeft() * 1000 * diveShare) / (diveSteps * effortFactor * roundEffort);
    return Math.max(2, Math.min(thinRounds, Math.floor(most)));
  }

  /** A cutoff between the bound and the best: nearer the bound after dives that found something, farther after others. */
  #goal(): number {
    const { best, low, unit, context } = this.#course;
    const steps = Math.max(0, Math.round((best.total() - low) / unit) - 1);
    const step = Math.floor((steps + 1) * this.#aim * (0.5 + context.random()));
    return low + (Math.min(step, steps) + 0.02) * unit;
  }

  /** So much above the bound is aimed at first. */
  get #near(): number {
    const { thin, unit, low } = this.#course;
    const share = thin === undefined ? nearShare : thinNearShare;
    return Math.max(unit, share * Math.abs(low)) + 0.02 * unit;
  }

  #take(columns: Column[] | undefined): void {
    if (columns === undefined) return;
    const course = this.#course;
    const found = course.standing(columns);
    const places = columns.map(({ person }) => person);
    if (!course.acceptPolished(found, places) && course.thin !== undefined) this.#mend(found);
  }

  /** Solves parts of a roster that is not the best, as long as they gain, until it is. */
  #mend(roster: Standing): void {
    const course = this.#course;
    const parts = new Parts(roster.model, Parts.usualEffort, mendDays);
    let standing = roster;
    for (let idle = 0; idle < mostIdle && !course.isDone; idle++) {
      const found = withPartSolved(course.context, standing, parts, course.unit);
      if (found === undefined) continue;
      idle = -1;
      standing = found;
      if (course.accept(standing)) return;
    }
  }
}
