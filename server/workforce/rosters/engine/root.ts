import { choose } from './choose.ts';
import type { Course } from './course.ts';
import type { Dives } from './dives.ts';
import { generate } from './generate.ts';
import { lacksOf } from './lack.ts';
import { Master, reducedCost, type Column, type Solved } from './master.ts';
import type { Model } from './model.ts';
import { narrowed, reachOf } from './narrow.ts';
import { Tree } from './tree.ts';

/** Shares of the time left that the relaxation and a whole-number programme over all its columns may take. */
const rootShare = 0.5;
const chooseShare = 0.15;
const chooseNodes = 60;
const chooseEffort = 8000;
const mostRounds = 2000;

/** Where graphs are large, they are narrowed once the bound is so near the best roster, at first so much more widely. */
const roughShare = 0.02;
const wideReach = 2;

/** Prices whose bound is this near the relaxation narrow graphs. */
const nearShare = 0.005;

/** How many columns of one person are kept. */
const manyKept = 40;

/**
 * Solves the relaxation of the whole problem, which proves a bound; then dives, then chooses among all columns. Gives the parts of all
 * rosters to go on with, where the relaxation was solved.
 */
export function root(
  course: Course,
  dives: Dives,
  whole: () => Model,
  begin: Float64Array | undefined,
): Tree | undefined {
  course.build(whole);
  const { context, unit, limits } = course;
  const { model, highs, effort } = context;
  const places = model.people.map((_, place) => place);
  const lacks = lacksOf(model);
  const master = new Master(highs, model, places, undefined, lacks);
  for (const place of places) {
    master.add(place, course.best.days[place] as Uint8Array, course.best.costs[place] ?? 0);
    for (const { days, cost } of limits.pool.of(place)) master.add(place, days, cost);
  }
  const prices = limits.isLight ? begin : nearPrices(course, master, places, begin);
  const before = effort.spent;
  const tellRelaxation = (value: number, low: number, round: number): void => course.raise(low, value, round);
  const found = generate(
    { ...course.within(rootShare), tellRelaxation },
    master,
    { places },
    { tolerance: unit / 100, unit, maxRounds: mostRounds, ...(prices && { prices }) },
  );
  const { solved, bound, isDone, rounds } = found;
  course.raise(bound);
  const isNear = solved.value - bound <= nearShare * Math.abs(bound);
  if (isNear && found.prices !== undefined) course.narrow(found.prices.slice(0, model.cover.rows.length));
  if (!isDone || course.thin !== undefined)
    dives.first(master, places, solved, (effort.spent - before) / Math.max(1, rounds));
  keep(course, master, solved);
  if (!isDone && !course.isDone && course.thin === undefined) chooseAmong(course, master, places, solved);
  if (isDone) return new Tree(context, master, places, bound, lacks, { prices: found.prices });
  master.dispose();
  return undefined;
}

/** Prices near those of the bound, mostly from graphs that are narrowed as soon as prices are of use. */
function nearPrices(
  course: Course,
  master: Master,
  places: number[],
  begin: Float64Array | undefined,
): Float64Array | undefined {
  const { unit, best } = course;
  const context = { ...course.within(rootShare), tellRelaxation: (): void => undefined };
  const rough = {
    tolerance: roughShare * best.total(),
    maxRounds: mostRounds,
    ...(begin && { prices: begin }),
  };
  const { bound, solved, rounds, isDone, prices: found } = generate(context, master, { places }, rough);
  course.raise(bound, solved.value, rounds);
  if (!isDone || found === undefined) return found;
  const prices = found.slice(0, context.model.cover.rows.length);
  const model = narrowed(context.model, prices, wideReach * reachOf(bound, unit));
  const fine = { tolerance: unit / 100, unit, maxRounds: mostRounds, prices };
  return generate({ ...context, model }, master, { places }, fine).prices;
}

/** Keeps the columns of the least reduced cost of each person for later neighbourhoods. */
function keep({ best, low, limits }: Course, master: Master, solved: Solved): void {
  const gap = best.total() - low;
  const rated = master.columns.map((column) => ({ column, cost: reducedCost(column, solved) }));
  rated.sort((a, b) => a.cost - b.cost);
  const kept = new Map<number, Column[]>();
  for (const { column, cost } of rated) {
    const mine = kept.get(column.person) ?? [];
    if (cost <= gap && mine.length < manyKept) mine.push(column);
    kept.set(column.person, mine);
  }
  for (const mine of kept.values()) for (const column of mine.toReversed()) limits.pool.keep(column);
}

function chooseAmong(course: Course, master: Master, places: number[], solved: Solved): void {
  const { context, best, low, worst } = course;
  const useful = master.columns.filter((column) => reducedCost(column, solved) <= best.total() - low + 1e-6);
  const { columns } = choose(context.highs, context.model, places, useful, undefined, {
    maxNodes: chooseNodes,
    secondsLeft: context.secondsLeft() * chooseShare,
    mostEffort: chooseEffort,
    cutoff: worst,
    isOver: course.within(chooseShare).isOver,
  });
  if (columns !== undefined) course.accept(course.standing(columns));
}
