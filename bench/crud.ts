import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { writeShapes } from './shapes.ts';
import { smallComparison } from './small.ts';

/** Creates, batches and reads: ours beside any peer. */
export const run = (options: BenchOptions): Promise<Finding> => smallComparison('crud', options, writeShapes);
