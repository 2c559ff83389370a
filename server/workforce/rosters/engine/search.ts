import type { Context } from './context.ts';
import { Course, type Board, type CourseLimits } from './course.ts';
import { Dives } from './dives.ts';
import { attempt } from './neighbourhood.ts';
import { withPartSolved } from './part.ts';
import { Parts } from './parts.ts';
import { root } from './root.ts';
import { Standing } from './standing.ts';
import { agreedTask, peopleTask } from './tasks.ts';
import type { Tree } from './tree.ts';
import { Warm } from './warm.ts';
import { learnWay, nextWay, Sizes, wayOf } from './ways.ts';
import { coarseOf, WhoFirst } from './who.ts';

export type SearchLimits = CourseLimits & {
  /** Whether this thread proves the bound. */
  isLead: boolean;
  /** Prices of cover to begin with. */
  prices: Float64Array | undefined;
};

/** Each way to go on has at least so much of the effort. */
const leastShare = 0.12;

/**
 * As long as the gap is larger than such a share of the bound, splitting has less: it proves, but far from the end nothing. Then annealing has
 * more, and nearer the end less: what is left there is for ways that the bound guides.
 */
const farShare = 0.03;
const smallShare = 0.03;
const warmShare = 0.3;

/** With a gap of more than such a share the bound guides nobody, and deciding who works has so much. */
const lostShare = 0.1;
const whoShare = 0.4;

/** The first dive is hoped to gain so much of the gap, other ways what two rosters differ by at least. */
const diveHope = 0.25;

/** Where graphs are large, splitting waits until the gap is so small. */
const splitShare = 0.005;

/** Where there are graphs of the whole period, parts are at most so many days long. */
const longestPart = 14;

/** How many people are freed at first, and how much effort that may take; more where graphs are narrow. */
const fewPeople = 6;
const manyPeople = 14;
const neighbourhoodEffort = 2000;
const thinEffort = 1500;

/** How many of the neighbourhoods keep what roster and relaxation agree on. */
const agreedShare = 0.3;

/** Searches until time is over or the best is proven. */
export function search(context: Context, first: Standing, board: Board, limits: SearchLimits): void {
  const course = new Course(context, first, board, limits);
  const dives = new Dives(course);
  const { whole, isLead, isLight } = limits;
  const tree =
    whole !== undefined && (isLead || isLight) ? root(course, dives, whole, limits.prices) : undefined;
  try {
    new Search(course, dives, tree, isLead).run();
  } finally {
    tree?.dispose();
  }
}

class Search {
  readonly #course: Course;
  readonly #dives: Dives;
  readonly #tree: Tree | undefined;
  readonly #isLead: boolean;
  readonly #sizes: { usual: Sizes; thin: Sizes };
  readonly #parts: Parts;
  readonly #warm: Warm;
  readonly #who: WhoFirst | undefined;

