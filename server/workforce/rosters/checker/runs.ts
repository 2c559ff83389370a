/**
 * A stretch of days in a row for which something holds, or for which it does not. `to` is the day after its
 * last.
 */
export type Run = { holds: boolean; from: number; to: number; length: number };

/** Cuts days into runs, in order. */
export function runsOf(days: number, holdsOn: (day: number) => boolean): Run[] {
  const runs: Run[] = [];
  for (let day = 0; day < days; day++) {
    const holds = holdsOn(day);
    const last = runs.at(-1);
    if (last?.holds === holds) {
      last.to = day + 1;
      last.length++;
    } else runs.push({ holds, from: day, to: day + 1, length: 1 });
  }
  return runs;
}
