import { ceilingRows } from './ceiling.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { writeShapes } from './shapes.ts';
import { smallComparison } from './small.ts';

/** About the size of an Observation. */
const bytes = 900;

/** Creates, batches and reads: ours beside any peer, and beside a server that does nothing. */
export async function run(options: BenchOptions): Promise<Finding> {
  const finding = await smallComparison('crud', options, writeShapes);
  const empty = await ceilingRows(options.seconds, [
    { bytes, clients: 8 },
    { bytes, clients: 1 },
  ]);
  return {
    ...finding,
    rows: [...finding.rows, ...empty],
    notes: [
      ...finding.notes,
      'Reads ask for a few hundred Observations again and again while nobody writes, so that nearly all answers are kept ones (decision 28).',
      'The last rows are the limit for any server on Node here: nothing is looked up.',
    ],
  };
}
