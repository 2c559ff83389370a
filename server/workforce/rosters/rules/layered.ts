import type { AutomatonRule } from '../types.ts';

export type Move = { state: string; cost: number };

/** A rule told as moves between named states, a day at a time. A cost of Infinity forbids the move. */
export type Machine = { start: string; move(day: number, state: string, choice: number): Move };

type Row = { next: number[]; cost: number[] };

/**
 * Turns a machine into the smallest automaton for a roster of so many days and choices: states of the same day
 * from which the same can follow become one. Undefined when nothing a roster does costs anything.
 */
export function layeredAutomaton(days: number, choices: number, machine: Machine): AutomatonRule | undefined {
  const layers = reachable(days, choices, machine);
  const tables: { rows: Row[] }[] = [];
  let classOf = new Map<string, number>([...layers[days]!].map((state) => [state, 0]));
  let costs = false;
  for (let day = days - 1; day >= 0; day--) {
    const rows: Row[] = [];
    const known = new Map<string, number>();
    const classes = new Map<string, number>();
    for (const state of layers[day]!) {
      const row: Row = { next: [], cost: [] };
      for (let choice = 0; choice < choices; choice++) {
        const { state: to, cost } = machine.move(day, state, choice);
        const isForbidden = cost === Number.POSITIVE_INFINITY;
        row.next.push(isForbidden ? -1 : classOf.get(to)!);
        row.cost.push(isForbidden ? 0 : cost);
        costs ||= cost > 0;
      }
      const key = JSON.stringify(row);
      if (!known.has(key)) known.set(key, rows.push(row) - 1);
      classes.set(state, known.get(key)!);
    }
    tables.push({ rows });
    classOf = classes;
  }
  return costs ? tabled(tables.toReversed(), choices) : undefined;
}

function reachable(days: number, choices: number, machine: Machine): Set<string>[] {
  const layers = [new Set([machine.start])];
  for (let day = 0; day < days; day++) {
    const next = new Set<string>();
    for (const state of layers[day]!)
      for (let choice = 0; choice < choices; choice++) {
        const { state: to, cost } = machine.move(day, state, choice);
        if (cost !== Number.POSITIVE_INFINITY) next.add(to);
      }
    layers.push(next);
  }
  return layers;
}

function tabled(layers: { rows: Row[] }[], choices: number): AutomatonRule {
  const size = Math.max(...layers.map(({ rows }) => rows.length));
  const padding: Row = { next: Array<number>(choices).fill(-1), cost: Array<number>(choices).fill(0) };
  const found = new Map<string, number>();
  const next: number[][][] = [];
  const cost: number[][][] = [];
  const tables = layers.map(({ rows }) => {
    const full = Array.from({ length: size }, (_, state) => rows[state] ?? padding);
    const key = JSON.stringify(full);
    let table = found.get(key);
    if (table === undefined) {
      table = next.push(full.map((row) => row.next)) - 1;
      cost.push(full.map((row) => row.cost));
      found.set(key, table);
    }
    return table;
  });
  const hasCost = cost.flat(2).some((each) => each > 0);
  return { kind: 'automaton', start: 0, next, tables, ...(hasCost ? { cost } : {}) };
}
