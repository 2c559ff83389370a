/**
 * Moves shares from one place of a list to another against their reduced costs by a pace, and gives the nearest shares of 0 or
 * more that add up to 1 (Michelot 1986).
 */
export function ontoSimplex(
  from: number,
  to: number,
  x: Float64Array,
  reduced: Float64Array,
  pace: number,
  into: Float64Array,
): void {
  let most = -Infinity;
  for (let index = from; index < to; index++) {
    const value = (x[index] as number) - pace * (reduced[index] as number);
    into[index] = value;
    if (value > most) most = value;
  }
  let level = most - 1;
  for (;;) {
    let sum = 0;
    let count = 0;
    for (let index = from; index < to; index++) {
      const value = into[index] as number;
      if (value <= level) continue;
      sum += value;
      count += 1;
    }
    const next = (sum - 1) / count;
    if (!(next > level + 1e-12)) break;
    level = next;
  }
  for (let index = from; index < to; index++) into[index] = Math.max(0, (into[index] as number) - level);
}
