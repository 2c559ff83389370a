import type { Tx } from './types.ts';
import { Problem } from '../errors.ts';

/**
 * Where a table's rows live when PostgreSQL is spread over several machines (Citus).
 * - distributed: split over the machines by one column; tables split by a value of the same kind sit together
 * - reference: a small table, whole on each machine
 * - local: on the coordinator only
 */
export type Placement =
  { kind: 'distributed'; by: string; withTable?: string } | { kind: 'reference' } | { kind: 'local' };

/** One line for each table, named `schema.table`. */
export type Manifest = Readonly<Record<string, Placement>>;

/** Tells Citus where a new, empty table belongs. */
export async function placeTable(tx: Tx, table: string, manifest: Manifest): Promise<void> {
  const placement = manifest[table];
  if (placement === undefined) {
    throw new Problem('platform/table-not-declared', 500, `The table ${table} is not in the manifest.`);
  }
  if (placement.kind === 'reference') await tx.query('select create_reference_table($1::regclass)', [table]);
  if (placement.kind === 'distributed') {
    await tx.query('select create_distributed_table($1::regclass, $2, colocate_with => $3)', [
      table,
      placement.by,
      placement.withTable ?? 'default',
    ]);
  }
}
