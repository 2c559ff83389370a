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

/** Tells Citus where new, empty tables belong: first those that others are put beside. */
export async function placeTables(tx: Tx, tables: readonly string[], manifest: Manifest): Promise<void> {
  const placements = tables.map((table) => ({ table, placement: placementOf(table, manifest) }));
  const first = placements.filter(({ placement }) => !isBeside(placement));
  const beside = placements.filter(({ placement }) => isBeside(placement));
  for (const { table, placement } of [...first, ...beside]) await place(tx, table, placement);
}

const isBeside = (placement: Placement): boolean =>
  placement.kind === 'distributed' && placement.withTable !== undefined;

function placementOf(table: string, manifest: Manifest): Placement {
  const placement = manifest[table];
  if (placement !== undefined) return placement;
  throw new Problem('platform/table-not-declared', 500, `The table ${table} is not in the manifest.`);
}

async function place(tx: Tx, table: string, placement: Placement): Promise<void> {
  if (placement.kind === 'reference') await tx.query('select create_reference_table($1::regclass)', [table]);
  if (placement.kind === 'distributed') {
    await tx.query('select create_distributed_table($1::regclass, $2, colocate_with => $3)', [
      table,
      placement.by,
      placement.withTable ?? 'default',
    ]);
  }
}
