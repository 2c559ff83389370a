import type { Model } from './model.ts';

/** The fewest and the most that may count in a row of cover, or lack in a group of rows. */
export type Range = [least: number, most: number];

/** Rows of cover of which it is counted how many people they lack together. */
export type Lack = { rows: number[]; range: Range };

/**
 * The groups in which what lacks is counted: all rows, and the rows of each set of choices. A relaxation likes to lack a third
 * of a person in each of eleven rows; that all of them together lack a whole number shows the bound at once.
 */
export function lacksOf({ cover }: Model): Lack[] {
  const soft = cover.rows.flatMap(({ under }, index) =>
    under.length > 0 && under.every(({ weight }) => Number.isFinite(weight)) ? [index] : [],
  );
  const kinds = Map.groupBy(soft, (index) =>
    JSON.stringify(cover.rows[index]?.parts.map(({ choices }) => choices)),
  );
  const groups = kinds.size > 1 ? [soft, ...kinds.values()] : [soft];
  return groups.filter((rows) => rows.length > 1).map((rows) => ({ rows, range: [0, Infinity] }));
}

/**
 * What the groups add to a Lagrangian bound at their prices, and what one more person lacking in a row is charged: prices of the
 * wrong sign for a limit that is not there count as 0.
 */
export function lackCharges(
  lacks: readonly Lack[],
  prices: Float64Array,
  rows: number,
): { sum: number; each: Float64Array } {
  const each = new Float64Array(rows);
  let sum = 0;
  lacks.forEach(({ rows: members, range: [least, most] }, index) => {
    const price = prices[rows + index] ?? 0;
    if (price === 0 || (price < 0 ? most === Infinity : least === 0)) return;
    sum += price * (price > 0 ? least : most);
    for (const row of members) each[row] = (each[row] as number) - price;
  });
  return { sum, each };
}
