/** How often each pattern of levels was met. */
export type Patterns = { levels: Uint8Array[]; counts: Float64Array; total: number };

/** Takes packed patterns apart, each once. */
export function patternsOf(counted: ReadonlyMap<number, number>, levelCounts: readonly number[]): Patterns {
  const levels: Uint8Array[] = [];
  const counts = new Float64Array(counted.size);
  let total = 0;
  let index = 0;
  for (const [pattern, count] of counted) {
    const each = new Uint8Array(levelCounts.length);
    let rest = pattern;
    for (let k = levelCounts.length - 1; k >= 0; k--) {
      each[k] = rest % levelCounts[k]!;
      rest = Math.floor(rest / levelCounts[k]!);
    }
    levels.push(each);
    counts[index++] = count;
    total += count;
  }
  return { levels, counts, total };
}

/** For each comparison, for each of its levels, a share. */
export type Shares = number[][];
