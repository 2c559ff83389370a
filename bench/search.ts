import { ceilingRows } from './ceiling.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { searchShapes } from './shapes.ts';
import { smallComparison } from './small.ts';

/** The searches people use: ours beside any peer, and beside a server that does nothing. */
export async function run(options: BenchOptions): Promise<Finding> {
  const finding = await smallComparison('search', options, searchShapes);
  const empty = await ceilingRows(options.seconds, [
    { bytes: 4_000, clients: 8 },
    { bytes: 40_000, clients: 8 },
    { bytes: 130_000, clients: 8 },
  ]);
  return {
    ...finding,
    rows: [...finding.rows, ...empty],
    notes: [
      ...finding.notes,
      'The last rows are the limit for any server on Node here: nothing is looked up.',
      'The same few questions are asked again and again and nobody writes, so that nearly all answers are kept ones (decision 28). bench record and bench scale tell what first answers take.',
    ],
  };
}
