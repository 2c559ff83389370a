import { parentPort, workerData } from 'node:worker_threads';
import { loadHighs } from './highs.ts';
import type { Problem, Roster } from '../types.ts';
import { boardOn, isStopped, type Shared } from './board.ts';
import { unitOf } from './common-unit.ts';
import { randomFrom, type Context } from './context.ts';
import { cooled } from './cool.ts';
import { arcsOf, ImpossiblePerson, longest, modelOf, TimeIsOver, type Model } from './model.ts';
import { Pool } from './pool.ts';
import { Pressure } from './pressure.ts';
import { Pricer } from './price.ts';
import type { Board } from './course.ts';
import { search } from './search.ts';
import { slimFirst, slimsOf, SlimSearch } from './slim/index.ts';
import { construct, polish, Standing } from './standing.ts';
import { rolls } from './stretch.ts';

/** What a thread is given. The lead solves the relaxation and proves the bound; all search. */
export type Order = {
  problem: Problem;
  shared: Shared;
  seed: number;
  isLead: boolean;
  until: number;
  turns: number;
  start?: Roster;
};

/** What a thread says: something changed, the relaxation moved, a person has no roster, or the end. */
export type News =
  | { kind: 'changed' }
  | { kind: 'relaxation'; value: number; bound: number; rounds: number }
  | { kind: 'impossible'; person: string }
  | { kind: 'done'; effort: number };

const order = workerData as Order;
const port = parentPort;
const say = (news: News): void => port?.postMessage(news);

async function work({ problem, shared, seed, isLead, until, turns, start }: Order): Promise<number> {
  const board = boardOn(shared, () => say({ kind: 'changed' }));
  const isOver = (): boolean => isStopped(shared) || Date.now() > until;
  const highs = await loadHighs();
  const light = modelOf(problem, { isWhole: false, isOver });
  const unit = unitOf(light);
  const isBest = (): boolean => (shared.numbers[0] ?? Infinity) < board.lowest() + unit - 1e-4;
  const context: Context = {
    model: light,
    highs,
    pricer: new Pricer(),
    random: randomFrom(seed),
    isOver: () => isOver() || isBest(),
    secondsLeft: () => (until - Date.now()) / 1000,
    effort: { spent: 0 },
    tellRelaxation: (value, bound, rounds) => say({ kind: 'relaxation', value, bound, rounds }),
  };
  const isLong = problem.days > longest;
  const size = problem.days * problem.people.length;
  const slims = size >= manyCells ? slimsOf(light) : undefined;
  let built: Model | undefined;
  const build = (): Model => (built ??= modelOf(problem, { isWhole: true, isOver }));
  const arcsBefore = slims === undefined ? arcsOf(problem) : undefined;
  const isLight = arcsBefore !== undefined && arcsBefore < lightArcs;
  const isHasty = arcsBefore === undefined || !(isLight || isLong);
  const share = isHasty ? hastyShare : isLong ? 0.7 : Math.min(0.15, size / 10_000) * (isLead ? 1 : 2);
  const isVast = slims !== undefined && problem.people.length > mostTogether;
  const isTogether = slims !== undefined && !isVast;
  const first = isVast && start === undefined ? slimFirst(light, slims, isOver) : undefined;
  if (first !== undefined) board.better(first);
  const pool = new Pool(light);
  const pressure = new Pressure(light);
  const cool = cooled(isLight ? { ...context, model: build() } : context, {
    seconds: context.secondsLeft() * share,
    ...(isHasty && !isVast ? { movesADay: hastyMoves } : {}),
    better: (found) => board.better(found),
    sample: (roster) => pool.take(roster),
    pressure,
    ...(turns === Infinity ? {} : { moves: 200_000 }),
    ...(start === undefined ? {} : { start }),
    ...(first === undefined ? {} : { start: first.days }),
  });
  const given = start === undefined ? undefined : new Standing(light, start);
  const made = cool ?? first ?? (slims === undefined ? undefined : slimFirst(light, slims, isOver));
  let best = lower(lower(made, first), given);
  if (slims !== undefined && best !== undefined) {
    const slim = new SlimSearch(context, slims, best, board, {
      unit,
      turns,
      pool,
      prices: pressure.prices(),
      isLead,
      isOver: context.isOver,
    });
    slim.run(isTogether);
    return context.effort.spent;
  }
  const arcs = arcsBefore ?? arcsOf(problem);
  const isHeavy = problem.days > mediumDays || arcs > manyArcs;
  const places = light.people.map((_, place) => place);
  if (!isLead) shuffle(places, context.random);
  if (best === undefined && isHeavy) best = firstOfLong(context, board, isLead ? 21 : 28);
  const whole = arcs < mostArcs ? build : undefined;
  const standing = best ?? polished({ ...context, model: whole?.() ?? light }, places);
  board.better(standing);
  search(context, standing, board, {
    isLead,
    turns,
    whole,
    isLight: arcs < lightArcs,
    pool,
    prices: isHasty ? new Float64Array(problem.cover.length) : pressure.prices(),
  });
  return context.effort.spent;
}

const lower = (one: Standing | undefined, other: Standing | undefined): Standing | undefined =>
  one === undefined || (other !== undefined && other.total() < one.total()) ? other : one;

/** From so many days of people together on, slim pricing comes first, and annealing has this share of the time, or so many changes a day. */
const manyCells = 1500;
const hastyShare = 0.03;
const hastyMoves = 50;

/** Up to so many arcs of all people together, each thread solves the relaxation for dives of its own; with more, annealing is short as well. */
const lightArcs = 4_000_000;

/** So many people at most have one relaxation together. */
const mostTogether = 300;

/** Longer periods, and people of more arcs together, begin with windows; of more still, they end with them too. */
const mediumDays = 63;
const manyArcs = 22_000_000;
const mostArcs = 120_000_000;

/** Thrown where no whole roster was found to begin with, or time was over before. */
class NoStart extends Error {}

/** A first roster without annealing: one person after the other, then each again beside the others. */
function polished({ model, pricer, isOver }: Context, places: number[]): Standing {
  const first = construct(model, pricer, places);
  if ('place' in first) {
    if (first.isProven) throw new ImpossiblePerson(model.problem.people[first.place]?.id ?? '');
    throw new NoStart();
  }
  const standing = new Standing(model, first);
  polish(standing, pricer, places, isOver);
  return standing;
}

function firstOfLong(context: Context, board: Board, length: number): Standing {
  let best: Standing | undefined;
  for (const roster of rolls(context, unitOf(context.model), length)) {
    const found = new Standing(context.model, roster);
    if (best === undefined || found.total() < best.total()) best = found;
    board.better(best);
  }
  const other = board.ask(best?.total() ?? Infinity);
  if (other !== undefined) best = new Standing(context.model, other);
  if (best === undefined) throw new NoStart();
  return best;
}

function shuffle(list: number[], random: () => number): void {
  for (let index = list.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [list[index], list[other]] = [list[other] as number, list[index] as number];
  }
}

try {
  say({ kind: 'done', effort: await work(order) });
} catch (error) {
  if (error instanceof ImpossiblePerson) say({ kind: 'impossible', person: error.person });
  else if (error instanceof NoStart || error instanceof TimeIsOver) say({ kind: 'done', effort: 0 });
  else throw error;
}
