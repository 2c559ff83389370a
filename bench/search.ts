import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { searchShapes } from './shapes.ts';
import { smallComparison } from './small.ts';

/** The searches people use: ours beside any peer. */
export const run = (options: BenchOptions): Promise<Finding> =>
  smallComparison('search', options, searchShapes);
