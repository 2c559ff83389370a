import type { Model } from '../model.ts';

/** What counts of cover cost, as lines between corners: the largest such cost that is convex and not above the true one. */
export type Hulls = {
  cost(counts: Float64Array): number;
  /** The least of cost and price for each count, summed over the rows. */
  least(prices: Float64Array): number;
  /** New prices after the step from counts `z` to `next`, within the slopes of the cost. */
  step(prices: Float64Array, z: Float64Array, next: Float64Array, tempo: number, into: Float64Array): void;
};

/** The corners of each row: counts, without what is `fixed`, and costs; slopes before, between and after them. */
export function hullOf({ cover }: Model, fixed: Int32Array | undefined): Hulls {
  const start = [0];
  const corner: number[] = [];
  const height: number[] = [];
  const slope: number[] = [];
  cover.costs.forEach((costs, row) => {
    const corners = cornersOf(costs, cover.firstPrice);
    for (const { count, cost } of corners.at) {
      corner.push(count - (fixed?.[row] ?? 0));
      height.push(cost);
    }
    slope.push(...corners.slopes);
    start.push(corner.length);
  });
  const rows = cover.costs.length;
  const cost = (counts: Float64Array): number => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const first = start[row] as number;
      const last = start[row + 1] as number;
      const count = counts[row] as number;
      let at = first;
      while (at < last && count > (corner[at] as number)) at += 1;
      const near = at === first ? first : at - 1;
      sum += (height[near] as number) + (slope[at + row] as number) * (count - (corner[near] as number));
    }
    return sum;
  };
  const least = (prices: Float64Array): number => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      let lowest = Infinity;
      for (let at = start[row] as number; at < (start[row + 1] as number); at++) {
        const value = (height[at] as number) + (prices[row] as number) * (corner[at] as number);
        if (value < lowest) lowest = value;
      }
      sum += lowest;
    }
    return sum;
  };
  const step = (
    prices: Float64Array,
    z: Float64Array,
    next: Float64Array,
    tempo: number,
    into: Float64Array,
  ): void => {
    for (let row = 0; row < rows; row++) {
      const moved = (prices[row] as number) - tempo * (2 * (next[row] as number) - (z[row] as number));
      const last = start[row + 1] as number;
      let at = start[row] as number;
      for (;;) {
        const line = -(slope[at + row] as number);
        if (at === last || (line - moved) / tempo <= (corner[at] as number)) {
          into[row] = line;
          break;
        }
        const price = moved + tempo * (corner[at] as number);
        if (price >= -(slope[at + row + 1] as number)) {
          into[row] = price;
          break;
        }
        at += 1;
      }
    }
  };
  return { cost, least, step };
}

/** Corners of the largest convex cost that is not above `costs`, where no slope is steeper than `steepest`. */
function cornersOf(
  costs: Float64Array,
  steepest: number,
): { at: { count: number; cost: number }[]; slopes: number[] } {
  const hull: { count: number; cost: number }[] = [];
  costs.forEach((cost, count) => {
    for (;;) {
      const [one, two] = [hull.at(-2), hull.at(-1)];
      if (one === undefined || two === undefined) break;
      const before = (two.cost - one.cost) / (two.count - one.count);
      if (before < (cost - two.cost) / (count - two.count) - 1e-9) break;
      hull.pop();
    }
    hull.push({ count, cost });
  });
  const clamped = (value: number): number => Math.max(-steepest, Math.min(steepest, value));
  const slopes = hull.slice(1).map((here, index) => {
    const before = hull[index] as (typeof hull)[number];
    return clamped((here.cost - before.cost) / (here.count - before.count));
  });
  const inner = hull.length > 2 ? hull.slice(1, -1) : hull.slice(0, 1);
  const from = inner.findIndex(({ cost }) => cost === Math.min(...inner.map((each) => each.cost)));
  const lowest = inner[from] as (typeof hull)[number];
  const flat = slopes.length === 0 ? [0] : slopes;
  const used = hull.length > 2 ? flat : [flat[0] as number, flat[0] as number];
  const cost = (index: number): number => {
    let value = lowest.cost;
    for (let at = from; at < index; at++) value += (used[at + 1] as number) * (corner(at + 1) - corner(at));
    for (let at = from; at > index; at--) value -= (used[at] as number) * (corner(at) - corner(at - 1));
    return value;
  };
  const corner = (index: number): number => (inner[index] as (typeof hull)[number]).count;
  return { at: inner.map(({ count }, index) => ({ count, cost: cost(index) })), slopes: used };
}
