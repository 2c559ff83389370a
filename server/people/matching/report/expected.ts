import { chanceOf, type Linkage } from '../batch/link.ts';

export type ExpectedAt = { weight: number; links: number; precision: number; recall: number };

/** What the model expects at each threshold: how many pairs are linked, how many rightly, and how many of all it finds. */
export function expectedByThreshold({
  scored,
  training,
}: Pick<Linkage, 'scored' | 'training'>): ExpectedAt[] {
  if (scored.count === 0) return [];
  const step = 512;
  const bins = new Map<number, { pairs: number; right: number }>();
  for (let k = 0; k < scored.count; k++) {
    const bin = Math.max(-8 * 1024, Math.min(24 * 1024, Math.floor(scored.weight[k]! / step) * step));
    const found = bins.get(bin) ?? { pairs: 0, right: 0 };
    found.pairs++;
    found.right += chanceOf(scored.weight[k]!);
    bins.set(bin, found);
  }
  const allRight = [...bins.values()].reduce((sum, { right }) => sum + right, 0);
  const total = Math.max(training?.expectedMatches ?? 0, allRight);
  const points: ExpectedAt[] = [];
  let pairs = 0;
  let right = 0;
  for (const [bin, found] of [...bins].sort((a, b) => b[0] - a[0])) {
    pairs += found.pairs;
    right += found.right;
    points.push({ weight: bin / 1024, links: pairs, precision: right / pairs, recall: right / total });
  }
  return points.reverse();
}
