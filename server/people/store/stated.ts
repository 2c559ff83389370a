import type { Queryable } from '../../platform/db/index.ts';

/** What one patient says of life and home. */
export type Stated = { born: string | null; died: string | null; restricted: boolean; home: string | null };

type Row = { patient_id: string; restricted: boolean; born: string | null; died: string | null } & {
  family: string | null;
  postcode: string | null;
};

/** What these patients say that bears on who may see them. Deleted patients say nothing. */
export async function statedBy(db: Queryable, patientIds: readonly string[]): Promise<Map<string, Stated>> {
  if (patientIds.length === 0) return new Map();
  const rows = await db.query<Row>(
    `select patient_id, restricted, body::json ->> 'birthDate' as born, body::json ->> 'deathDate' as died,
            body::json ->> 'family' as family, body::json ->> 'postcode' as postcode
     from people.particulars
     where patient_id = any($1::uuid[])
       and active`,
    [patientIds],
    { name: 'people-stated' },
  );
  return new Map(
    rows.map(({ patient_id: id, restricted, born, died, family, postcode }) => [
      id,
      { restricted, born, died, home: family === null || postcode === null ? null : `${family} ${postcode}` },
    ]),
  );
}
