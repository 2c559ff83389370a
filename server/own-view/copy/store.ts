import type { Queryable, Tx } from '../../platform/db/index.ts';

export type CopyState = 'asked' | 'checking' | 'ready';

/** A copy somebody asked for of all that is held about them. */
export type CopyAsked = {
  copyId: string;
  patientId: string;
  personId: string;
  /** The organisation that answers for the person's record. */
  source: string | null;
  state: CopyState;
  asked: Date;
  /** The last day to give it, YYYY-MM-DD. */
  due: string;
  ready: Date | null;
  readyBy: string | null;
};

/** What was decided of one version of an entry that may tell of somebody else. */
export type CopyCheck = {
  type: string;
  id: string;
  version: number;
  gives: boolean;
  reason: string | null;
  decided: Date;
  decidedBy: string;
};

const columns = `copy_id as "copyId", patient_id as "patientId", person_id as "personId", source, state, asked, due::text as due, ready,
  ready_by as "readyBy"`;

export async function addCopy(
  db: Queryable,
  { copyId, patientId, personId, source, asked, due }: Omit<CopyAsked, 'state' | 'ready' | 'readyBy'>,
): Promise<void> {
  await db.query(
    `insert into own_view.copy (copy_id, patient_id, person_id, source, state, asked, due)
     values ($1, $2, $3, $4, 'asked', $5, $6)`,
    [copyId, patientId, personId, source, asked, due],
  );
}

/** The copies asked for under these patients, the newest first. */
export const copiesOf = (db: Queryable, patientIds: readonly string[]): Promise<CopyAsked[]> =>
  db.query(
    `select ${columns}
     from own_view.copy
     where patient_id = any($1::uuid[])
     order by asked desc, copy_id`,
    [patientIds],
  );

/** All that wait to be checked, the one due first before others. */
export const waitingCopies = (db: Queryable): Promise<CopyAsked[]> =>
  db.query(
    `select ${columns}
     from own_view.copy
     where state <> 'ready'
     order by due, copy_id`,
  );

export async function findCopy(db: Queryable, copyId: string): Promise<CopyAsked | undefined> {
  const [row] = await db.query<CopyAsked>(
    `select ${columns}
     from own_view.copy
     where copy_id = $1`,
    [copyId],
  );
  return row;
}

export const checksOf = (db: Queryable, copyId: string): Promise<CopyCheck[]> =>
  db.query(
    `select resource_type as type, resource_id as id, version, gives, reason, decided, decided_by as "decidedBy"
     from own_view.copy_check
     where copy_id = $1
     order by resource_type, resource_id, version`,
    [copyId],
  );

/** Keeps what was decided of an entry; a later decision replaces it until the copy is ready. False when it is ready already. */
export async function decideEntry(tx: Tx, copyId: string, check: CopyCheck): Promise<boolean> {
  const open = await tx.query(
    `update own_view.copy
     set state = 'checking'
     where copy_id = $1
       and state <> 'ready'
     returning copy_id`,
    [copyId],
  );
  if (open.length === 0) return false;
  await tx.query(
    `insert into own_view.copy_check (copy_id, resource_type, resource_id, version, gives, reason, decided, decided_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (copy_id, resource_type, resource_id, version)
     do update set gives = excluded.gives, reason = excluded.reason, decided = excluded.decided, decided_by = excluded.decided_by`,
    [copyId, check.type, check.id, check.version, check.gives, check.reason, check.decided, check.decidedBy],
  );
  return true;
}

/** Lets a copy go to the person. False when it was let go already. */
export async function releaseCopy(
  db: Queryable,
  copyId: string,
  { at, by }: { at: Date; by: string },
): Promise<boolean> {
  const rows = await db.query(
    `update own_view.copy
     set state = 'ready', ready = $2, ready_by = $3
     where copy_id = $1
       and state <> 'ready'
     returning copy_id`,
    [copyId, at, by],
  );
  return rows.length > 0;
}
