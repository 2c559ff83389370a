import type { Queryable } from '../../platform/db/index.ts';
import type { WishKind } from './catalogue.ts';

export type Wish = {
  patientId: string;
  wishId: string;
  kind: WishKind;
  code: string;
  detail: string | null;
  said: Date;
  saidBy: string;
  ended: Date | null;
  endedBy: string | null;
};

const columns = `patient_id as "patientId", wish_id as "wishId", kind, code, detail, said, said_by as "saidBy", ended, ended_by as "endedBy"`;

/** All that was ever wished under these patients, the newest first. */
export const wishesOf = (db: Queryable, patientIds: readonly string[]): Promise<Wish[]> =>
  db.query(
    `select ${columns}
     from own_view.wish
     where patient_id = any($1::uuid[])
     order by said desc, wish_id`,
    [patientIds],
  );

export async function addWish(
  db: Queryable,
  { patientId, wishId, kind, code, detail, said, saidBy }: Omit<Wish, 'ended' | 'endedBy'>,
): Promise<void> {
  await db.query(
    `insert into own_view.wish (patient_id, wish_id, kind, code, detail, said, said_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [patientId, wishId, kind, code, detail, said, saidBy],
  );
}

/** Ends a wish. Undefined when it is not there or ended already. */
export async function endWish(
  db: Queryable,
  { patientIds, wishId, at, by }: { patientIds: readonly string[]; wishId: string; at: Date; by: string },
): Promise<Wish | undefined> {
  const [row] = await db.query<Wish>(
    `update own_view.wish
     set ended = $3, ended_by = $4
     where patient_id = any($1::uuid[])
       and wish_id = $2
       and ended is null
     returning ${columns}`,
    [patientIds, wishId, at, by],
  );
  return row;
}
