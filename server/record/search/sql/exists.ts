/**
 * A test that is made row by row: `offset 0` keeps PostgreSQL from turning it into a join over all rows of the other side.
 */
export function exists(from: string): string {
  return `(exists (select 1 from ${from} offset 0))`;
}
