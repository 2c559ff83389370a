import type { AutomatonRule, BlockRule, CountRule, PatternRule, Problem, Rule, RunRule } from '../types.ts';
import type { Machine } from './machine.ts';
import { windowMachine } from './window-machine.ts';

/** The machine of a rule of `problem`. */
export function machineOf(rule: Rule, problem: Problem): Machine {
  switch (rule.kind) {
    case 'run':
      return runMachine(rule);
    case 'count':
      return countMachine(rule, problem);
    case 'blocks':
      return blockMachine(rule, problem);
    case 'pattern':
      return patternMachine(rule);
    case 'window':
      return windowMachine(rule, problem);
    case 'automaton':
      return automatonMachine(rule);
  }
}

const times = (units: number, weight: number): number => (units <= 0 ? 0 : units * weight);

/** States: 0 outside a run; 1..cap its length; cap+1..2cap the same for a first run that is free from the minimum. */
function runMachine(rule: Rule & RunRule): Machine {
  const { min, max, minWeight, maxWeight } = rule;
  const inside = new Set(rule.choices);
  const cap = Math.max(1, Number.isFinite(max) ? max : min, Number.isFinite(max) ? min : 0);
  const before = rule.before === 'unknown' ? 0 : Math.min(rule.before, cap);
  const isFree = rule.before === 'unknown' && min > 1;
  const close = (state: number): number =>
    state > cap ? 0 : times(state === 0 ? 0 : min - state, minWeight);
  const machine: Machine = {
    rule,
    size: 2 * cap + 1,
    start: before,
    paid: 0,
    step(state, day, choice) {
      if (!inside.has(choice)) {
        const paid = close(state);
        if (paid === Infinity) return -1;
        machine.paid = paid;
        return 0;
      }
      const free = state > cap || (day === 0 && isFree);
      const length = (state > cap ? state - cap : state) + 1;
      machine.paid = length > max ? maxWeight : 0;
      if (machine.paid === Infinity) return -1;
      const next = Math.min(length, cap);
      return free && next < min ? next + cap : next;
    },
    end: (state) => (rule.openEnd ? 0 : close(state)),
    kindOf: (choice) => (inside.has(choice) ? '1' : '0'),
  };
  return machine;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** States count units above `start`, up to where more makes no difference. */
function countMachine(rule: Rule & CountRule, problem: Problem): Machine {
  const { min, max, minWeight, maxWeight } = rule;
  const special = new Map(rule.onDay?.map(({ day, amounts }) => [day, amounts]));
  const all = [...rule.amounts, ...(rule.onDay ?? []).flatMap(({ amounts }) => amounts)];
  const unit = all.reduce((found, amount) => gcd(found, Math.round(amount)), 0) || 1;
  const from = Math.max(0, rule.from);
  const to = Math.min(problem.days - 1, rule.to);
  const top = Number.isFinite(max) ? Math.max(max, min) : Math.max(0, min);
  const cap = Math.max(0, Math.ceil((top - rule.start) / unit));
  const over = (value: number): number => times(value - max, maxWeight);
  const mostADay = Math.max(0, ...all);
  const cannotReach = (state: number, day: number): boolean =>
    minWeight === Infinity && state < cap && rule.start + state * unit + (to - day) * mostADay < min;
  const under = (state: number): number =>
    state === cap && cap > 0 ? 0 : times(min - rule.start - state * unit, minWeight);
  const machine: Machine = {
    rule,
    size: cap + 1,
    start: 0,
    paid: 0,
    step(state, day, choice) {
      machine.paid = 0;
      if (day < from || day > to) return state;
      const amount = (special.get(day) ?? rule.amounts)[choice] ?? 0;
      const value = rule.start + state * unit;
      let next = state;
      if (amount > 0) {
        const paid = over(value + amount) - (over(value) === Infinity ? 0 : over(value));
        if (paid === Infinity) return -1;
        machine.paid = paid;
        next = Math.min(cap, state + amount / unit);
      }
      if (day < to) return cannotReach(next, day) ? -1 : next;
      const lacking = under(next);
      if (lacking === Infinity) return -1;
      machine.paid += lacking;
      return 0;
    },
    end: () => 0,
    kindOf: (choice) => [rule.amounts, ...special.values()].map((amounts) => amounts[choice] ?? 0).join(),
  };
  return machine;
}

/** States: blocks counted so far, twice: whether the block that is open has been counted. */
function blockMachine(rule: Rule & BlockRule, problem: Problem): Machine {
  const { min, max, minWeight, maxWeight } = rule;
  const inside = new Set(rule.choices);
  const blockDay = new Int8Array(problem.days);
  for (const block of rule.blocks) {
    const days = block.filter((day) => day >= 0 && day < problem.days);
    days.forEach((day, index) => (blockDay[day] = index === days.length - 1 ? 2 : 1));
  }
  const lastDay = blockDay.findLastIndex((kind) => kind !== 0);
  const cap = Math.max(0, (Number.isFinite(max) ? Math.max(max, min) : min) - rule.start);
  const machine: Machine = {
    rule,
    size: 2 * (cap + 1),
    start: 0,
    paid: 0,
    step(state, day, choice) {
      machine.paid = 0;
      if (blockDay[day] === 0) return state;
      let count = state >> 1;
      let isCounted = (state & 1) === 1;
      if (!isCounted && inside.has(choice)) {
        if (rule.start + count + 1 > max) machine.paid = maxWeight;
        if (machine.paid === Infinity) return -1;
        count = Math.min(cap, count + 1);
        isCounted = true;
      }
      if (blockDay[day] === 2) isCounted = false;
      if (day < lastDay) return count * 2 + (isCounted ? 1 : 0);
      const lacking = times(min - rule.start - count, minWeight);
      if (lacking === Infinity) return -1;
      machine.paid += lacking;
      return 0;
    },
    end: () => (lastDay < 0 ? times(min - rule.start, minWeight) : 0),
    kindOf: (choice) => (inside.has(choice) ? '1' : '0'),
  };
  return machine;
}

/** The state's bits say how many first steps of the pattern are behind us: bit k-1 for k steps. */
function patternMachine(rule: Rule & PatternRule): Machine {
  const length = rule.steps.length;
  const steps = rule.steps.map((choices) => new Set(choices));
  const starts = rule.starts === undefined ? undefined : new Set(rule.starts);
  const fits = (choice: number): number =>
    steps.reduce((bits, choices, index) => (choices.has(choice) ? bits | (1 << index) : bits), 0);
  const full = 1 << (length - 1);
  const machine: Machine = {
    rule,
    size: full,
    start: 0,
    paid: 0,
    step(state, day, choice) {
      const open = (state << 1) | (starts === undefined || starts.has(day) ? 1 : 0);
      const reached = open & fits(choice);
      machine.paid = (reached & full) === 0 ? 0 : rule.weight;
      return machine.paid === Infinity ? -1 : reached & (full - 1);
    },
    end: () => 0,
    kindOf: (choice) => String(fits(choice)),
  };
  return machine;
}

function automatonMachine(rule: Rule & AutomatonRule): Machine {
  const machine: Machine = {
    rule,
    size: rule.next[0]?.length ?? 1,
    start: rule.start,
    paid: 0,
    step(state, day, choice) {
      const table = rule.tables?.[day] ?? 0;
      const paid = rule.cost?.[table]?.[state]?.[choice] ?? 0;
      if (paid === Infinity) return -1;
      machine.paid = paid;
      return rule.next[table]?.[state]?.[choice] ?? -1;
    },
    end: (state) => rule.final?.[state] ?? 0,
    kindOf: (choice) =>
      JSON.stringify(
        [rule.next, rule.cost ?? []].map((all) => all.map((states) => states.map((row) => row[choice]))),
      ),
  };
  return machine;
}
