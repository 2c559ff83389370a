import type { SlimPerson } from './slim-space.ts';

/** How many beginnings are kept for each day. */
const width = 48;

type Label = {
  state: number;
  isTaken: boolean;
  spent: number;
  /** Spent so far and the least to come, with limits charged. */
  value: number;
  charges: number;
  sums: Float64Array;
  choice: number;
  from: Label | undefined;
};

/**
 * Looks for days that keep every limit among the beginnings with the cheapest ends, day by day. The space of the slim
 * pricing must hold completions at the prices.
 */
export class Beam {
  readonly #slim: SlimPerson;
  readonly #cells: Float64Array;
  readonly #prices: Float64Array;

  constructor(slim: SlimPerson, cells: Float64Array, prices: Float64Array) {
    this.#slim = slim;
    this.#cells = cells;
    this.#prices = prices;
  }

  run(): { days: Uint8Array; cost: number } | undefined {
    const slim = this.#slim;
    const { table } = slim.sequences;
    let labels: Label[] = [
      {
        state: table.start,
        isTaken: false,
        spent: 0,
        value: 0,
        charges: 0,
        sums: new Float64Array(slim.limits.length + 1),
        choice: 0,
        from: undefined,
      },
    ];
    for (let day = 0; day < slim.days; day++) {
      const next = labels.flatMap((label) => this.#steps(label, day));
      next.sort((a, b) => a.value - b.value);
      labels = distinct(next);
    }
    let best: Label | undefined;
    for (const label of labels) {
      const cost = label.spent + (table.ends[label.state] as number);
      if (!slim.keeps(label.sums)) continue;
      if (best === undefined || cost < best.spent + (table.ends[best.state] as number)) best = label;
    }
    if (best === undefined) return undefined;
    const cost = best.spent + (table.ends[best.state] as number);
    const days = new Uint8Array(slim.days);
    let label: Label = best;
    for (let day = slim.days - 1; day >= 0 && label.from !== undefined; day--) {
      days[day] = label.choice;
      label = label.from;
    }
    return { days, cost };
  }

  #steps(label: Label, day: number): Label[] {
    const slim = this.#slim;
    const { table } = slim.sequences;
    const { cells: charged, member, free, taken } = slim.space;
    const { limits, choices } = slim;
    const isInBlock = (slim.place[day] as number) >= 0;
    const isHeld = (slim.place[day + 1] as number) > 0;
    const wasTaken = (slim.place[day] as number) > 0 && label.isTaken;
    const found: Label[] = [];
    for (
      let arc = table.arcStart[label.state] as number;
      arc < (table.arcStart[label.state + 1] as number);
      arc++
    ) {
      const kind = table.arcClass[arc] as number;
      const state = table.arcTarget[arc] as number;
      const isInside = isInBlock && table.inside[kind] === 1;
      const isNew = isInside && !wasTaken;
      const isTaken = wasTaken || isInside;
      const rest = (isHeld && isTaken ? taken : free)[(day + 1) * table.states + state] as number;
      if (rest === Infinity) continue;
      const choice = member[day * table.classes + kind] as number;
      const cell = day * choices + choice;
      if ((this.#cells[cell] as number) === Infinity) continue;
      const sums = label.sums.slice();
      limits.forEach(({ amounts }, index) => {
        sums[index] = (sums[index] as number) + (amounts[cell] as number);
      });
      if (isNew) sums[limits.length] = (sums[limits.length] as number) + 1;
      if (!this.#canKeep(sums, day)) continue;
      const paid = table.arcCost[arc] as number;
      const charges =
        label.charges +
        (charged[cell] as number) +
        paid +
        (isNew ? (this.#prices[limits.length] as number) : 0);
      found.push({
        state,
        isTaken,
        spent: label.spent + (this.#cells[cell] as number) + paid,
        value: charges + rest,
        charges,
        sums,
        choice,
        from: label,
      });
    }
    return found;
  }

  #canKeep(sums: Float64Array, day: number): boolean {
    const { limits, days, most } = this.#slim;
    for (let index = 0; index < limits.length; index++) {
      const limit = limits[index] as (typeof limits)[number];
      const sum = sums[index] as number;
      if (sum > limit.most + 1e-6 || sum + (days - 1 - day) * limit.unit < limit.least - 1e-6) return false;
    }
    return (sums[limits.length] as number) <= most;
  }
}

/** The first labels that differ in their state or their sums. */
function distinct(labels: Label[]): Label[] {
  const known = new Set<number>();
  const kept: Label[] = [];
  for (const label of labels) {
    let key = label.state * 2 + (label.isTaken ? 1 : 0);
    for (let index = 0; index < label.sums.length; index++)
      key = (key * 1_000_003 + (label.sums[index] as number)) % 9_007_199_254_740_881;
    if (known.has(key)) continue;
    known.add(key);
    kept.push(label);
    if (kept.length === width) break;
  }
  return kept;
}
