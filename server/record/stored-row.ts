import { typeName } from './resource-types.ts';
import { saidIn } from './said.ts';
import type { StoredResource } from './types.ts';

/** A version of a resource as the database gives it. */
export type ResourceRow = {
  patient_id: string;
  type: number;
  rid: string;
  version: number;
  last_updated: Date;
  /** Left out where only what is not deleted is read. */
  deleted?: boolean;
  content: string;
  /** Of its delivery, where decisions will be asked about the row. */
  source?: string;
  channel?: string;
};

export function storedOf(row: ResourceRow): StoredResource {
  const { source, channel } = row;
  return {
    type: typeName(row.type),
    id: idIn(row.content),
    version: row.version,
    lastUpdated: row.last_updated,
    deleted: row.deleted ?? false,
    content: row.content,
    patientId: row.patient_id,
    ...(source === undefined || channel === undefined ? {} : { said: saidIn({ source, channel }) }),
  };
}

/** The id in stored content, which always begins `{"resourceType":"T","id":"ID"`. */
export function idIn(content: string): string {
  const start = content.indexOf('"id":"', 17) + 6;
  return content.slice(start, content.indexOf('"', start));
}
