import { costOfRule } from './explain/index.ts';
import type { Cover, Problem, Roster } from './types.ts';

/** What a roster costs by all that is soft; what must hold and does not is left out. */
export function scoreOf(problem: Problem, roster: Roster): number {
  let score = problem.cover.reduce((sum, row) => sum + softCost(row, countIn(row, roster)), 0);
  for (const [place, { rules, wishes }] of problem.people.entries()) {
    const days = roster[place] ?? new Uint8Array(problem.days);
    for (const { day, choices, weight } of wishes)
      if (Number.isFinite(weight) && choices.includes(days[day] ?? 0)) score += weight;
    for (const rule of rules) {
      const { cost } = costOfRule(problem, rule, days);
      if (Number.isFinite(cost)) score += cost;
    }
  }
  return score;
}

function countIn({ parts, people }: Cover, roster: Roster): number {
  const counted = people === undefined ? roster : people.map((place) => roster[place]);
  return counted.reduce(
    (count, days) => count + parts.filter(({ day, choices }) => choices.includes(days?.[day] ?? 0)).length,
    0,
  );
}

function softCost({ wanted, under, over }: Cover, count: number): number {
  let rest = Math.abs(count - wanted);
  let cost = 0;
  for (const { count: most, weight } of count < wanted ? under : over) {
    const taken = Math.min(rest, most);
    if (taken > 0 && Number.isFinite(weight)) cost += taken * weight;
    rest -= taken;
  }
  return cost;
}
