import type { Tx } from '../../platform/db/index.ts';

/**
 * Whether a transaction has changed anything: it has a number from its first change on. On Citus what it changes may lie on other
 * machines, so that it counts as one that has.
 */
export async function hasWritten(tx: Tx): Promise<boolean> {
  if (tx.distributed) return true;
  const [row] = await tx.query<{ wrote: boolean }>(
    'select pg_current_xact_id_if_assigned() is not null as wrote',
  );
  return row!.wrote;
}
