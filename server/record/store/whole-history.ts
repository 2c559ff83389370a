import type { Queryable } from '../../platform/db/index.ts';
import { storedOf, type ResourceRow } from '../stored-row.ts';
import type { RecordEntry } from './whole-record.ts';

const half = (table: 'resource' | 'history', which: string): string =>
  `select v.patient_id, v.type, v.rid, v.version, v.last_updated, v.deleted, v.content, d.source, d.channel
   from record.${table} v
   join record.delivery d on d.id = v.delivery_id
   where v.patient_id = any($1::uuid[]) ${which}`;

/** Every version ever filed under these patients that is not current, and deletions, the oldest first, with who said it. */
export async function patientVersions(db: Queryable, patientIds: readonly string[]): Promise<RecordEntry[]> {
  const rows = await db.query<ResourceRow & { source: string; channel: string }>(
    `${half('resource', 'and v.deleted')} union all ${half('history', '')}
     order by patient_id, type, rid, version`,
    [patientIds],
    { name: 'record-versions-of-patients' },
  );
  return rows.map((row) => ({ ...storedOf(row), source: row.source, channel: row.channel }));
}
