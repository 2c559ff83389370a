import type { Machine, Stepper } from './machine.ts';
import { minimised } from './minimise.ts';

const maxStates = 4000;

/**
 * One machine that does the work of several whose steps are the same on every day but the first: runs, successions.
 * Its steps are looked up in a table, so that the graph is built fast. The others are given back as they are.
 */
export function steadyJoined(machines: Machine[], choices: number, firstDay = 0): (Machine | Stepper)[] {
  const steady = machines.filter(isSteady);
  const table = steady.length < 2 ? undefined : tabulate(steady, choices, firstDay);
  return table === undefined ? machines : [table, ...machines.filter((machine) => !isSteady(machine))];
}

/** Over fewer days than this, limits on one sum reach so few states that joining them takes longer than it spares. */
const manyDays = 14;

/** The same, and one machine for all limits on the same sum over the same days. */
export function joined(machines: Machine[], days: number, choices: number, firstDay = 0): Stepper[] {
  const bySum = Map.groupBy(steadyJoined(machines, choices, firstDay), (machine) =>
    'rule' in machine && machine.rule.kind === 'count'
      ? JSON.stringify([machine.rule.amounts, machine.rule.onDay, machine.rule.from, machine.rule.to])
      : machine,
  );
  const isWorth = days >= manyDays;
  return [...bySum.values()].flatMap((same) =>
    same.length < 2 || !isWorth ? same : (together(same, days, choices) ?? same),
  );
}

/**
 * One machine of those lists of states that some machines can be in together, which are few for limits on one sum; nothing where they
 * are too many.
 */
function together(machines: Stepper[], days: number, choices: number): [Stepper] | undefined {
  const lists = [machines.map(({ start }) => start)];
  const numbers = new Map([[String(lists[0]), 0]]);
  const step = (state: number, day: number, choice: number): { list: number[]; paid: number } | undefined => {
    let paid = 0;
    const list: number[] = [];
    for (const [index, machine] of machines.entries()) {
      const next = machine.step(lists[state]?.[index] ?? 0, day, choice);
      if (next < 0) return undefined;
      paid += machine.paid;
      list.push(next);
    }
    return { list, paid };
  };
  let reached = new Set([0]);
  for (let day = 0; day < days; day++) {
    if (lists.length > maxStates) return undefined;
    const next = new Set<number>();
    for (const state of reached) {
      for (let choice = 0; choice < choices; choice++) {
        const list = step(state, day, choice)?.list;
        if (list === undefined) continue;
        const number = numbers.get(String(list)) ?? lists.push(list) - 1;
        numbers.set(String(list), number);
        next.add(number);
      }
    }
    reached = next;
  }
  const stepper: Stepper = {
    size: lists.length,
    start: 0,
    paid: 0,
    step(state, day, choice) {
      const next = step(state, day, choice);
      stepper.paid = next?.paid ?? 0;
      return next === undefined ? -1 : (numbers.get(String(next.list)) ?? -1);
    },
    end: (state) =>
      machines.reduce((sum, machine, index) => sum + machine.end(lists[state]?.[index] ?? 0), 0),
    kindOf: (choice) => machines.map((machine) => machine.kindOf(choice)).join('|'),
  };
  return [stepper];
}

/** Whether a machine's steps are the same on every day but the first. */
export const isSteady = ({ rule }: Machine): boolean =>
  rule.kind === 'run' ||
  (rule.kind === 'pattern' && rule.starts === undefined) ||
  (rule.kind === 'automaton' && rule.tables === undefined);

function tabulate(machines: Machine[], choices: number, firstDay: number): Stepper | undefined {
  const kinds = Array.from({ length: choices }, (_, choice) =>
    machines.map((machine) => machine.kindOf(choice)).join('|'),
  );
  const samples = kinds.flatMap((kind, choice) => (kinds.indexOf(kind) === choice ? [choice] : []));
  const states = [machines.map((machine) => machine.start)];
  const known = new Map<string, number>();
  const next: Int32Array[] = [];
  const cost: Float64Array[] = [];
  for (let state = 0; state < states.length; state++) {
    if (states.length > maxStates) return undefined;
    const to = new Int32Array(choices).fill(-1);
    const paid = new Float64Array(choices);
    for (const choice of samples) {
      const target: number[] = [];
      for (const [index, machine] of machines.entries()) {
        const reached = machine.step(
          states[state]?.[index] ?? 0,
          state === 0 && firstDay === 0 ? 0 : 1,
          choice,
        );
        if (reached < 0) break;
        paid[choice] = (paid[choice] ?? 0) + machine.paid;
        target.push(reached);
      }
      if (target.length < machines.length) continue;
      const key = target.join();
      const found = known.get(key) ?? states.push(target) - 1;
      known.set(key, found);
      to[choice] = found;
    }
    kinds.forEach((kind, choice) => {
      const sample = kinds.indexOf(kind);
      to[choice] = to[sample] ?? -1;
      paid[choice] = paid[sample] ?? 0;
    });
    next.push(to);
    cost.push(paid);
  }
  const ends = states.map((each) =>
    machines.reduce((sum, machine, index) => sum + machine.end(each[index] ?? 0), 0),
  );
  return stepperOf(minimised({ next, cost, ends }, samples), kinds);
}

function stepperOf({ next, cost, ends, start }: ReturnType<typeof minimised>, kinds: string[]): Stepper {
  const stepper: Stepper = {
    size: next.length,
    start,
    paid: 0,
    step(state, _day, choice) {
      stepper.paid = cost[state]?.[choice] ?? 0;
      return next[state]?.[choice] ?? -1;
    },
    end: (state) => ends[state] ?? 0,
    kindOf: (choice) => kinds[choice] ?? '',
  };
  return stepper;
}
