import {
  cameThrough,
  isBehindWall,
  marked,
  throughWall,
  type Db,
  type Queryable,
} from '../../platform/db/index.ts';
import { typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import type { StoredResource } from '../types.ts';

type Row = {
  patient_id: string;
  type: number;
  rid: string;
  version: number;
  content: string;
};

/**
 * Reads versions that were found past the second wall once more, behind it, before they are shown: PostgreSQL gives those of patients
 * that the request opened, and no others. Where there is no wall nothing is read.
 */
export function again<Found extends StoredResource>(
  db: Db,
  rows: readonly Found[],
): Promise<(Found | undefined)[]> {
  return throughWall(async () => {
    if (!isBehindWall()) return [...rows];
    const given = new Map<string, string>();
    const wanted = rows.filter((row) => !cameThrough(row));
    if (wanted.length > 0) await look(db, 'resource', wanted, given);
    const replaced = wanted.filter((row) => !given.has(keyOf(row)));
    if (replaced.length > 0) await look(db, 'history', replaced, given);
    return rows.map((row) => {
      if (cameThrough(row)) return row;
      const content = given.get(keyOf(row));
      return content === undefined ? undefined : marked([{ ...row, content }])[0];
    });
  });
}

async function look(
  db: Queryable,
  table: 'resource' | 'history',
  rows: readonly StoredResource[],
  given: Map<string, string>,
): Promise<void> {
  const found = await db.query<Row>(
    `select v.patient_id, v.type, v.rid, v.version, v.content
     from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::integer[]) as wanted (patient_id, type, rid, version)
     join record.${table} v
       on v.patient_id = wanted.patient_id
      and v.type = wanted.type
      and v.rid = wanted.rid
      and v.version = wanted.version`,
    [
      rows.map(({ patientId }) => patientId),
      rows.map(({ type }) => typeNumber(type)),
      rows.map(({ id }) => ridOf(id)),
      rows.map(({ version }) => version),
    ],
    { name: `record-again-${table}` },
  );
  for (const { patient_id, type, rid, version, content } of found)
    given.set(`${patient_id}/${type}/${rid}/${version}`, content);
}

const keyOf = ({ patientId, type, id, version }: StoredResource): string =>
  `${patientId}/${typeNumber(type)}/${ridOf(id)}/${version}`;
