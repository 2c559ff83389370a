import type { Duty, Rule, Wish } from '../types.ts';
import type { Contract, Past } from './inrc2-files.ts';

/**
 * What is said of the shifts and weekends that each nurse works in all weeks of the scenario: nothing ('free'), or what
 * these weeks may use of them, with so many weeks of the scenario left when they begin.
 */
export type Totals = { weeks: number; left: number } | 'free';

/** Some weeks of a scenario: their duties, the days of each weekend, and where they stand in it. */
type Stage = { duties: Duty[]; weekends: number[][]; weeks: number; left: number };

/** Costs of a shift and a weekend beyond a contract. Source: Ceschia and others 2015, "The second international nurse rostering competition". */
const weights = { shifts: 20, weekends: 30 };

/** What totals already cost before day 0: it is paid whatever the roster is. */
export function paidBefore(contract: Contract, past: Past, duties: Duty[]): Wish[] {
  const always = (id: string, units: number, weight: number, words: string): Wish[] =>
    units <= 0 ? [] : [{ day: 0, choices: [0, ...work(duties)], weight: units * weight, id, words }];
  return [
    ...always(
      'assignments',
      past.shifts - contract.shifts.max,
      weights.shifts,
      'had worked more shifts before',
    ),
    ...always(
      'weekends',
      past.weekends - contract.weekends,
      weights.weekends,
      'had worked more weekends before',
    ),
  ];
}

/**
 * Rules on totals. At the end of the scenario they count as they are. Before it, what is used beyond the share of the weeks
 * so far costs its weight, and what is used within it a part of that weight, for whoever is likely to use up the whole.
 */
export function totalRules(contract: Contract, past: Past, stage: Stage): Rule[] {
  const { duties, weekends, weeks, left } = stage;
  const isLast = weekends.length === left;
  const share = (weeks - left + weekends.length) / weeks;
  const price = isLast ? { shift: 0, weekend: 0 } : priceOf(contract, past, left);
  const shifts = {
    kind: 'count' as const,
    id: 'assignments',
    amounts: duties.map((_, choice) => (choice === 0 ? 0 : 1)),
    from: 0,
    to: 7 * weekends.length - 1,
  };
  const blocks = { kind: 'blocks' as const, id: 'weekends', blocks: weekends, choices: work(duties) };
  const none = { start: 0, min: 0, max: 0, minWeight: 0 };
  return [
    {
      ...shifts,
      words: `works ${contract.shifts.min} to ${contract.shifts.max} shifts in all`,
      start: past.shifts,
      min: Math.floor(contract.shifts.min * share),
      max: Math.ceil(contract.shifts.max * share),
      minWeight: isLast ? weights.shifts : weights.shifts / 2,
      maxWeight: weights.shifts - price.shift,
    },
    {
      ...blocks,
      words: `works at most ${contract.weekends} weekends`,
      start: past.weekends,
      min: 0,
      max: Math.ceil(contract.weekends * share),
      minWeight: 0,
      maxWeight: weights.weekends - price.weekend,
    },
    ...(price.shift > 0
      ? [{ ...shifts, ...none, words: 'may need this shift later', maxWeight: price.shift }]
      : []),
    ...(price.weekend > 0
      ? [{ ...blocks, ...none, words: 'may need this weekend later', maxWeight: price.weekend }]
      : []),
  ];
}

/**
 * What a shift and a weekend within a contract are worth later: nothing to whoever cannot use up the contract in the weeks
 * left, and otherwise what one more costs at the end, times how likely it is that it comes to that.
 */
function priceOf(contract: Contract, past: Past, left: number): { shift: number; weekend: number } {
  const { shifts, weekends, work: run, free } = contract;
  const most = (reachable * 7 * left * run.max) / (run.max + free.min);
  return {
    shift: shifts.max - past.shifts < most ? likely * weights.shifts : 0,
    weekend: weekends - past.weekends < left ? likely * weights.weekends : 0,
  };
}

/**
 * Of the most days that runs of work and of free days leave room for, the part that is worked at most: full-time nurses of
 * n030w8 reach 36 to 40 of 40, mostly 38, in rosters of all weeks at once.
 */
const reachable = 0.93;

/**
 * How likely it is that a contract is used up. In the seven shared scenarios the best cover asks for 97% to 107% of all
 * contracts together. Half and three quarters were tried too (docs/rostering.md).
 */
const likely = 0.6;

/** All choices but a free day. */
export const work = (duties: Duty[]): number[] => duties.map((_, choice) => choice).slice(1);
