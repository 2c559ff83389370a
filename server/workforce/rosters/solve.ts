import {
  bestOf,
  modelOf,
  provenWithin,
  share,
  shortages,
  Standing,
  stop,
  type Order,
} from './engine/index.ts';
import { runThreads } from './threads.ts';
import type { Problem, Roster, Rule } from './types.ts';

export type SolveOptions = {
  seconds: number;
  threads?: number;
  seed?: number;
  /** A roster to begin with. */
  start?: Roster;
  /** How many neighbourhoods each thread tries at most; then the answer with one thread does not depend on time. */
  turns?: number;
  signal?: AbortSignal;
  tell?: (progress: Progress) => void;
};

export type Progress = {
  seconds: number;
  /** The best roster's cost; Infinity before the first. */
  cost: number;
  /** No roster costs less. */
  bound: number;
  isLegal: boolean;
  /** The value of the relaxation while it is being solved. */
  relaxation?: number;
};

export type Solution = {
  roster: Roster;
  cost: number;
  bound: number;
  /** Whether every hard rule holds. Where cover could not be met, `shortages` says which rows. */
  isLegal: boolean;
  /** Whether no better roster exists. */
  isProven: boolean;
  shortages: number[];
  seconds: number;
};

/** Somebody's own rules leave no roster: no days can satisfy them all. */
export type Impossible = { impossible: string };

/** What no roster can cost less than, without a search: 0, but where something is paid for. */
export function floorOf({ people, cover }: Problem): number {
  const weights = [
    ...people.flatMap(({ wishes }) => wishes.map(({ weight }) => weight)),
    ...people.flatMap(({ rules }) => rules.flatMap(weightsOf)),
    ...cover.flatMap(({ under, over }) => [...under, ...over].map(({ weight }) => weight)),
  ];
  return weights.some((weight) => weight < 0) ? -Infinity : 0;
}

function weightsOf(rule: Rule): number[] {
  if (rule.kind === 'automaton') return [...(rule.cost ?? []).flat(2), ...(rule.final ?? [])];
  return 'weight' in rule ? [rule.weight] : [rule.minWeight, rule.maxWeight];
}

/**
 * The best roster found in the time given, with a bound that no roster can beat. Each person's days always satisfy the
 * person's hard rules; where hard cover cannot be met the least bad roster comes back, and is not called legal.
 */
export async function solve(problem: Problem, options: SolveOptions): Promise<Solution | Impossible> {
  const began = Date.now();
  const { seconds, threads = 1, seed = 1, start, turns = Infinity, signal, tell } = options;
  const shared = share(problem.people.length, problem.days, problem.cover.length);
  shared.numbers[1] = floorOf(problem);
  const elapsed = (): number => (Date.now() - began) / 1000;
  let impossible: string | undefined;
  let told = '';
  const report = (relaxation?: number): void => {
    const best = bestOf(shared);
    const cost = best?.cost ?? Infinity;
    const bound = shared.numbers[1] ?? -Infinity;
    const line = `${cost} ${bound} ${relaxation ?? ''}`;
    if (tell === undefined || line === told) return;
    told = line;
    const isLegal = best !== undefined && shortages(problem, best.roster).length === 0;
    tell({ seconds: elapsed(), cost, bound, isLegal, ...(relaxation === undefined ? {} : { relaxation }) });
  };
  const orders = Array.from({ length: Math.max(1, threads) }, (_, index): Order => ({
    problem,
    shared,
    seed: seed + index * 7919,
    isLead: index === 0,
    until: began + seconds * 1000,
    turns,
    ...(start === undefined ? {} : { start }),
  }));
  await runThreads(orders, signal, (news) => {
    if (news.kind === 'changed') report();
    else if (news.kind === 'relaxation') report(news.value);
    else if (news.kind === 'impossible') {
      impossible = news.person;
      stop(shared);
    }
  });
  const best = bestOf(shared);
  if (best === undefined) return { impossible: impossible ?? '' };
  const missing = shortages(problem, best.roster);
  const cost = new Standing(modelOf(problem, { isWhole: false }), best.roster).total();
  return {
    ...best,
    cost,
    bound: Math.min(best.bound, cost),
    isLegal: missing.length === 0 && Number.isFinite(cost),
    isProven: cost <= best.bound + provenWithin,
    shortages: missing,
    seconds: elapsed(),
  };
}
