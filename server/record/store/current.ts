import { uuidList, type Queryable, type Tx } from '../../platform/db/index.ts';
import { keyOf } from './batch.ts';

/** A row of record.resource as the writer needs it: where it is and what it was. */
export type CurrentRow = {
  patientId: string;
  typeNumber: number;
  rid: string;
  version: number;
  created: number;
  lastUpdated: Date;
  deleted: boolean;
  digest: string;
  /** Search tokens as text (64-bit). */
  tokens: string[];
  /** The token of all its counted tokens, as text (64-bit); null when it is deleted. */
  combination: string | null;
};

/** Under which patient each resource is filed, by `rid/type`; those that do not exist are left out. */
export async function patientIdsOf(db: Queryable, rids: readonly string[]): Promise<Map<string, string>> {
  if (rids.length === 0) return new Map();
  const rows = await db.query<{ rid: string; type: number; patient_id: string }>(
    `select rid, type, patient_id
     from record.resource_key
     where rid = any($1::uuid[])`,
    [uuidList(rids)],
    { name: 'record-keys' },
  );
  return new Map(rows.map((row) => [keyOf({ rid: row.rid, typeNumber: row.type }), row.patient_id]));
}

/** The current rows of these resources, by `rid/type`. */
export async function currentRows(
  tx: Tx,
  patientIds: string[],
  rids: string[],
): Promise<Map<string, CurrentRow>> {
  const rows = await tx.query<{
    patient_id: string;
    type: number;
    rid: string;
    version: number;
    created: number;
    last_updated: Date;
    deleted: boolean;
    digest: string;
    tokens: string[];
    combination: string | null;
  }>(
    `select patient_id, type, rid, version, created, last_updated, deleted, digest,
            tokens::text[] as tokens, combination::text as combination
     from record.resource
     where patient_id = any($1::uuid[])
       and rid = any($2::uuid[])`,
    [uuidList(patientIds), uuidList(rids)],
    { name: 'record-current-rows' },
  );
  return new Map(
    rows.map((row) => [
      keyOf({ rid: row.rid, typeNumber: row.type }),
      {
        patientId: row.patient_id,
        typeNumber: row.type,
        rid: row.rid,
        version: row.version,
        created: row.created,
        lastUpdated: row.last_updated,
        deleted: row.deleted,
        digest: row.digest.replaceAll('-', ''),
        tokens: row.tokens,
        combination: row.combination,
      },
    ]),
  );
}

type HeadRow = { patient_id: string; seq: number };

const locking = (rows: string): string => `
  insert into record.patient_head (patient_id, seq)
  ${rows}
  on conflict (patient_id) do update set seq = record.patient_head.seq + 1
  returning patient_id, seq`;

const mostValues = 500;
const lockingFromArray = locking('select patient_id, 1 from unnest($1::uuid[]) as patient_id');

/** Takes the write lock of each patient's record, in one order for all writers, and counts one change. Gives the new numbers. */
export async function lockHeads(tx: Tx, patientIds: string[]): Promise<Map<string, number>> {
  if (patientIds.length === 0) return new Map();
  const ids = [...patientIds].sort();
  // Citus sends a few values straight to their machines; the rows of a select pass the coordinator first, ten times as slow.
  const rows = await (tx.distributed && ids.length <= mostValues
    ? tx.query<HeadRow>(
        locking(`values ${ids.map((_, index) => `($${index + 1}::uuid, 1)`).join(', ')}`),
        ids,
      )
    : tx.query<HeadRow>(lockingFromArray, [ids], { name: 'record-lock-heads' }));
  return new Map(rows.map((row) => [row.patient_id, row.seq]));
}

/** Moves the current versions of these rows to history and takes them out of every search table. */
export function retire(tx: Tx, rows: CurrentRow[]): void {
  const values = [
    rows.map((row) => row.patientId),
    rows.map((row) => row.typeNumber),
    rows.map((row) => row.rid),
  ];
  const these = `(patient_id, type, rid) in (select * from unnest($1::uuid[], $2::smallint[], $3::uuid[]))`;
  tx.send(
    `insert into record.history
       (patient_id, type, rid, version, last_updated, deleted, delivery_id, digest, content)
     select patient_id, type, rid, version, last_updated, deleted, delivery_id, digest, content
     from record.resource
     where patient_id = any($1::uuid[]) and ${these}`,
    values,
    { name: 'record-retire-history' },
  );
  for (const table of ['resource', 'search_string', 'search_date', 'search_number']) {
    tx.send(`delete from record.${table} where patient_id = any($1::uuid[]) and ${these}`, values, {
      name: `record-retire-${table}`,
    });
  }
}

/** Points keys to another patient, keeping where the earlier versions stay. */
export async function refile(
  tx: Tx,
  moves: { rid: string; typeNumber: number; from: string; to: string }[],
): Promise<void> {
  const values = [
    moves.map((move) => move.rid),
    moves.map((move) => move.typeNumber),
    moves.map((move) => move.from),
  ];
  await tx.query(
    `insert into record.former_key (rid, type, patient_id)
     select * from unnest($1::uuid[], $2::smallint[], $3::uuid[])
     on conflict do nothing`,
    values,
  );
  for (const move of moves) {
    await tx.query(`update record.resource_key set patient_id = $3 where rid = $1 and type = $2`, [
      move.rid,
      move.typeNumber,
      move.to,
    ]);
  }
}
