import type { ScoredPairs } from './score.ts';
import { sortByKey } from './sort.ts';

export type Clustering = {
  /** For each record the number of its cluster. */
  cluster: Int32Array;
  /** Clusters and their records. Clusters of one are left out. */
  members: Map<number, number[]>;
};

export type ClusterRules = {
  /** One pair at least must weigh so much, in 1,024ths of a bit. */
  edge: number;
  /** Two clusters become one when their pairs weigh at least so much on average. */
  join: number;
  /** No pair counts for more or less than this. */
  clip: number;
  /** Pairs compared at most to decide about two clusters. */
  pairs: number;
};

/**
 * Joins records into clusters, strongest pairs first. Two clusters join when all their pairs together say so (average link),
 * never for the sake of one strong pair: that pair is a bridge. `mayJoin` forbids joining whatever the weights.
 */
export function cluster(
  count: number,
  scored: ScoredPairs,
  weigh: (i: number, j: number) => number,
  mayJoin: (a: readonly number[], b: readonly number[]) => boolean,
  rules: ClusterRules,
): Clustering {
  const of = Int32Array.from({ length: count }, (_, row) => row);
  const members = new Map<number, number[]>();
  const membersOf = (number: number): number[] => members.get(number) ?? [number];
  const { order } = sortByKey(Uint32Array.from(scored.weight, (weight) => 0x7fffffff - weight));
  for (const pair of order) {
    const a = of[scored.i[pair]!]!;
    const b = of[scored.j[pair]!]!;
    if (a === b || scored.weight[pair]! < rules.edge || scored.vetoed[pair] === 1) continue;
    const [ofA, ofB] = [membersOf(a), membersOf(b)];
    if (!mayJoin(ofA, ofB)) continue;
    const alone = ofA.length === 1 && ofB.length === 1;
    if (!alone && averageOf(ofA, ofB, weigh, rules) < rules.join) continue;
    const [into, from] = ofA.length >= ofB.length ? [a, b] : [b, a];
    const moved = membersOf(from);
    for (const row of moved) of[row] = into;
    members.set(into, [...membersOf(into), ...moved]);
    members.delete(from);
  }
  return { cluster: of, members };
}

/** The mean weight of the pairs between two clusters; of many pairs, an even spread is taken. */
function averageOf(
  a: readonly number[],
  b: readonly number[],
  weigh: (i: number, j: number) => number,
  { clip, pairs }: ClusterRules,
): number {
  const all = a.length * b.length;
  const step = Math.max(1, Math.floor(all / pairs));
  let sum = 0;
  let taken = 0;
  for (let k = 0; k < all; k += step) {
    const weight = weigh(a[Math.floor(k / b.length)]!, b[k % b.length]!);
    sum += Math.max(-clip, Math.min(clip, weight));
    taken++;
  }
  return sum / taken;
}
