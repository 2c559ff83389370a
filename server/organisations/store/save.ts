import type { Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import { difference } from './difference.ts';
import type { Said } from './deliveries.ts';
import { factTables, type FactKind, type Facts, type FactTable } from './tables.ts';

export type Saved = { added: number; withdrawn: number };

/** Which of a source's facts a load speaks of: all under its head, those of some organisations, or those with some keys. */
export type Covers = 'all' | { column: 'organisation_id' | 'said_key'; values: readonly string[] };

/**
 * Makes what is held of a source's facts what it now says: adds what is new, withdraws what it no longer says. Only the tables given are
 * touched.
 */
export async function saveFacts(
  tx: Tx,
  said: Said,
  deliveryId: string,
  facts: Facts,
  covers: Covers,
): Promise<Saved> {
  const total = { added: 0, withdrawn: 0 };
  for (const kind of Object.keys(facts) as FactKind[]) {
    const table = factTables[kind];
    const held = await heldRows(tx, said, table, covers);
    const { added, withdrawn } = difference<object>(held, facts[kind] as object[]);
    if (added.length > 0) await insertRows(tx, table, added, deliveryId);
    if (withdrawn.length > 0) await withdrawRows(tx, table, withdrawn, deliveryId);
    total.added += added.length;
    total.withdrawn += withdrawn.length;
  }
  return total;
}

async function insertRows(tx: Tx, table: FactTable, rows: object[], deliveryId: string): Promise<void> {
  const names = table.columns.map(([name]) => name).join(', ');
  const types = table.columns.map((each) => each.join(' ')).join(', ');
  await tx.query(
    `insert into organisations.${table.name} (fact_id, said_by, ${names})
     select fact_id, $2, ${names}
     from jsonb_to_recordset($1::jsonb) as x (fact_id uuid, ${types})`,
    [JSON.stringify(rows.map((row) => ({ fact_id: newId(), ...row }))), deliveryId],
  );
}

async function withdrawRows(tx: Tx, table: FactTable, ids: string[], deliveryId: string): Promise<void> {
  await tx.query(
    `update organisations.${table.name}
     set withdrawn_by = $2
     where fact_id = any($1::uuid[])`,
    [ids, deliveryId],
  );
}

async function heldRows(
  tx: Tx,
  said: Said,
  table: FactTable,
  covers: Covers,
): Promise<{ id: string; row: object }[]> {
  const limit =
    covers !== 'all' && table.columns.some(([name]) => name === covers.column) ? covers : undefined;
  const rows = await tx.query<{ fact_id: string }>(
    `select f.fact_id, ${table.columns.map(readable).join(', ')}
     from organisations.${table.name} f
     join organisations.delivery d on d.delivery_id = f.said_by
     where d.source = $1
       and d.about = $2
       and f.withdrawn_by is null
       ${limit === undefined ? '' : `and f.${limit.column}::text = any($3::text[])`}`,
    limit === undefined ? [said.source, said.about] : [said.source, said.about, limit.values],
  );
  return rows.map(({ fact_id: id, ...row }) => ({ id, row }));
}

/** Days and lists of ids are read as texts. */
function readable([name, type]: FactTable['columns'][number]): string {
  if (type === 'date') return `f.${name}::text`;
  return type === 'uuid[]' ? `f.${name}::text[]` : `f.${name}`;
}
