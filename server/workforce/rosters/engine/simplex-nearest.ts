/**
 * Moves the shares of one person against their reduced costs by a pace, and gives the nearest shares of 0 or more that add up to 1
 * (Michelot 1986). `mine` are the person's columns; those that are off have none.
 */
export function ontoSimplex(
  mine: Int32Array,
  many: number,
  isOff: Uint8Array,
  x: Float64Array,
  reduced: Float64Array,
  pace: number,
  into: Float64Array,
): void {
  let most = -Infinity;
  for (let at = 0; at < many; at++) {
    const index = mine[at] as number;
    const value = isOff[index] === 1 ? -Infinity : (x[index] as number) - pace * (reduced[index] as number);
    into[index] = value;
    if (value > most) most = value;
  }
  let level = most - 1;
  for (;;) {
    let sum = 0;
    let count = 0;
    for (let at = 0; at < many; at++) {
      const value = into[mine[at] as number] as number;
      if (value <= level) continue;
      sum += value;
      count += 1;
    }
    const next = (sum - 1) / count;
    if (!(next > level + 1e-12)) break;
    level = next;
  }
  for (let at = 0; at < many; at++) {
    const index = mine[at] as number;
    into[index] = Math.max(0, (into[index] as number) - level);
  }
}