  constructor(course: Course, dives: Dives, tree: Tree | undefined, isLead: boolean) {
    const { model } = course.context;
    const { days } = model.problem;
    this.#course = course;
    this.#dives = dives;
    this.#tree = tree;
    this.#isLead = isLead;
    this.#warm = new Warm(course.context, course.unit);
    const coarse = coarseOf(model);
    this.#who = coarse === undefined ? undefined : new WhoFirst(course.context, coarse, course.unit);
    this.#sizes = { usual: new Sizes(model, fewPeople), thin: new Sizes(model, manyPeople) };
    this.#parts = new Parts(
      model,
      Parts.usualEffort,
      course.limits.whole === undefined ? days : Math.min(days, longestPart),
    );
  }

  /**
   * Goes on in several ways in turn: solves a part of the roster, anneals again, frees some people, dives into the relaxation, or splits a
   * part of all rosters, which the lead does. Each has a share of the effort; the rest goes where the gap closes fastest.
   */
  run(): void {
    const [course, tree] = [this.#course, this.#tree];
    const { effort } = course.context;
    const hope = { gained: course.unit, spent: Parts.usualEffort };
    const hopeOfDives = { gained: (course.best.total() - course.low) * diveHope, spent: this.#dives.effort };
    const part = wayOf(leastShare, hope, () => this.#part());
    const warm = wayOf(warmShare, hope, () => this.#anneal());
    const who = wayOf(whoShare, hope, () => this.#decideWho());
    const people = wayOf(leastShare, hope, () => this.#neighbourhood());
    const dives = wayOf(leastShare, hopeOfDives, () => this.#dives.again(tree as Tree));
    const splits = wayOf(leastShare, { gained: 0, spent: 0 }, () => this.#branch(tree as Tree));
    for (let turn = 0; turn < course.limits.turns && !course.isDone; turn++) {
      course.listen();
      const isOpen = tree?.isEmpty === false;
      const isNear = course.isWithin(farShare);
      splits.least = isNear ? leastShare : smallShare;
      const isLost = this.#who !== undefined && !course.isWithin(lostShare);
      warm.least = isNear ? smallShare : isLost ? leastShare : warmShare;
      who.least = isLost ? whoShare : leastShare;
      const way = nextWay([
        part,
        warm,
        ...(this.#who === undefined || isNear ? [] : [who]),
        ...(course.isWhole ? [people] : []),
        ...(isOpen ? [dives] : []),
        ...(isOpen && this.#isLead && this.#maySplit ? [splits] : []),
      ]);
      const [before, low, began] = [course.best.total(), course.low, effort.spent];
      way.act();
      const risen = way === splits ? course.low - low : 0;
      learnWay(way, before - course.best.total() + risen, effort.spent - began);
    }
  }

  get #maySplit(): boolean {
    return this.#course.thin === undefined || this.#course.isWithin(splitShare);
  }

  /** Splits a part of all rosters, which may raise the bound. */
  #branch(tree: Tree): void {
    const { worst, unit } = this.#course;
    const columns = tree.step(worst, unit / 100);
    if (columns !== undefined) this.#course.accept(this.#course.standing(columns));
    this.#course.raise(Math.min(tree.bound, this.#course.best.total()));
  }

  /** Solves some days of some people as a problem of its own. */
  #part(): void {
    const { context, best, unit } = this.#course;
    const found = withPartSolved(context, best, this.#parts, unit);
    if (found !== undefined) this.#course.accept(found);
  }

  /** Anneals again from the best, which may lead to another roster of the same cost. */
  #anneal(): void {
    const { context, best } = this.#course;
    this.#course.slide(this.#warm.turn(context, best));
  }

  /** Anneals who works again, before who has which duty. */
  #decideWho(): void {
    const { context, best } = this.#course;
    const found = this.#who?.turn(context, best);
    if (found !== undefined) this.#course.accept(found);
  }

  /** Frees some people for the whole period, or all where roster and relaxation do not agree. */
  #neighbourhood(): void {
    const { usual: context, best, thin, unit, limits } = this.#course;
    const sizes = this.#sizes[thin === undefined ? 'usual' : 'thin'];
    const { random } = context;
    const shares = this.#tree?.shares;
    const isAgreed = shares !== undefined && random() < agreedShare;
    const task = isAgreed
      ? agreedTask(best, shares, 0.3 + 0.7 * random())
      : peopleTask(best, sizes.people, random);
    const known = task.places.flatMap((place) => limits.pool.of(place, isAgreed ? 60 : 25));
    const standing = new Standing(context.model, best.days);
    const began = context.effort.spent;
    const effort = thin === undefined ? neighbourhoodEffort : thinEffort;
    const { outcome } = attempt(context, standing, task, known, {
      effort,
      unit,
      prices: thin?.prices,
    });
    const spent = context.effort.spent - began;
    if (outcome === 'better') this.#course.acceptPolished(standing, task.places);
    if (!isAgreed) sizes.learn(outcome, spent / effort);
  }
}
