import { Joining } from './joining.ts';
import type { Edge, Outcome } from './outcome.ts';
import type { TrueRecord } from './truth.ts';

export type AtThreshold = { weight: number; precision: number; recall: number };

/**
 * What would be found were all joined that has at least so many bits, ties and questions alike, with no other rule. What a source
 * itself tied counts at every threshold; what has two NHS numbers at none.
 */
export function byThreshold(
  truth: readonly TrueRecord[],
  { matched, superseded, questions }: Outcome,
  truePairs: number,
): AtThreshold[] {
  const joining = new Joining(Int32Array.from(truth, ({ identity }) => identity));
  for (const { a, b } of superseded) joining.join(a, b);
  const asked = questions.filter(({ queue }) => queue !== 'sealed');
  const edges: Edge[] = [...matched, ...asked.flatMap(({ candidates }) => candidates)].sort(
    (x, y) => y.weight - x.weight,
  );
  const points: AtThreshold[] = [];
  let next = 0;
  for (let weight = 60; weight >= 0; weight -= 1) {
    for (; next < edges.length && edges[next]!.weight >= weight; next++)
      joining.join(edges[next]!.a, edges[next]!.b);
    if (joining.found === 0) continue;
    points.push({ weight, precision: joining.right / joining.found, recall: joining.right / truePairs });
  }
  return points.reverse();
}
