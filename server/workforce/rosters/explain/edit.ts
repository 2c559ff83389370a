import { machineOf, type Machine } from '../engine/index.ts';
import type { Cover, Problem, Roster, Rule, Wish } from '../types.ts';

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

/** The rows of cover that count something on a day, each with how many count in it now. */
export type DayCover = { row: Cover; count: number }[];

export const coverOn = (problem: Problem, roster: Roster, day: number): DayCover =>
  problem.cover.flatMap((row) =>
    row.parts.some((part) => part.day === day) ? [{ row, count: countIn(row, roster) }] : [],
  );

/** Judges one edit by the rules that made the roster: what it breaks, and what it costs. */
export function checkEdit(
  problem: Problem,
  roster: Roster,
  edit: Edit,
  cover = coverOn(problem, roster, edit.day),
): Verdict {
  const grounds = [...personGrounds(problem, roster, edit), ...coverGrounds(roster, edit, cover)];
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

const machines = new WeakMap<Problem, Map<Rule, Machine>>();

/** The machine of a rule, made once for each problem. */
function machineFor(rule: Rule, problem: Problem): Machine {
  const known = machines.get(problem) ?? new Map<Rule, Machine>();
  machines.set(problem, known);
  const machine = known.get(rule) ?? machineOf(rule, problem);
  known.set(rule, machine);
  return machine;
}

/** What one rule costs over a person's days; `day` is where a hard one breaks. */
export function costOfRule(problem: Problem, rule: Rule, days: Uint8Array): { cost: number; day?: number } {
  const machine = machineFor(rule, problem);
  let state = machine.start;
  let cost = 0;
  for (let day = 0; day < days.length; day++) {
    state = machine.step(state, day, days[day] ?? 0);
    if (state < 0) return { cost: Infinity, day };
    cost += machine.paid;
  }
  return { cost: cost + machine.end(state) };
}

/** How many more count in a row when a person has another choice on a day. */
function changeIn(row: Cover, { person, day, choice }: Edit, old: number): number {
  if (row.people !== undefined && !row.people.includes(person)) return 0;
  let change = 0;
  for (const part of row.parts) {
    if (part.day !== day) continue;
    if (part.choices.includes(choice)) change += 1;
    if (part.choices.includes(old)) change -= 1;
  }
  return change;
}

function coverGrounds(roster: Roster, edit: Edit, cover: DayCover): Ground[] {
  const old = roster[edit.person]?.[edit.day] ?? 0;
  return cover.flatMap(({ row, count }) => {
    const change = changeIn(row, edit, old);
    if (change === 0) return [];
    const now = stepsCost(row, count + change);
    const then = stepsCost(row, count);
    if (now === then) return [];
    const cost = now === Infinity ? (then === Infinity ? 0 : Infinity) : then === Infinity ? 0 : now - then;
    return [{ id: 'cover', words: row.words, cost, day: edit.day }];
  });
}

/** What it costs in cover that some people have other choices on one day; Infinity where more rows then miss what must hold. */
export function coverCost(roster: Roster, edits: readonly Edit[], cover: DayCover): number {
  let [cost, missed] = [0, 0];
  for (const { row, count } of cover) {
    const change = edits.reduce(
      (sum, edit) => sum + changeIn(row, edit, roster[edit.person]?.[edit.day] ?? 0),
      0,
    );
    if (change === 0) continue;
    const [then, now] = [stepsCost(row, count), stepsCost(row, count + change)];
    missed += (now === Infinity ? 1 : 0) - (then === Infinity ? 1 : 0);
    cost += (now === Infinity ? 0 : now) - (then === Infinity ? 0 : then);
  }
  return missed > 0 ? Infinity : cost;
}

function stepsCost({ wanted, under, over }: Cover, count: number): number {
  let rest = Math.abs(count - wanted);
  let cost = 0;
  for (const step of count < wanted ? under : over) {
    const taken = Math.min(rest, step.count);
    if (taken > 0 && step.weight !== 0) cost += taken * step.weight;
    rest -= taken;
  }
  return cost;
}

function countIn(row: Cover, roster: Roster): number {
  let count = 0;
  const add = (days: Uint8Array | undefined): void => {
    for (const { day, choices } of row.parts) if (choices.includes(days?.[day] ?? 0)) count += 1;
  };
  if (row.people === undefined) for (const days of roster) add(days);
  else for (const place of row.people) add(roster[place]);
  return count;
}
