import type { Emit } from './types.ts';

/**
 * A test that is made row by row: `offset 0` keeps PostgreSQL from turning it into a join over all rows of the other side.
 * Citus takes no such fence.
 */
export function exists(to: Emit, from: string): string {
  return `(exists (select 1 from ${from}${to.reader.distributed ? '' : ' offset 0'}))`;
}
