import { compareWorlds } from '../test/leaks/compare.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';

const usualPairs = 100_000;
/** Each part has made-up people and hidden records of its own. */
const pairsInPart = 10_000;

/** Whether any answer tells somebody of a record that is hidden from them, over many pairs and every kind of request. */
export async function run({ size = usualPairs, seed = 1 }: BenchOptions): Promise<Finding> {
  const kinds = new Map<string, number>();
  const routes = new Set<string>();
  const found = { pairs: 0, requests: 0, told: 0, hidden: 0, differences: 0 };
  for (let part = 0; found.pairs < size; part++) {
    const ended: (() => Promise<void>)[] = [];
    try {
      const tally = await compareWorlds(Math.min(pairsInPart, size - found.pairs), seed + part, {
        after: (work) => void ended.unshift(work),
      });
      if (tally.pairs === 0) break;
      found.pairs += tally.pairs;
      found.requests += tally.requests;
      found.told += tally.told;
      found.differences += tally.differences.length;
      for (const count of Object.values(tally.hidden)) found.hidden += count;
      for (const [kind, count] of Object.entries(tally.kinds))
        kinds.set(kind, (kinds.get(kind) ?? 0) + count);
      for (const route of tally.routes) routes.add(route);
      for (const difference of tally.differences.slice(0, 3)) console.error(difference);
      console.log(
        `after ${found.pairs} pairs: ${found.requests} requests, ${found.differences} answers that differ`,
      );
    } finally {
      for (const work of ended) await work();
    }
  }
  return {
    name: 'leaks',
    command: './openics bench leaks',
    columns: ['what', 'count'],
    rows: [
      ['pairs of somebody who asks and a record hidden from them', found.pairs],
      ['records hidden, over all who ask', found.hidden],
      ['different requests, each asked of both worlds', found.requests],
      ['routes asked', routes.size],
      ['refused aloud, by a rule that is not silent, to who named the very thing', found.told],
      ['answers that differ', found.differences],
    ],
    notes: [
      'Two worlds of the same made-up people: one holds everything, in the other what is hidden from who asks never was. Every answer is compared to the byte, with its headers; left out are the time of the answer and ids that each answer makes anew. Pairs that come to the same question of a record that stays as it is share its answers.',
      `Kinds of request: ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')}.`,
    ],
  };
}
