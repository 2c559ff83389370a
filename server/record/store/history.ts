import type { Queryable } from '../../platform/db/index.ts';
import { typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import { storedOf, type ResourceRow } from '../stored-row.ts';
import type { StoredResource } from '../types.ts';
import { patientIdsOf } from './current.ts';
import { keyOf } from './batch.ts';
import type { ResourceName } from './reader.ts';

const columns = 'patient_id, type, rid, version, last_updated, deleted, content';

/** Every patient a resource is or was filed under. */
async function homesOf(db: Queryable, rid: string, type: number): Promise<string[]> {
  const filed = await patientIdsOf(db, [rid]);
  const now = filed.get(keyOf({ rid, typeNumber: type }));
  if (now === undefined) return [];
  const former = await db.query<{ patient_id: string }>(
    `select patient_id from record.former_key where rid = $1 and type = $2`,
    [rid, type],
    { name: 'record-former-homes' },
  );
  return [now, ...former.map((row) => row.patient_id)];
}

/** One version of a resource, current or earlier. */
export async function readVersion(
  db: Queryable,
  name: ResourceName,
  version: number,
): Promise<StoredResource | undefined> {
  const rid = ridOf(name.id);
  const type = typeNumber(name.type);
  const homes = await homesOf(db, rid, type);
  if (homes.length === 0) return undefined;
  const rows = await db.query<ResourceRow>(
    `select ${columns} from record.resource
     where patient_id = any($1::uuid[]) and type = $2 and rid = $3 and version = $4
     union all
     select ${columns} from record.history
     where patient_id = any($1::uuid[]) and type = $2 and rid = $3 and version = $4`,
    [homes, type, rid, version],
    { name: 'record-read-version' },
  );
  return rows[0] === undefined ? undefined : storedOf(rows[0]);
}

/** Which versions to list. Newest first; `before` is where the last page ended. */
export type HistoryQuery = {
  type?: string | undefined;
  id?: string | undefined;
  /** Only versions made at or after this moment. */
  since?: Date | undefined;
  /** Only versions that were current at some time in this range. */
  at?: { low: Date; high: Date } | undefined;
  before?: HistoryPlace | undefined;
  count: number;
};

/** The place of a version in the order of a history: time, then type, resource and version. */
export type HistoryPlace = { lastUpdated: string; type: number; rid: string; version: number };

export type HistoryPage = {
  versions: StoredResource[];
  next: HistoryPlace | undefined;
  total: number | undefined;
};

/** A page of versions of one resource, one type or everything, newest first. The order never changes under the reader. */
export async function history(db: Queryable, query: HistoryQuery): Promise<HistoryPage> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions: string[] = [];
  let total: number | undefined;

  if (query.type !== undefined) conditions.push(`type = ${bind(typeNumber(query.type))}`);
  if (query.type !== undefined && query.id !== undefined) {
    const rid = ridOf(query.id);
    const homes = await homesOf(db, rid, typeNumber(query.type));
    if (homes.length === 0) return { versions: [], next: undefined, total: 0 };
    conditions.push(`patient_id = any(${bind(homes)}::uuid[])`, `rid = ${bind(rid)}`);
  }
  if (query.since !== undefined) conditions.push(`last_updated >= ${bind(query.since)}`);
  let stillCurrent = '';
  if (query.at !== undefined) {
    conditions.push(`last_updated <= ${bind(query.at.high)}`);
    stillCurrent = notReplacedBy(bind(query.at.low));
  }
  if (query.before !== undefined) {
    const { lastUpdated, type, rid, version } = query.before;
    conditions.push(
      `last_updated <= ${bind(lastUpdated)}::timestamptz`,
      `(last_updated, type, rid, version) < (${bind(lastUpdated)}::timestamptz, ${bind(type)}::smallint, ${bind(rid)}::uuid, ${bind(version)}::integer)`,
    );
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const order = 'order by last_updated desc, type desc, rid desc, version desc';
  const limit = bind(query.count + 1);
  const half = (table: 'resource' | 'history'): string => {
    const kept = table === 'history' && stillCurrent !== '' ? `${where} and ${stillCurrent}` : where;
    return `(select ${columns} from record.${table} v ${kept} ${order} limit ${limit})`;
  };
  const rows = await db.query<ResourceRow>(
    `select ${columns} from (${half('resource')} union all ${half('history')}) v ${order} limit ${limit}`,
    values,
  );

  const versions = rows.slice(0, query.count).map(storedOf);
  if (query.id !== undefined && query.before === undefined && rows.length <= query.count)
    total = versions.length;
  const last = rows.length > query.count ? rows[query.count - 1] : undefined;
  return { versions, next: last === undefined ? undefined : placeOf(last), total };
}

/** For a row of history: the version after it came later than `moment`. */
const notReplacedBy = (moment: string): string =>
  ['resource', 'history']
    .map(
      (table) => `not exists (
        select 1 from record.${table} n
        where n.patient_id = v.patient_id and n.type = v.type and n.rid = v.rid
          and n.version = v.version + 1 and n.last_updated <= ${moment})`,
    )
    .join(' and ');

const placeOf = (row: ResourceRow): HistoryPlace => ({
  lastUpdated: row.last_updated.toISOString(),
  type: row.type,
  rid: row.rid,
  version: row.version,
});
