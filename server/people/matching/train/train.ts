import type { Blocks } from '../batch/blocks.ts';
import { scorerFor, type Scorer } from '../batch/compile.ts';
import { forEachPairOfBlock, isNew } from '../batch/pairs.ts';
import type { Table } from '../batch/table.ts';
import type { Comparison, Model } from '../model/types.ts';
import { maximise, normalised, type Found } from './em.ts';
import { termFrequencies } from './frequencies.ts';
import { patternsOf, type Patterns, type Shares } from './patterns.ts';
import { seeded } from './random.ts';
import { touchedBy } from './touched.ts';

/** What training did, to show. */
export type Training = {
  model: Model;
  /** Pairs taken at random to learn how strangers agree. */
  randomPairs: number;
  rules: { rule: string; pairs: number; matches: number }[];
  /** Pairs of one person that the model expects to be among those compared. */
  expectedMatches: number;
};

const mostRandomPairs = 1_000_000;
const mostPairsOfRule = 60_000;
const passes = 3;
/** Random pairs that the shares known before count for: few records then learn little, many are not held back. */
const leanOfStrangers = 200;

/**
 * Learns a model from the records themselves, without knowing which belong together: term frequencies by counting, u from random
 * pairs, m by expectation-maximisation in the pairs of several blocking rules, the prior from all. The same records and seed give
 * the same model. `wanted` leaves out pairs that are not to be compared.
 */
export function train(
  table: Table,
  blocks: Blocks,
  from: Model,
  wanted: (i: number, j: number) => boolean,
  seed: number,
): Training {
  const random = seeded(seed);
  const scorer = scorerFor(from, table);
  const levelCounts = from.comparisons.map(({ levels }) => levels.length);
  const isNull = from.comparisons.map(({ levels }) => levels.map((level) => level.isNull === true));
  const strangers = patternsOf(randomPatterns(table, scorer, wanted, random), levelCounts);
  const samples = blocks.rules.map((_, rule) => sampleOf(blocks, rule, from, scorer, wanted, random));
  const begin = { m: sharesOf(from.comparisons, 'm'), u: sharesOf(from.comparisons, 'u') };
  let m = begin.m;
  let u = strangerShares(strangers, isNull, begin.u, () => 0);
  let found: Found[] = [];
  let prior = -Math.log2(totalPairs(table));
  for (let pass = 0; pass < passes; pass++) {
    found = samples.map(({ patterns, fixed }) => maximise(patterns, { m, u }, isNull, fixed));
    m = m.map((before, c) => pooled(found, c, isNull[c]!, before, begin.m[c]!));
    const weigh = weigher(m, u, isNull);
    prior = priorOf(samples, weigh, totalPairs(table));
    u = strangerShares(strangers, isNull, begin.u, (levels) => 1 / (1 + 2 ** -(weigh(levels) + prior)));
  }
  const comparisons = withShares(from.comparisons, m, u);
  const model: Model = {
    ...from,
    version: `${from.version}+trained`,
    prior,
    comparisons,
    termFrequencies: termFrequencies(table, from),
  };
  return {
    model,
    randomPairs: strangers.total,
    rules: samples.map(({ rule, pairs }, index) => ({
      rule,
      pairs,
      matches: found[index]!.matches / samples[index]!.keep,
    })),
    expectedMatches: 2 ** prior * totalPairs(table),
  };
}

function totalPairs(table: Table): number {
  const second = table.source.reduce((sum, source) => sum + (source === 1 ? 1 : 0), 0);
  const first = table.count - second;
  return second === 0 ? (table.count * (table.count - 1)) / 2 : first * second;
}

function randomPatterns(
  table: Table,
  scorer: Scorer,
  wanted: (i: number, j: number) => boolean,
  random: () => number,
): Map<number, number> {
  const counted = new Map<number, number>();
  const all = (table.count * (table.count - 1)) / 2;
  const count = (i: number, j: number): void => {
    if (!wanted(i, j)) return;
    const pattern = scorer.pattern(i, j);
    counted.set(pattern, (counted.get(pattern) ?? 0) + 1);
  };
  if (all <= mostRandomPairs) {
    for (let i = 0; i < table.count; i++) for (let j = i + 1; j < table.count; j++) count(i, j);
    return counted;
  }
  for (let k = 0; k < mostRandomPairs; k++) {
    const i = Math.floor(random() * table.count);
    const j = Math.floor(random() * table.count);
    if (i !== j) count(i, j);
  }
  return counted;
}

