/**
 * Moves the shares that are listed from one place to another against their reduced costs by a pace, and gives the nearest shares of 0 or
 * more that add up to 1 (Michelot 1986).
 */
export function ontoSimplex(
  list: Int32Array,
  from: number,
  to: number,
  x: Float64Array,
  reduced: Float64Array,
  pace: number,
  into: Float64Array,
): void {
  let most = -Infinity;
  for (let at = from; at < to; at++) {
    const index = list[at] as number;
    const value = (x[index] as number) - pace * (reduced[index] as number);
    into[index] = value;
    if (value > most) most = value;
  }
  let level = most - 1;
  for (;;) {
    let sum = 0;
    let count = 0;
    for (let at = from; at < to; at++) {
      const value = into[list[at] as number] as number;
      if (value <= level) continue;
      sum += value;
      count += 1;
    }
    const next = (sum - 1) / count;
    if (!(next > level + 1e-12)) break;
    level = next;
  }
  for (let at = from; at < to; at++) {
    const index = list[at] as number;
    into[index] = Math.max(0, (into[index] as number) - level);
  }
}
