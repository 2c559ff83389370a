import { costOfRule } from './explain/index.ts';
import { solve, type SolveOptions } from './solve.ts';
import type { Problem, Roster } from './types.ts';

export type Price = {
  /** What everything else costs in the best roster found with these rules, and without them. */
  with: number;
  without: number;
  /** The difference: what these rules cost in requests, cover and money. Near 0 where the two searches are not proven. */
  price: number;
  isProven: boolean;
};

/** The price of soft rules (fairness, say): what all the rest would save without them. Nothing where there is no roster. */
export async function priceOf(
  problem: Problem,
  ids: readonly string[],
  options: SolveOptions,
): Promise<Price | undefined> {
  const bare = without(problem, ids);
  const [kept, free] = [await solve(problem, options), await solve(bare, options)];
  if ('impossible' in kept || 'impossible' in free) return undefined;
  const rest = kept.cost - costOf(problem, ids, kept.roster);
  return {
    with: rest,
    without: free.cost,
    price: rest - free.cost,
    isProven: kept.isProven && free.isProven,
  };
}

function without(problem: Problem, ids: readonly string[]): Problem {
  return {
    ...problem,
    people: problem.people.map((person) => ({
      ...person,
      rules: person.rules.filter(({ id }) => !ids.includes(id)),
    })),
  };
}

function costOf(problem: Problem, ids: readonly string[], roster: Roster): number {
  return problem.people.reduce((sum, { rules }, place) => {
    const mine = rules.filter(({ id }) => ids.includes(id));
    const days = roster[place] ?? new Uint8Array(problem.days);
    return sum + mine.reduce((paid, rule) => paid + costOfRule(problem, rule, days).cost, 0);
  }, 0);
}