/** The pairs of one rule. */
type Sample = {
  rule: string;
  pairs: number;
  /** Comparisons that the rule decides. */
  fixed: boolean[];
  /** The share of the rule's blocks that was taken, at random. */
  keep: number;
  /** All pairs of those blocks, and those that no earlier rule has too. */
  patterns: Patterns;
  first: Patterns;
};

function sampleOf(
  blocks: Blocks,
  rule: number,
  from: Model,
  scorer: Scorer,
  wanted: (i: number, j: number) => boolean,
  random: () => number,
): Sample {
  const { rule: name, pairs, blocks: count } = blocks.rules[rule]!;
  const keep = Math.min(1, mostPairsOfRule / Math.max(1, pairs));
  const all = new Map<number, number>();
  const first = new Map<number, number>();
  for (let block = 0; block < count; block++) {
    if (keep < 1 && random() > keep) continue;
    forEachPairOfBlock(blocks, rule, block, wanted, (i, j) => {
      const pattern = scorer.pattern(i, j);
      all.set(pattern, (all.get(pattern) ?? 0) + 1);
      if (isNew(blocks, rule, i, j)) first.set(pattern, (first.get(pattern) ?? 0) + 1);
    });
  }
  const levelCounts = from.comparisons.map(({ levels }) => levels.length);
  return {
    rule: name,
    pairs,
    fixed: touchedBy(
      from.blocking.find((each) => each.name === name)!,
      from.comparisons,
    ),
    keep,
    patterns: patternsOf(all, levelCounts),
    first: patternsOf(first, levelCounts),
  };
}

function strangerShares(
  strangers: Patterns,
  isNull: readonly boolean[][],
  before: Shares,
  chance: (levels: Uint8Array) => number,
): Shares {
  const counts = isNull.map((levels) => levels.map(() => 0));
  strangers.levels.forEach((levels, k) => {
    const weight = strangers.counts[k]! * (1 - chance(levels));
    levels.forEach((level, c) => (counts[c]![level]! += weight));
  });
  return counts.map((each, c) => normalised(each, isNull[c]!, before[c]!, leanOfStrangers));
}

function pooled(
  found: readonly Found[],
  comparison: number,
  isNull: readonly boolean[],
  before: readonly number[],
  start: readonly number[],
): number[] {
  const counts = before.map(() => 0);
  for (const { m, matches } of found) {
    m[comparison]?.forEach((share, level) => (counts[level]! += share * matches));
  }
  return normalised(counts, isNull, start, 20);
}

function weigher(m: Shares, u: Shares, isNull: readonly boolean[][]): (levels: Uint8Array) => number {
  const bits = m.map((shares, c) =>
    shares.map((share, level) =>
      isNull[c]![level] ? 0 : Math.log2(Math.max(share, 1e-12) / Math.max(u[c]![level]!, 1e-12)),
    ),
  );
  return (levels) => {
    let sum = 0;
    for (let c = 0; c < levels.length; c++) sum += bits[c]![levels[c]!]!;
    return sum;
  };
}

/** The prior at which the compared pairs hold as many matches as the prior says there are. Each pair counts once. */
function priorOf(samples: readonly Sample[], weigh: (levels: Uint8Array) => number, total: number): number {
  let matches = total / 1000;
  const weighed = samples.map(({ first }) => first.levels.map(weigh));
  for (let round = 0; round < 50; round++) {
    const prior = Math.log2(matches / total);
    let expected = 0;
    samples.forEach(({ first, keep }, index) => {
      weighed[index]!.forEach(
        (weight, k) => (expected += first.counts[k]! / keep / (1 + 2 ** -(weight + prior))),
      );
    });
    const next = Math.min(total / 2, Math.max(1, expected));
    if (Math.abs(next - matches) < 0.001 * matches) break;
    matches = next;
  }
  return Math.log2(matches / total);
}

const sharesOf = (comparisons: readonly Comparison[], which: 'm' | 'u'): Shares =>
  comparisons.map(({ levels }) => levels.map((level) => level[which] ?? 0));

const withShares = (comparisons: readonly Comparison[], m: Shares, u: Shares): Comparison[] =>
  comparisons.map((comparison, c) => ({
    ...comparison,
    levels: comparison.levels.map((level, k) =>
      level.isNull ? level : { ...level, m: m[c]![k]!, u: u[c]![k]! },
    ),
  }));
