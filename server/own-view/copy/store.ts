import type { Queryable, Tx } from '../../platform/db/index.ts';
import { askedStore, type Asked } from '../asked/index.ts';

export type CopyState = 'asked' | 'checking' | 'ready';

/** A copy somebody asked for of all that is held about them. */
export type CopyAsked = Asked & {
  copyId: string;
  /** The organisation that answers for the person's record. */
  source: string | null;
  state: CopyState;
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

export const copies = askedStore<CopyAsked>({
  table: 'own_view.copy',
  key: 'copyId',
  waits: `state <> 'ready'`,
  columns: {
    copyId: 'copy_id',
    patientId: 'patient_id',
    personId: 'person_id',
    source: 'source',
    state: 'state',
    asked: 'asked',
    due: 'due',
    ready: 'ready',
    readyBy: 'ready_by',
  },
});

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
  if (!(await copies.settle(tx, copyId, { state: 'checking' }))) return false;
  await tx.query(
    `insert into own_view.copy_check (copy_id, resource_type, resource_id, version, gives, reason, decided, decided_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (copy_id, resource_type, resource_id, version)
     do update set gives = excluded.gives, reason = excluded.reason, decided = excluded.decided, decided_by = excluded.decided_by`,
    [copyId, check.type, check.id, check.version, check.gives, check.reason, check.decided, check.decidedBy],
  );
  return true;
}
