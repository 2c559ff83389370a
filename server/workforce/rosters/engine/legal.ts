import type { Cover, Problem, Roster } from '../types.ts';

/** How many count in a row of cover. */
export function countIn(row: Cover, roster: Roster): number {
  const people = row.people ?? roster.map((_, person) => person);
  let count = 0;
  for (const person of people) {
    for (const { day, choices } of row.parts) if (choices.includes(roster[person]?.[day] ?? 0)) count += 1;
  }
  return count;
}

/** The rows of cover whose hard limits a roster breaks. */
export function shortages(problem: Problem, roster: Roster): number[] {
  return problem.cover.flatMap((row, index) => (isMet(row, countIn(row, roster)) ? [] : [index]));
}

function isMet({ wanted, under, over }: Cover, count: number): boolean {
  let rest = Math.abs(count - wanted);
  for (const step of count < wanted ? under : over) {
    if (rest <= 0) return true;
    if (step.weight === Infinity) return false;
    rest -= step.count;
  }
  return true;
}
