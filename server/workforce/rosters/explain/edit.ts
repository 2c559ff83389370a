import { machineOf } from '../engine/index.ts';
import type { Problem, Roster, Rule, Wish } from '../types.ts';

/** A change of one day of one person. */
export type Edit = { person: number; day: number; choice: number };

/** A rule or wish that bears on an edit. `cost` is what it costs more (less where negative); Infinity: it forbids the edit. */
export type Ground = { id: string; words: string; cost: number; day?: number };

export type Verdict = {
  isLegal: boolean;
  /** What it costs more in all: the person's rules and wishes, and cover. */
  cost: number;
  grounds: Ground[];
};

/** Judges one edit by the rules that made the roster: what it breaks, and what it costs. */
export function checkEdit(problem: Problem, roster: Roster, edit: Edit): Verdict {
  const grounds = [...personGrounds(problem, roster, edit), ...coverGrounds(problem, roster, edit)];
  return {
    isLegal: grounds.every(({ cost }) => cost !== Infinity),
    cost: grounds.reduce((sum, { cost }) => sum + cost, 0),
    grounds: grounds.toSorted((a, b) => b.cost - a.cost),
  };
}

/** What an edit breaks and costs by the rules and wishes of its person alone. */
export function personGrounds(problem: Problem, roster: Roster, { person, day, choice }: Edit): Ground[] {
  const who = problem.people[person];
  const before = roster[person] ?? new Uint8Array(problem.days);
  const after = before.slice();
  after[day] = choice;
  const wishes = (who?.wishes ?? []).filter((wish) => wish.day === day);
  return [
    ...wishes.flatMap((wish) => difference(wish, has(wish, choice) - has(wish, before[day] ?? 0), day)),
    ...(who?.rules ?? []).flatMap((rule) => {
      const now = costOfRule(problem, rule, after);
      const then = costOfRule(problem, rule, before);
      if (now.cost === then.cost) return [];
      const cost = now.cost === Infinity ? Infinity : then.cost === Infinity ? 0 : now.cost - then.cost;
      return [{ id: rule.id, words: rule.words, cost, ...(now.day === undefined ? {} : { day: now.day }) }];
    }),
  ];
}

const has = ({ choices }: Wish, choice: number): number => (choices.includes(choice) ? 1 : 0);

function difference({ id, words, weight }: Wish, change: number, day: number): Ground[] {
  if (change === 0 || (change < 0 && weight === Infinity)) return [];
  return [{ id, words, cost: change * weight, day }];
}

/** What one rule costs over a person's days; `day` is where a hard one breaks. */
export function costOfRule(problem: Problem, rule: Rule, days: Uint8Array): { cost: number; day?: number } {
  const machine = machineOf(rule, problem);
  let state = machine.start;
  let cost = 0;
  for (let day = 0; day < days.length; day++) {
    state = machine.step(state, day, days[day] ?? 0);
    if (state < 0) return { cost: Infinity, day };
    cost += machine.paid;
  }
  return { cost: cost + machine.end(state) };
}

function coverGrounds(problem: Problem, roster: Roster, { person, day, choice }: Edit): Ground[] {
  const old = roster[person]?.[day] ?? 0;
  return problem.cover.flatMap((row) => {
    if (row.people !== undefined && !row.people.includes(person)) return [];
    const part = row.parts.filter((each) => each.day === day);
    const change =
      part.filter(({ choices }) => choices.includes(choice)).length -
      part.filter(({ choices }) => choices.includes(old)).length;
    if (change === 0) return [];
    const count = countIn(row, roster);
    const now = stepsCost(row, count + change);
    const then = stepsCost(row, count);
    if (now === then) return [];
    const cost = now === Infinity ? (then === Infinity ? 0 : Infinity) : then === Infinity ? 0 : now - then;
    return [{ id: 'cover', words: row.words, cost, day }];
  });
}

/** What the rows of cover on a day cost, and how many of them miss what must hold. */
export function coverOnDay(problem: Problem, roster: Roster, day: number): { cost: number; missed: number } {
  let [cost, missed] = [0, 0];
  for (const row of problem.cover) {
    if (!row.parts.some((part) => part.day === day)) continue;
    const paid = stepsCost(row, countIn(row, roster));
    if (paid === Infinity) missed += 1;
    else cost += paid;
  }
  return { cost, missed };
}

function stepsCost({ wanted, under, over }: Problem['cover'][number], count: number): number {
  let rest = Math.abs(count - wanted);
  let cost = 0;
  for (const step of count < wanted ? under : over) {
    const taken = Math.min(rest, step.count);
    if (taken > 0 && step.weight !== 0) cost += taken * step.weight;
    rest -= taken;
  }
  return cost;
}

function countIn(row: Problem['cover'][number], roster: Roster): number {
  let count = 0;
  const add = (days: Uint8Array | undefined): void => {
    for (const { day, choices } of row.parts) if (choices.includes(days?.[day] ?? 0)) count += 1;
  };
  if (row.people === undefined) for (const days of roster) add(days);
  else for (const place of row.people) add(roster[place]);
  return count;
}
