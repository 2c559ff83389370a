import { typeName } from '../../resource-types.ts';
import type { StoredResource } from '../../types.ts';

export type ResourceRow = {
  patient_id: string;
  type: number;
  rid: string;
  version: number;
  last_updated: Date;
  content: string;
};

export function storedOf(row: ResourceRow): StoredResource {
  return {
    type: typeName(row.type),
    id: idIn(row.content),
    version: row.version,
    lastUpdated: row.last_updated,
    deleted: false,
    content: row.content,
    patientId: row.patient_id,
  };
}

/** The id in stored content, which always begins `{"resourceType":"T","id":"ID"`. */
export function idIn(content: string): string {
  const start = content.indexOf('"id":"') + 6;
  return content.slice(start, content.indexOf('"', start));
}
