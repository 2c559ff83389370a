import type { Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import { difference } from '../rules/difference.ts';
import type { OrganisationId } from '../types.ts';
import type { Said } from './deliveries.ts';
import { factTables, type FactKind, type Facts, type FactTable } from './tables.ts';

export type Saved = { added: number; withdrawn: number };

/**
 * Makes what is held of a source's facts what it now says: adds what is new, withdraws what it no longer says. `of` limits that to some
 * organisations; without it, it is all that the source says under this head. Only the tables given are touched.
 */
export async function saveFacts(
  tx: Tx,
  said: Said,
  deliveryId: string,
  facts: Facts,
  of?: readonly OrganisationId[],
): Promise<Saved> {
  const total = { added: 0, withdrawn: 0 };
  for (const kind of Object.keys(facts) as FactKind[]) {
    const saved = await saveTable(tx, said, deliveryId, factTables[kind], facts[kind] as object[], of);
    total.added += saved.added;
    total.withdrawn += saved.withdrawn;
  }
  return total;
}

async function saveTable(
  tx: Tx,
  said: Said,
  deliveryId: string,
  table: FactTable,
  rows: object[],
  of: readonly OrganisationId[] | undefined,
): Promise<Saved> {
  const held = await heldRows(tx, said, table, of);
  const { added, withdrawn } = difference<object>(held, rows);
  const names = table.columns.map(([name]) => name);
  if (added.length > 0) {
    await tx.query(
      `insert into organisations.${table.name} (fact_id, said_by, ${names.join(', ')})
       select fact_id, $2, ${names.join(', ')}
       from jsonb_to_recordset($1::jsonb) as x (fact_id uuid, ${table.columns.map((each) => each.join(' ')).join(', ')})`,
      [JSON.stringify(added.map((row) => ({ fact_id: newId(), ...row }))), deliveryId],
    );
  }
  if (withdrawn.length > 0) {
    await tx.query(
      `update organisations.${table.name} set withdrawn_by = $2 where fact_id = any($1::uuid[])`,
      [withdrawn, deliveryId],
    );
  }
  return { added: added.length, withdrawn: withdrawn.length };
}

async function heldRows(
  tx: Tx,
  said: Said,
  table: FactTable,
  of: readonly OrganisationId[] | undefined,
): Promise<{ id: string; row: object }[]> {
  const columns = table.columns.map(([name, type]) =>
    type === 'date' || type === 'uuid[]' ? `f.${name}::${type === 'date' ? 'text' : 'text[]'}` : `f.${name}`,
  );
  const limited = of !== undefined && table.columns.some(([name]) => name === 'organisation_id');
  const rows = await tx.query<{ fact_id: string }>(
    `select f.fact_id, ${columns.join(', ')}
     from organisations.${table.name} f
     join organisations.delivery d on d.delivery_id = f.said_by
     where d.source = $1
       and d.about = $2
       and f.withdrawn_by is null
       ${limited ? 'and f.organisation_id = any($3::uuid[])' : ''}`,
    limited ? [said.source, said.about, of] : [said.source, said.about],
  );
  return rows.map(({ fact_id: id, ...row }) => ({ id, row }));
}
