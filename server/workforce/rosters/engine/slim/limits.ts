import { amountOf, sumOf } from '../counts.ts';
import type { PersonModel } from '../model.ts';
import type { Sequences } from './table.ts';

/** A limit that the table does not hold: what each cell adds to a sum, from the least to the most that may be added. */
export type SlimLimit = { amounts: Float64Array; least: number; most: number; unit: number };

/** What each cell adds to a sum, with the least and the most that all days together may add, and the most of one day. */
type Adding = { amounts: Float64Array; lowest: number; highest: number; unit: number };

/** What cells add, shared by equal sums. */
export type Amounts = Map<string, Adding>;

/** The sums of a person that some days could break. */
export function sumsOf(
  { machines }: PersonModel,
  days: number,
  choices: number,
  shelf: Amounts,
): SlimLimit[] {
  return machines.flatMap(({ rule }) => {
    if (rule.kind !== 'count') return [];
    const sum = sumOf(rule);
    const key = JSON.stringify([rule.amounts, rule.from, rule.to, rule.onDay]);
    const adding =
      shelf.get(key) ??
      addingOf(
        Float64Array.from({ length: days * choices }, (_, cell) =>
          amountOf(sum, Math.floor(cell / choices), cell % choices),
        ),
        choices,
      );
    shelf.set(key, adding);
    const { amounts, lowest, highest, unit } = adding;
    const least = rule.minWeight === Infinity ? rule.min - rule.start : -Infinity;
    const most = rule.maxWeight === Infinity ? rule.max - rule.start : Infinity;
    if (highest <= most && lowest >= least) return [];
    return [{ amounts, least, most, unit }];
  });
}

function addingOf(amounts: Float64Array, choices: number): Adding {
  const adding = { amounts, lowest: 0, highest: 0, unit: 1e-9 };
  for (let cell = 0; cell < amounts.length; cell += choices) {
    const mine = amounts.subarray(cell, cell + choices);
    const most = Math.max(...mine);
    adding.lowest += Math.min(...mine);
    adding.highest += most;
    adding.unit = Math.max(adding.unit, most);
  }
  return adding;
}

/** How many worked blocks are left to a person; Infinity where nothing limits them. */
export const blocksLeft = ({ blocks }: Sequences): number =>
  blocks === undefined ? Infinity : blocks.rule.max - blocks.rule.start;

/** The share of a price by which its first step changes it. */
const firstStep = 1 / 6;

/** Prices of some limits: raised where a sum is above its most, lowered (below 0) where it is below its least. */
export class SlimPrices {
  readonly each: Float64Array;
  readonly #least: number[];
  readonly #most: number[];
  readonly #steps: Float64Array;
  readonly #ways: Int8Array;

  constructor(limits: { least: number; most: number; unit: number }[], last: Float64Array, gain: number) {
    this.each = last.slice();
    this.#least = limits.map(({ least }) => least);
    this.#most = limits.map(({ most }) => most);
    this.#steps = Float64Array.from(limits, ({ unit }, index) => {
      const price = Math.abs(last[index] as number);
      return price > 0 ? price * firstStep : gain / 4 / unit;
    });
    this.#ways = new Int8Array(limits.length);
  }

  /** What the limits allow, at their prices. */
  allowance(): number {
    return this.each.reduce((sum, price, index) => {
      if (price === 0) return sum;
      return sum + price * ((price > 0 ? this.#most[index] : this.#least[index]) as number);
    }, 0);
  }

  /** Other prices after sums; false where they stay as they are. */
  follow(sums: Float64Array): boolean {
    let isNew = false;
    for (let index = 0; index < sums.length; index++) {
      const sum = sums[index] as number;
      const price = this.each[index] as number;
      const least = this.#least[index] as number;
      const most = this.#most[index] as number;
      const isUp = sum > most || (price < 0 && sum > least);
      const isDown = sum < least || (price > 0 && sum < most);
      if (!isUp && !isDown) continue;
      isNew = true;
      const way = isUp ? 1 : -1;
      const before = this.#ways[index];
      this.#ways[index] = way;
      if (before !== 0) this.#steps[index] = (this.#steps[index] as number) * (before === way ? 1.3 : 0.5);
      const next = price + way * (this.#steps[index] as number);
      const isPast = (price > 0 && next < 0 && sum >= least) || (price < 0 && next > 0 && sum <= most);
      this.each[index] = isPast ? 0 : next;
    }
    return isNew;
  }
}
