import { amountOf, sumOf } from './counts.ts';
import type { Machine } from './machine.ts';
import type { PersonModel } from './model.ts';

/**
 * A hard limit on a sum that the graph does not hold: what each cell adds, the most that may be added, and the price that
 * served last.
 */
export type Limit = { amounts: Float64Array; most: number; unit: number; last: number };

const known = new WeakMap<Machine, Limit | 'other'>();

/** The loose rules of a person that some days could break at all. */
export function binding({ loose, machines, graph }: PersonModel): Machine[] {
  return loose.flatMap((place) => {
    const machine = machines[place] as Machine;
    const { rule } = machine;
    if (rule.kind !== 'count') return [machine];
    const special = (rule.onDay ?? []).flatMap(({ amounts }) => amounts);
    const most = rule.start + graph.days * Math.max(...rule.amounts, ...special);
    return most <= rule.max && rule.min <= rule.start ? [] : [machine];
  });
}

/** The limits on sums among some rules. */
export function limitsOf(machines: Machine[], days: number, choices: number): Limit[] {
  return machines.flatMap((machine) => {
    const found = known.get(machine) ?? limitOf(machine, days, choices);
    known.set(machine, found);
    return typeof found === 'string' ? [] : [found];
  });
}

function limitOf({ rule }: Machine, days: number, choices: number): Limit | 'other' {
  if (rule.kind !== 'count') return 'other';
  const sum = sumOf(rule);
  const amounts = new Float64Array(days * choices);
  for (let cell = 0; cell < amounts.length; cell++)
    amounts[cell] = amountOf(sum, Math.floor(cell / choices), cell % choices);
  return { amounts, most: rule.max - rule.start, unit: Math.max(...rule.amounts), last: 0 };
}

/** Prices of limits, raised where days break them and lowered where they leave some unused. */
export class Prices {
  readonly cells: Float64Array;
  /** What the limits allow, at their prices: to be taken off the cost of charged days for a bound. */
  allowance = 0;
  readonly #limits: Limit[];
  readonly #given: Float64Array;
  readonly #prices: Float64Array;
  readonly #steps: Float64Array;
  readonly #small: number;

  constructor(limits: Limit[], cells: Float64Array) {
    this.#limits = limits;
    this.#given = cells;
    this.cells = cells.slice();
    const gain = cells.reduce((most, cost) => Math.max(most, -cost), 1);
    this.#prices = Float64Array.from(limits, ({ last }) => last);
    this.#steps = Float64Array.from(limits, ({ last, unit }) => (last > 0 ? last / 4 : gain / 4 / unit));
    this.#small = gain / 100;
    if (limits.some(({ last }) => last > 0)) this.#charge();
  }

  /** Other prices after `days`; false where they stay as they are. */
  follow(days: Uint8Array, choices: number): boolean {
    let isNew = false;
    this.#limits.forEach((limit, index) => {
      const used = usedBy(limit, days, choices);
      const price = this.#prices[index] as number;
      const step = this.#steps[index] as number;
      if (used > limit.most) {
        this.#prices[index] = price + step;
        this.#steps[index] = step * 1.3;
      } else if (used < limit.most && price > 0) {
        this.#steps[index] = step / 2;
        this.#prices[index] = Math.max(0, price - step / 2);
      } else return;
      isNew = true;
    });
    if (isNew) this.#charge();
    return isNew;
  }

  #charge(): void {
    const { cells } = this;
    cells.set(this.#given);
    this.allowance = 0;
    this.#limits.forEach(({ amounts, most }, index) => {
      const price = this.#prices[index] as number;
      if (price === 0) return;
      this.allowance += price * most;
      for (let cell = 0; cell < cells.length; cell++)
        cells[cell] = (cells[cell] as number) + price * (amounts[cell] as number);
    });
  }

  /** How much more than the bound `days` cost, where they leave some of the priced limits unused. */
  unused(days: Uint8Array, choices: number): number {
    return this.#limits.reduce(
      (sum, limit, index) =>
        sum + (this.#prices[index] as number) * (limit.most - usedBy(limit, days, choices)),
      0,
    );
  }

  copy(): { cells: Float64Array; allowance: number; each: Float64Array } {
    return { cells: this.cells.slice(), allowance: this.allowance, each: this.#prices.slice() };
  }

  /** Keeps the prices `each` to begin with next time. */
  remember(each: Float64Array): void {
    this.#limits.forEach((limit, index) => {
      const price = each[index] as number;
      limit.last = price * limit.unit < this.#small ? 0 : price;
    });
  }
}

function usedBy({ amounts }: Limit, days: Uint8Array, choices: number): number {
  let used = 0;
  for (let day = 0; day < days.length; day++)
    used += amounts[day * choices + (days[day] as number)] as number;
  return used;
}
