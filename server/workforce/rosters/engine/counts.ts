import type { BlockRule, CountRule } from '../types.ts';
import { isSteady, steadyJoined } from './join.ts';
import type { Machine, Stepper } from './machine.ts';

/** Steps that are the same on every day, flat: `next[state * choices + choice]`, -1 where forbidden. */
export type Table = { start: number; next: Int32Array; cost: Float64Array; ends: Float64Array };

/** What one unit of a broken hard limit costs at present, and the tables that people with equal rules share. */
export type Common = { choices: number; hard: number; tables: Map<string, Table> };

export type Sum = {
  rule: CountRule;
  special: Map<number, number[]> | undefined;
  minWeight: number;
  maxWeight: number;
  /** Whether a hard limit is priced by a share of this: the most that one day adds. */
  isHardMin: boolean;
  isHardMax: boolean;
};

export type Blocks = { rule: BlockRule; inside: Uint8Array; blockOf: Int16Array };

/** A limit on a sum, with what breaking it costs a unit. */
export function sumOf(rule: CountRule): Sum {
  const duty = Math.max(1e-9, ...rule.amounts);
  const isHardMin = rule.minWeight === Infinity;
  const isHardMax = rule.maxWeight === Infinity;
  return {
    rule,
    special:
      rule.onDay === undefined ? undefined : new Map(rule.onDay.map(({ day, amounts }) => [day, amounts])),
    minWeight: isHardMin ? 1 / duty : rule.minWeight,
    maxWeight: isHardMax ? 1 / duty : rule.maxWeight,
    isHardMin,
    isHardMax,
  };
}

/** Which sums a choice may add to, by week and choice: `week * choices + choice`. */
export function sumsByWeek(sums: readonly Sum[], days: number, choices: number): number[][] {
  return Array.from({ length: Math.ceil(days / 7) * choices }, (_, at) => {
    const first = 7 * Math.floor(at / choices);
    return sums.flatMap(({ rule, special }, index) => {
      const isIn = rule.from < first + 7 && rule.to >= first;
      return isIn && ((rule.amounts[at % choices] ?? 0) !== 0 || special !== undefined) ? [index] : [];
    });
  });
}

/** What a choice on a day adds to the sum. */
export function amountOf({ rule, special }: Sum, day: number, choice: number): number {
  if (day < rule.from || day > rule.to) return 0;
  return ((special === undefined ? undefined : special.get(day)) ?? rule.amounts)[choice] as number;
}

/** A rule on blocks of days, by day and choice. */
export function blocksOf(rule: BlockRule, days: number, choices: number): Blocks {
  const blockOf = new Int16Array(days).fill(-1);
  rule.blocks.forEach((block, index) => {
    for (const day of block) if (day >= 0 && day < days) blockOf[day] = index;
  });
  const inside = new Uint8Array(choices);
  for (const choice of rule.choices) inside[choice] = 1;
  return { rule, inside, blockOf };
}

/** The steady sequences as one flat table, shared by equal rules, and the machines that are left. */
export function tableOf(
  sequences: Machine[],
  { choices, tables }: Common,
): { table?: Table; rest: Stepper[] } {
  const key = JSON.stringify(
    sequences.map(({ rule }) => ({ ...rule, id: '', words: '' })),
    (_, value) => (value === Infinity ? 'inf' : (value as unknown)),
  );
  const known = tables.get(key);
  if (known !== undefined) return { table: known, rest: sequences.filter((machine) => !isSteady(machine)) };
  const steppers = steadyJoined(sequences, choices);
  const first = steppers[0];
  if (first === undefined || 'rule' in first) return { rest: steppers };
  const next = new Int32Array(first.size * choices);
  const cost = new Float64Array(next.length);
  for (let state = 0; state < first.size; state++) {
    for (let choice = 0; choice < choices; choice++) {
      next[state * choices + choice] = first.step(state, 1, choice);
      cost[state * choices + choice] = first.paid;
    }
  }
  const ends = Float64Array.from({ length: first.size }, (_, state) => first.end(state));
  const table = { start: first.start, next, cost, ends };
  tables.set(key, table);
  return { table, rest: steppers.filter((stepper) => 'rule' in stepper) };
}

/** What a total costs; a unit of a broken hard limit costs `hard`. */
export function sumCost(sum: Sum, total: number, hard: number): number {
  const { rule, minWeight, maxWeight, isHardMin, isHardMax } = sum;
  if (total < rule.min) return (rule.min - total) * minWeight * (isHardMin ? hard : 1);
  return total > rule.max ? (total - rule.max) * maxWeight * (isHardMax ? hard : 1) : 0;
}

/** What so many worked blocks cost; each that breaks a hard limit costs `hard`. */
export function blockCost(rule: BlockRule, worked: number, hard: number): number {
  const { min, max, minWeight, maxWeight } = rule;
  if (worked < min) return (min - worked) * (minWeight === Infinity ? hard : minWeight);
  return worked > max ? (worked - max) * (maxWeight === Infinity ? hard : maxWeight) : 0;
}

/** What the days from `from` on cost more where they begin in `begin` instead of the state they were reckoned with. */
export function behind(
  { next, cost, ends }: Table,
  choices: number,
  days: Uint8Array,
  states: Int32Array,
  begin: number,
  from: number,
): number {
  let state = begin;
  let more = 0;
  for (let day = from; day < days.length; day++) {
    if (state === states[day]) return more;
    const choice = days[day] as number;
    const at = state * choices + choice;
    state = next[at] as number;
    if (state < 0) return Infinity;
    more += (cost[at] as number) - (cost[(states[day] as number) * choices + choice] as number);
  }
  return more + (ends[state] as number) - (ends[states[days.length] as number] as number);
}
