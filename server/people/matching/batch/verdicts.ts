import type { Linkage } from './link.ts';
import { wantedPairs } from './tasks.ts';

/** One pair as it goes out. Weight in 1,024ths of a bit. */
export type PairVerdict = {
  i: number;
  j: number;
  weight: number;
  verdict: 'link' | 'review';
  reason:
    | 'weight'
    | 'through others'
    | 'below the threshold'
    | 'too little in the group'
    | 'a veto stands against it';
};

/**
 * Visits every pair of records that are one person, then those a person should look at. Pairs and clusters say the same: two
 * records of one cluster are a link, whether their own weight says so or others between them do.
 */
export function forEachVerdict(linkage: Linkage, visit: (pair: PairVerdict) => void): void {
  const { clustering, scored, scorer, table, between, threshold } = linkage;
  const isWanted = wantedPairs(table, between);
  const least = Math.round(1024 * Math.log2(threshold / (1 - threshold)));
  for (const members of clustering.members.values()) {
    const rows = [...members].sort((a, b) => a - b);
    for (let a = 0; a < rows.length; a++) {
      for (let b = a + 1; b < rows.length; b++) {
        const [i, j] = [rows[a]!, rows[b]!];
        if (!isWanted(i, j)) continue;
        const weight = scorer.weight(i, j);
        visit({ i, j, weight, verdict: 'link', reason: weight >= least ? 'weight' : 'through others' });
      }
    }
  }
  for (let k = 0; k < scored.count; k++) {
    const [i, j, weight] = [scored.i[k]!, scored.j[k]!, scored.weight[k]!];
    if (clustering.cluster[i] === clustering.cluster[j]) continue;
    const reason =
      scored.vetoed[k] === 1
        ? 'a veto stands against it'
        : weight < least
          ? 'below the threshold'
          : 'too little in the group';
    visit({ i, j, weight, verdict: 'review', reason });
  }
}
