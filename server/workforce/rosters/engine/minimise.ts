export type Table = { next: Int32Array[]; cost: Float64Array[]; ends: number[] };

/** The same table with states that no future can tell apart joined (Moore 1956). State 0 is the start. */
export function minimised({ next, cost, ends }: Table, samples: number[]): Table & { start: number } {
  let classOf = numbered(ends.map(String));
  for (;;) {
    const finer = numbered(
      next.map((row, state) => {
        const moves = samples.map((choice) => {
          const target = row[choice] ?? -1;
          return target < 0 ? '' : `${classOf[target]}:${cost[state]?.[choice]}`;
        });
        return `${classOf[state]}|${moves.join()}`;
      }),
    );
    const isStable = Math.max(...finer) === Math.max(...classOf);
    classOf = finer;
    if (isStable) break;
  }
  const count = Math.max(...classOf) + 1;
  const sample = Array.from({ length: count }, (_, kind) => classOf.indexOf(kind));
  return {
    start: classOf[0] ?? 0,
    next: sample.map((state) =>
      (next[state] as Int32Array).map((target) => (target < 0 ? -1 : (classOf[target] ?? -1))),
    ),
    cost: sample.map((state) => cost[state] as Float64Array),
    ends: sample.map((state) => ends[state] ?? 0),
  };
}

/** Numbers from 0 for equal texts. */
function numbered(keys: string[]): number[] {
  const known = new Map<string, number>();
  return keys.map((key) => {
    const found = known.get(key) ?? known.size;
    known.set(key, found);
    return found;
  });
}
