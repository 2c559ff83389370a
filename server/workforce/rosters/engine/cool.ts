import type { Roster } from '../types.ts';
import { Anneal } from './anneal.ts';
import { unitOf } from './common-unit.ts';
import type { Context } from './context.ts';
import { canExchange, exchanged, exchangeFactor, freshHeat, isCovered, leastHeat } from './exchange.ts';
import { hardCover, type Model } from './model.ts';
import type { Pressure } from './pressure.ts';
import { Standing } from './standing.ts';

export type CoolLimits = {
  seconds: number;
  /** With these, the number of changes does not depend on the clock. */
  moves?: number;
  /** Each day of each person is worth so many changes, even where that takes more than the seconds given. */
  movesADay?: number;
  /** A roster to begin with; then it is warmed only a little. */
  start?: Roster;
  better(standing: Standing): void;
  sample?(roster: Roster): void;
  pressure?: Pressure;
};

/** Where nothing else is said about `movesADay`; but never more than a share of the time left. */
const usualMoves = 2500;
const mostShare = 0.4;

/** Changes tried to learn how long they take, and as many for each day of each person. */
const leastTrial = 100_000;
const trialADay = 4;

/** The best roster that annealing finds in some seconds, or nothing where it finds none that keeps every person's rules. */
export function cooled(
  { model, random, isOver, secondsLeft }: Context,
  limits: CoolLimits,
): Standing | undefined {
  const { start } = limits;
  const anneal = new Anneal(model, random, start);
  if (!anneal.isPossible) return undefined;
  const { weight, hard, cover } = firmnessOf(model);
  const { days, people } = model.problem;
  const trial = Math.max(leastTrial, trialADay * days * people.length);
  let best: Standing | undefined;
  const run = (moves: number, hot: number): void =>
    anneal.run({
      moves,
      hot,
      cold: weight * 0.005,
      hard: [weight, hard],
      cover: [moves === trial ? cover : weight / 2, cover],
      isOver,
      better: (roster, cost) => {
        if (cost >= (best?.total() ?? Infinity)) return;
        best = new Standing(model, roster);
        limits.better(best);
      },
      ...(limits.sample === undefined ? {} : { sample: limits.sample }),
      ...(limits.pressure === undefined || moves === trial ? {} : { pressure: limits.pressure }),
    });
  const exchange = (moves: number): Standing | undefined => {
    if (best === undefined || !canExchange(model) || !isCovered(best)) return best;
    const cold = unitOf(model) * leastHeat;
    const heats = { hot: Math.max(cold, weight * freshHeat), cold };
    const found = exchanged(random, best, { moves: moves * exchangeFactor, ...heats, isOver });
    if (found.total() >= best.total()) return best;
    limits.better(found);
    return found;
  };
  const hot = weight * (start === undefined ? 0.3 : 0.05);
  if (limits.moves !== undefined) {
    run(limits.moves, hot);
    return exchange(limits.moves);
  }
  const until = Date.now() + limits.seconds * 1000;
  const began = Date.now();
  run(trial, hot);
  const rate = trial / Math.max(1, Date.now() - began);
  const wanted = (limits.movesADay ?? usualMoves) * days * people.length;
  const enough = Math.min(wanted, rate * secondsLeft() * 1000 * mostShare);
  const moves = Math.max(trial, enough, rate * (until - Date.now()));
  run(moves, hot);
  return exchange(moves);
}

/** What breaking a hard sum or hard cover costs at the end of annealing, beside what a missing person or a wish costs. */
export function firmnessOf(model: Model): { weight: number; hard: number; cover: number } {
  const weight = typicalWeight(model);
  const dearest = hasHardCover(model) ? 4 * hardCover : 0;
  return { weight, hard: Math.max(weight * 20, dearest), cover: Math.max(weight * 20, dearest / 4) };
}

const hasHardCover = ({ problem }: Model): boolean =>
  problem.cover.some(({ under, over }) => [...under, ...over].some(({ weight }) => weight === Infinity));

/** About what a missing person costs, or a broken wish where cover is hard. */
function typicalWeight({ problem }: Model): number {
  const cover = finite(problem.cover.flatMap(({ under }) => under.map(({ weight }) => weight)));
  const wishes = finite(problem.people.flatMap((person) => person.wishes.map(({ weight }) => weight)));
  const rules = finite(
    problem.people.flatMap((person) =>
      person.rules.flatMap((rule) => ('minWeight' in rule ? [rule.minWeight, rule.maxWeight] : [])),
    ),
  );
  if (cover.length > 0) return mean(cover);
  return wishes.length + rules.length > 0 ? mean([...wishes, ...rules]) * 4 : 100;
}

const finite = (weights: number[]): number[] =>
  weights.filter((weight) => Number.isFinite(weight) && weight > 0);

const mean = (list: number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;
