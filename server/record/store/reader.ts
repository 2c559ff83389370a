import {
  gather,
  isBehindWall,
  openingNow,
  pastWall,
  type Db,
  type Queryable,
} from '../../platform/db/index.ts';
import { isResourceType, typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import { storedOf, type ResourceRow } from '../stored-row.ts';
import type { StoredResource } from '../types.ts';
import { keyOf } from './batch.ts';
import { patientIdsOf } from './current.ts';

/** One join on one machine; two steps where keys and rows are spread by different columns. */
const joined = `
  select r.patient_id, r.type, r.rid, r.version, r.last_updated, r.deleted, r.content
  from record.resource_key k
  join record.resource r on r.patient_id = k.patient_id and r.type = k.type and r.rid = k.rid
  where k.rid = any($1::uuid[])`;

/** The same with who said it, which decisions ask for. Where nobody signs in, nothing asks. */
const joinedWithDelivery = `
  select r.patient_id, r.type, r.rid, r.version, r.last_updated, r.deleted, r.content, d.source, d.channel
  from record.resource_key k
  join record.resource r on r.patient_id = k.patient_id and r.type = k.type and r.rid = k.rid
  join record.delivery d on d.id = r.delivery_id
  where k.rid = any($1::uuid[])`;

const byPatientAndRid = `
  select patient_id, type, rid, version, last_updated, deleted, content
  from record.resource
  where patient_id = any($1::uuid[])
    and rid = any($2::uuid[])`;

async function rowsOf(db: Queryable, distributed: boolean, rids: string[]): Promise<ResourceRow[]> {
  if (!distributed) {
    return openingNow() === undefined
      ? db.query<ResourceRow>(joined, [rids], { name: 'record-read' })
      : db.query<ResourceRow>(joinedWithDelivery, [rids], { name: 'record-read-said' });
  }
  const filed = await patientIdsOf(db, rids);
  if (filed.size === 0) return [];
  return db.query<ResourceRow>(byPatientAndRid, [[...new Set(filed.values())], rids], {
    name: 'record-read-filed',
  });
}

export type ResourceName = { type: string; id: string };

/** The current versions of these resources, in the order asked; undefined where there never was one. Deleted ones are given, marked. */
export async function readMany(
  db: Queryable,
  names: ResourceName[],
  distributed: boolean,
): Promise<(StoredResource | undefined)[]> {
  const keys = names.map((name) =>
    isResourceType(name.type) ? keyOf({ rid: ridOf(name.id), typeNumber: typeNumber(name.type) }) : '',
  );
  const rows = await rowsOf(db, distributed, [...new Set(names.map((name) => ridOf(name.id)))]);
  const found = new Map(rows.map((row) => [keyOf({ rid: row.rid, typeNumber: row.type }), storedOf(row)]));
  return keys.map((key) => found.get(key));
}

/**
 * Reads single resources; reads that arrive together share one round trip. One behind the second wall goes by itself, as it sees only
 * what its own request opened.
 */
export function createReader(db: Db): (name: ResourceName) => Promise<StoredResource | undefined> {
  const together = gather((names: ResourceName[]) =>
    pastWall('deciding', () => readMany(db, names, db.distributed)),
  );
  return async (name) => (isBehindWall() ? (await readMany(db, [name], db.distributed))[0] : together(name));
}
