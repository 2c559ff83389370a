import { costOfRule, hardPart, isSoft } from './explain/index.ts';
import { solve, type Solution, type SolveOptions } from './solve.ts';
import type { Problem, Roster } from './types.ts';

/** Something that only costs when it is not kept: a rule or a wish, for one or more people. */
export type SoftRule = { id: string; words: string; people: number };

export type Price = {
  /** What is paid for breaking these rules in the best roster found with them. */
  paid: number;
  /** What everything else costs in the best roster found with these rules, and without them. */
  with: number;
  without: number;
  /** The difference: what these rules cost in requests, cover and money. At least 0; exact where both are proven. */
  price: number;
  isProven: boolean;
};

/** All that is soft in a problem, in the order in which it is first met. */
export function softRules(problem: Problem): SoftRule[] {
  const found = new Map<string, SoftRule>();
  for (const { rules, wishes } of problem.people) {
    const mine = [
      ...rules.filter(isSoft),
      ...wishes.filter(({ weight }) => weight !== 0 && weight !== Infinity),
    ];
    for (const [id, words] of new Map(mine.map((each) => [each.id, each.words]))) {
      const known = found.get(id) ?? { id, words, people: 0 };
      found.set(id, { ...known, people: known.people + 1 });
    }
  }
  return [...found.values()];
}

/**
 * The price of soft rules (fairness, say): what all the rest would save without them. What must hold of them still holds.
 * Nothing where there is no roster. The roster with the rules can be given, if it was found before.
 */
export async function priceOf(
  problem: Problem,
  ids: readonly string[],
  options: SolveOptions,
  known?: Solution,
): Promise<Price | undefined> {
  const kept = known ?? (await solve(problem, options));
  if ('impossible' in kept) return undefined;
  const free = await solve(without(problem, ids), { ...options, start: kept.roster });
  if ('impossible' in free) return undefined;
  const paid = costOf(problem, ids, kept.roster);
  const rest = kept.cost - paid;
  return {
    paid,
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
      rules: person.rules.flatMap((rule) => (ids.includes(rule.id) ? (hardPart(rule) ?? []) : rule)),
      wishes: person.wishes.filter(({ id, weight }) => !ids.includes(id) || weight === Infinity),
    })),
  };
}

function costOf(problem: Problem, ids: readonly string[], roster: Roster): number {
  return problem.people.reduce((sum, { rules, wishes }, place) => {
    const mine = rules.filter(({ id }) => ids.includes(id));
    const days = roster[place] ?? new Uint8Array(problem.days);
    const refused = wishes.filter(
      ({ id, day, choices, weight }) =>
        ids.includes(id) && weight !== Infinity && choices.includes(days[day] ?? 0),
    );
    return (
      sum +
      mine.reduce((paid, rule) => paid + costOfRule(problem, rule, days).cost, 0) +
      refused.reduce((paid, { weight }) => paid + weight, 0)
    );
  }, 0);
}
