import type { Patterns, Shares } from './patterns.ts';

/** What expectation-maximisation found in the pairs of one blocking rule. */
export type Found = {
  /** For each comparison, how the matches spread over its levels; undefined where the rule decides it. */
  m: (number[] | undefined)[];
  /** The share of the pairs that are matches. */
  share: number;
  matches: number;
};

/**
 * Splits the pairs of one blocking rule into matches and others, without knowing which is which. Starts from the given
 * shares; `fixed` comparisons, which the rule itself decides, are left out. Shares among others may move away from the random
 * ones, held back by `hold`, so that households and other near misses in the block are not taken for matches.
 * Method: Fellegi and Sunter 1969, expectation-maximisation as Winkler 1988.
 */
export function maximise(
  patterns: Patterns,
  start: { m: Shares; u: Shares },
  isNull: readonly boolean[][],
  fixed: readonly boolean[],
  rounds = 40,
): Found {
  let m = start.m.map((shares) => [...shares]);
  let u = start.u.map((shares) => [...shares]);
  const hold = 100 + patterns.total * 0.05;
  let share = 0.3;
  let matches = 0;
  for (let round = 0; round < rounds; round++) {
    const logM = logs(m);
    const logU = logs(u);
    const nextM = m.map((shares) => shares.map(() => 0));
    const nextU = u.map((shares) => shares.map(() => 0));
    matches = 0;
    const base = Math.log(share / (1 - share));
    for (let k = 0; k < patterns.counts.length; k++) {
      const levels = patterns.levels[k]!;
      let odds = base;
      for (let c = 0; c < levels.length; c++) {
        const level = levels[c]!;
        if (!fixed[c] && !isNull[c]![level]) odds += logM[c]![level]! - logU[c]![level]!;
      }
      const chance = 1 / (1 + Math.exp(-odds));
      const count = patterns.counts[k]!;
      matches += count * chance;
      for (let c = 0; c < levels.length; c++) {
        const level = levels[c]!;
        nextM[c]![level]! += count * chance;
        nextU[c]![level]! += count * (1 - chance);
      }
    }
    m = nextM.map((counts, c) => normalised(counts, isNull[c]!, start.m[c]!, 10));
    u = nextU.map((counts, c) => normalised(counts, isNull[c]!, start.u[c]!, hold));
    const next = Math.min(0.999, Math.max(1e-6, matches / patterns.total));
    const moved = Math.abs(next - share);
    share = next;
    if (moved < 1e-6 && round > 5) break;
  }
  return { m: m.map((shares, c) => (fixed[c] ? undefined : shares)), share, matches };
}

const logs = (shares: Shares): Shares =>
  shares.map((each) => each.map((share) => Math.log(Math.max(share, 1e-12))));

/** Shares from counts, leaned towards what was known before by so many examples. */
export function normalised(
  counts: readonly number[],
  isNull: readonly boolean[],
  before: readonly number[],
  examples: number,
): number[] {
  const leaned = counts.map((count, level) => (isNull[level] ? 0 : count + examples * before[level]!));
  const total = leaned.reduce((sum, count) => sum + count, 0);
  return leaned.map((count) => (total === 0 ? 0 : count / total));
}
