import { observed, type ObservedPatient } from '../../people/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { typeNumber } from '../resource-types.ts';
import type { Resource } from '../types.ts';

/** The Patient resources behind patient ids, as text. One that is deleted or unknown is left out. */
export async function patientTexts(
  db: Queryable,
  patientIds: readonly string[],
): Promise<Map<string, string>> {
  if (patientIds.length === 0) return new Map();
  const rows = await db.query<{ patient_id: string; content: string }>(
    `select patient_id, content
     from record.resource
     where patient_id = any($1::uuid[])
       and type = $2
       and rid = patient_id
       and not deleted`,
    [patientIds, typeNumber('Patient')],
    { name: 'operations-patients' },
  );
  return new Map(rows.map((row) => [row.patient_id, row.content]));
}

/** What these Patients say about who they are. */
export async function observedPatients(
  db: Queryable,
  patientIds: readonly string[],
): Promise<ObservedPatient[]> {
  const texts = await patientTexts(db, patientIds);
  return [...texts].map(([patientId, text]) => observed(patientId, JSON.parse(text) as Resource));
}
