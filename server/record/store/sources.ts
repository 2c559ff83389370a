import type { Queryable } from '../../platform/db/index.ts';
import { typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import { saidIn } from '../said.ts';
import type { StoredResource } from '../types.ts';

type Row = { type: number; rid: string; version: number; source: string; channel: string };

/** Who said each of these versions, in the order asked; null where it was typed here and no organisation is known. */
export async function sourcesOf(
  db: Queryable,
  stored: readonly StoredResource[],
): Promise<(string | null)[]> {
  if (stored.every(({ said }) => said !== undefined)) return stored.map(({ said }) => said ?? null);
  const columns = 'v.type, v.rid, v.version, d.source, d.channel';
  const half = (table: 'resource' | 'history'): string =>
    `select ${columns}
     from record.${table} v
     join record.delivery d on d.id = v.delivery_id
     where v.patient_id = any($1::uuid[])
       and v.rid = any($2::uuid[])`;
  const places = [...new Set(stored.map(({ patientId }) => patientId))];
  const rids = [...new Set(stored.map(({ id }) => ridOf(id)))];
  const found = new Map<string, string | null>();
  const look = async (table: 'resource' | 'history'): Promise<void> => {
    const rows = await db.query<Row>(half(table), [places, rids], { name: `record-sources-${table}` });
    for (const { type, rid, version, ...delivery } of rows)
      found.set(`${type}/${rid}/${version}`, saidIn(delivery));
  };
  const keys = stored.map(({ type, id, version }) => `${typeNumber(type)}/${ridOf(id)}/${version}`);
  await look('resource');
  if (!keys.every((key) => found.has(key))) await look('history');
  return keys.map((key) => found.get(key) ?? null);
}
