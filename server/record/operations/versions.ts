import type { Queryable } from '../../platform/db/index.ts';
import { typeName, typeNumber } from '../resource-types.ts';
import { idIn } from '../stored-row.ts';
import type { Resource } from '../types.ts';

/** A version of a resource as it stands under a patient. One that was deleted, or moved to another patient, has no resource. */
export type ResourceVersion = { name: string; at: number; resource: Resource | undefined };

type Row = {
  patient_id: string;
  type: number;
  rid: string;
  last_updated: Date;
  deleted: boolean;
  content: string;
  current: boolean;
};

/**
 * Every version of these patients' resources of these types, those of each resource in order. A patient whom one of them was moved
 * away from is given too.
 */
export async function versionsOf(
  db: Queryable,
  patientIds: readonly string[],
  types: readonly string[],
): Promise<Map<string, ResourceVersion[]>> {
  const numbers = types.map(typeNumber);
  const rows = await rowsOf(db, patientIds, numbers);
  const rids = [...new Set(rows.map(({ rid }) => rid))];
  const known = new Set(patientIds);
  const former = (await formerHomes(db, rids, numbers)).filter((patientId) => !known.has(patientId));
  if (former.length > 0) rows.push(...(await rowsOf(db, former, numbers)));
  const byPatient = Map.groupBy(rows, ({ patient_id: patientId }) => patientId);
  return new Map([...byPatient].map(([patientId, all]) => [patientId, versionsIn(all)]));
}

function versionsIn(rows: readonly Row[]): ResourceVersion[] {
  const resources = Map.groupBy(rows, ({ type, rid }) => `${type}/${rid}`);
  return [...resources.values()].flatMap((ofOne) => {
    const last = ofOne.at(-1)!;
    const name = `${typeName(last.type)}/${idIn(ofOne[0]!.content)}`;
    const versions = ofOne.map(({ last_updated: at, deleted, content }) => ({
      name,
      at: at.getTime(),
      resource: deleted ? undefined : (JSON.parse(content) as Resource),
    }));
    if (!last.current) versions.push({ name, at: last.last_updated.getTime(), resource: undefined });
    return versions;
  });
}

const columns = 'patient_id, type, rid, version, last_updated, deleted, content';
const those = 'where patient_id = any($1::uuid[]) and type = any($2::smallint[])';

const rowsOf = (db: Queryable, patientIds: readonly string[], types: readonly number[]): Promise<Row[]> =>
  db.query<Row>(
    `select ${columns}, false as current from record.history ${those}
     union all
     select ${columns}, true from record.resource ${those}
     order by patient_id, type, rid, version`,
    [patientIds, types],
    { name: 'record-versions' },
  );

/** Patients whom these resources stood under before. */
async function formerHomes(
  db: Queryable,
  rids: readonly string[],
  types: readonly number[],
): Promise<string[]> {
  if (rids.length === 0) return [];
  const rows = await db.query<{ patient_id: string }>(
    `select distinct patient_id
     from record.former_key
     where rid = any($1::uuid[])
       and type = any($2::smallint[])`,
    [rids, types],
    { name: 'record-former-patients' },
  );
  return rows.map((row) => row.patient_id);
}
