import { buildGraph } from './build-graph.ts';
import type { Common, Table } from './counts.ts';
import { joined } from './join.ts';
import { Ledger } from './ledger.ts';
import type { Model, PersonModel } from './model.ts';
import { Pricer } from './price.ts';

/** The largest graph of a person's sequences. */
const mostNodes = 400_000;

/** A person's first days, whatever sums and blocks say: what the steady sequences allow or, where others forbid that, what all of them allow. */
export function firstLedger(model: Model, person: PersonModel, common: Common): Ledger {
  const { days } = model.problem;
  const { table } = new Ledger(person, new Uint8Array(days), common);
  const steady = new Ledger(person, steadyDays(person, table, days, model.choices), common);
  const legal = steady.isPossible ? undefined : sequenceDays(model, person);
  return legal === undefined ? steady : new Ledger(person, legal, common);
}

/** The cheapest days that all sequences allow; nothing where there are none, or too many states. */
function sequenceDays({ problem, choices }: Model, person: PersonModel): Uint8Array | undefined {
  const sequences = person.machines.filter(({ rule }) => rule.kind !== 'count' && rule.kind !== 'blocks');
  const everything = Array.from({ length: choices }, () => true);
  const graph = buildGraph(joined(sequences, problem.days, choices), problem.days, everything, mostNodes);
  if (typeof graph === 'string') return undefined;
  return new Pricer().price({ ...person, machines: [], loose: [], graph }, person.cells, choices)?.days;
}

/** The cheapest days that a table of sequences allows, whatever the other rules say. */
function steadyDays(
  { cells }: PersonModel,
  table: Table | undefined,
  days: number,
  choices: number,
): Uint8Array {
  const found = new Uint8Array(days);
  const size = table?.ends.length ?? 1;
  const { next, cost, ends, start } = table ?? {
    next: new Int32Array(choices),
    cost: new Float64Array(choices),
    ends: new Float64Array(1),
    start: 0,
  };
  let best = ends.slice();
  const chosen = Array.from({ length: days }, () => new Uint8Array(size));
  for (let day = days - 1; day >= 0; day--) {
    const before = new Float64Array(size).fill(Infinity);
    for (let state = 0; state < size; state++) {
      for (let choice = 0; choice < choices; choice++) {
        const target = next[state * choices + choice] as number;
        if (target < 0) continue;
        const value =
          (best[target] as number) +
          (cost[state * choices + choice] as number) +
          (cells[day * choices + choice] as number);
        if (value >= (before[state] as number)) continue;
        before[state] = value;
        (chosen[day] as Uint8Array)[state] = choice;
      }
    }
    best = before;
  }
  let state = start;
  for (let day = 0; day < days; day++) {
    const choice = chosen[day]?.[state] ?? 0;
    found[day] = choice;
    state = next[state * choices + choice] as number;
  }
  return found;
}
