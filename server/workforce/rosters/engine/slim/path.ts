import type { SlimPerson } from './space.ts';

/** Days with what was spent and counted before each of them. */
export type SlimPath = {
  days: Uint8Array;
  /** The state before each day; odd where its block has work already. */
  states: Int32Array;
  spent: Float64Array;
  /** The sums before each day, all of a day together. */
  before: Float64Array;
  sums: Float64Array;
  cost: number;
};

/** The cheapest days that begin as `head` and end as `tail`, cost less than `cutoff` and keep every limit. */
export function spliced(
  slim: SlimPerson,
  head: SlimPath,
  tail: SlimPath,
  cutoff: number,
): { days: Uint8Array; cost: number } | undefined {
  const count = tail.sums.length;
  const sums = new Float64Array(count);
  let at = -1;
  let least = cutoff - 1e-9;
  for (let day = 1; day < slim.days; day++) {
    if (head.states[day] !== tail.states[day]) continue;
    const cost = (head.spent[day] as number) + tail.cost - (tail.spent[day] as number);
    if (cost >= least) continue;
    for (let index = 0; index < count; index++) {
      const cell = day * count + index;
      sums[index] =
        (head.before[cell] as number) + (tail.sums[index] as number) - (tail.before[cell] as number);
    }
    if (!slim.keeps(sums)) continue;
    least = cost;
    at = day;
  }
  if (at < 0) return undefined;
  const days = tail.days.slice();
  days.set(head.days.subarray(0, at));
  return { days, cost: least };
}
