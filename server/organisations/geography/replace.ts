import type { Tx } from '../../platform/db/index.ts';
import { deliveriesAbout, type Said } from '../store/deliveries.ts';
import type { BulkTable } from './sink.ts';

/** The tables that geography files fill. */
const tables: readonly BulkTable[] = [
  'area',
  'responsibility',
  'lsoa_change',
  'deprivation',
  'rurality',
  'population',
  'boundary',
  'postcode',
];

/** Withdraws all bulk rows a source said before under this head. */
export async function withdrawBulk(tx: Tx, said: Said, deliveryId: string): Promise<void> {
  const earlier = await deliveriesAbout(tx, said);
  if (earlier.length === 0) return;
  for (const table of tables) {
    await tx.query(
      `update organisations.${table}
       set withdrawn_by = $2
       where said_by = any($1::uuid[])
         and withdrawn_by is null`,
      [earlier, deliveryId],
    );
  }
}
