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

/** A patient who says who they are, as far as it is said here. */
export type Stating = {
  patientId: string;
  nhsNumber: string;
  born: string;
  given: string;
  family: string;
  home: string | null;
};

/** Living patients with an NHS number born from one day up to another. Touches every machine. */
export async function statingPatients(
  db: Queryable,
  { from, to, restricted }: { from: string; to: string; restricted: boolean },
): Promise<Stating[]> {
  const rows = await db.query<Omit<Stating, 'home'> & { postcode: string | null; surname: string }>(
    `select patient_id as "patientId", nhs_number as "nhsNumber", born, postcode, family as surname,
            coalesce(body -> 'original' ->> 'given', given) as given,
            coalesce(body -> 'original' ->> 'family', family) as family
     from (
       select patient_id, nhs_number, body::json as body, body::json ->> 'birthDate' as born,
              body::json ->> 'given' as given, body::json ->> 'family' as family,
              body::json ->> 'postcode' as postcode
       from people.particulars
       where active
         and nhs_number is not null
         and restricted = $3
         and body::json ->> 'deathDate' is null
     ) p
     where born >= $1
       and born < $2
       and given is not null
       and family is not null
     order by nhs_number, patient_id`,
    [from, to, restricted],
  );
  return rows.map(({ postcode, surname, ...row }) => ({
    ...row,
    home: postcode === null ? null : `${surname} ${postcode}`,
  }));
}

/** Some patients whom a source speaks of, in a fixed order. Touches every machine. */
export async function patientsSaidBy(db: Queryable, source: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ patient_id: string }>(
    `select patient_id
     from people.particulars
     where source = $1
       and active
     order by patient_id
     limit $2`,
    [source, limit],
  );
  return rows.map((row) => row.patient_id);
}

/** Every source that speaks of a patient. Touches every machine. */
export async function sourcesOfPatients(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ source: string }>(`select distinct source from people.particulars`);
  return rows.map((row) => row.source);
}
