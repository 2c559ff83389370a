import type { Queryable, Tx } from '../../platform/db/index.ts';
import type { Normalised } from '../matching/index.ts';

/** Who adopted a model, when and why. */
export type Adoption = {
  version: string;
  /** The version it took the place of. */
  replaced: string;
  adopted: Date;
  adoptedBy: string;
  reason: string;
};

const columns = 'version, replaced, adopted, adopted_by as "adoptedBy", reason';

/** All models that were adopted, the newest first. */
export async function adoptions(db: Queryable): Promise<Adoption[]> {
  return db.query<Adoption>(`select ${columns} from people.model order by adopted desc, version`);
}

/** The version adopted last; undefined when none ever was. */
export async function newestVersion(db: Queryable): Promise<string | undefined> {
  const [row] = await db.query<{ version: string }>(
    `select version from people.model order by adopted desc, version limit 1`,
  );
  return row?.version;
}

export async function modelBody(db: Queryable, version: string): Promise<string | undefined> {
  const [row] = await db.query<{ body: string }>(`select body from people.model where version = $1`, [
    version,
  ]);
  return row?.body;
}

export async function addModel(tx: Tx, adoption: Adoption, body: string): Promise<void> {
  const { version, replaced, adopted, adoptedBy, reason } = adoption;
  await tx.query(
    `insert into people.model (version, body, replaced, adopted, adopted_by, reason)
     values ($1, $2, $3, $4, $5, $6)`,
    [version, body, replaced, adopted, adoptedBy, reason],
  );
}

export async function countRecords(db: Queryable): Promise<number> {
  const [row] = await db.query<{ n: number }>(`select count(*) as n from people.particulars where active`);
  return row?.n ?? 0;
}

/** How many pairs of records are linked to one person now. */
export async function countLinkedPairs(db: Queryable): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select coalesce(sum(records * (records - 1) / 2), 0)::float8 as n
     from (
       select count(*) as records from people.person_patient group by person_id
     ) p`,
  );
  return row?.n ?? 0;
}

/** Normal forms of all active patients in the order of their ids, so many at a time. */
export async function* normalForms(db: Queryable, atOnce = 5_000): AsyncGenerator<Normalised[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await db.query<{ patient_id: string; body: string }>(
      `select patient_id, body
       from people.particulars
       where patient_id > $1
         and active
       order by patient_id
       limit $2`,
      [after, atOnce],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ body }) => JSON.parse(body) as Normalised);
    after = last.patient_id;
  }
}
