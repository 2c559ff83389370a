import { marked, type Queryable } from '../../platform/db/index.ts';
import { typeNumber } from '../resource-types.ts';
import type { StoredResource } from '../types.ts';
import { saidIn } from '../said.ts';
import { storedOf, type ResourceRow } from '../stored-row.ts';

/** A resource of a person's record, with who said it and through what. */
export type RecordEntry = StoredResource & { source: string; channel: string };

/**
 * Everything now filed under these patients, or all of one type: one primary-key range each. Deleted resources are left out.
 */
export async function patientRecord(
  db: Queryable,
  patientIds: string[],
  type?: string,
): Promise<RecordEntry[]> {
  const ofType = type === undefined ? '' : 'and r.type = $2';
  const rows = await db.query<ResourceRow & { source: string; channel: string }>(
    `select r.patient_id, r.type, r.rid, r.version, r.last_updated, r.deleted, r.content, d.source, d.channel
     from record.resource r
     join record.delivery d on d.id = r.delivery_id
     where r.patient_id = any($1::uuid[])
       and not r.deleted ${ofType}
     order by r.patient_id, r.type, r.rid`,
    type === undefined ? [patientIds] : [patientIds, typeNumber(type)],
    { name: type === undefined ? 'record-of-patients' : 'record-of-patients-of-type' },
  );
  return marked(
    rows.map((row) => ({ ...storedOf(row), source: row.source, channel: row.channel, said: saidIn(row) })),
  );
}
