import type { Context } from '../context.ts';
import { Master, type Column, type Solved } from '../master.ts';
import type { Model } from '../model.ts';
import type { Pool } from '../pool.ts';
import { Saddle, type SlimMaster } from './saddle.ts';

/** With more rows and people, masters are solved by first-order steps. */
const mostRows = 420;
const near = { near: 0.001, steps: 1000 };

/** A master of some people beside what is fixed; one of first-order steps begins with prices, where they are known. */
export function slimMasterOf(
  { highs }: Context,
  model: Model,
  places: number[],
  prices: Float64Array | undefined,
  fixed?: Int32Array,
): SlimMaster {
  if (model.cover.rows.length + places.length <= mostRows) return new Master(highs, model, places, fixed);
  const master = new Saddle(model, places, fixed, near);
  if (prices !== undefined) master.begin(prices);
  return master;
}

/** Keeps so many columns of the least reduced cost for each person. */
export function keepCheapest(
  pool: Pool,
  { columns }: SlimMaster,
  { prices, dues }: Solved,
  many: number,
): void {
  const known = new Map<number, { column: Column; cost: number }[]>();
  for (const column of columns) {
    let cost = column.cost - (dues[column.person] ?? 0);
    column.rows.forEach((row, index) => (cost -= (prices[row] ?? 0) * (column.counts[index] ?? 0)));
    const mine = known.get(column.person) ?? [];
    mine.push({ column, cost });
    known.set(column.person, mine);
  }
  for (const mine of known.values()) {
    mine.sort((a, b) => a.cost - b.cost);
    for (const { column } of mine.slice(0, many).toReversed()) pool.keep(column);
  }
}
