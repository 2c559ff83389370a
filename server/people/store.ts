import type { Queryable, Tx } from '../platform/db/index.ts';
import type { Holder, Link } from './types.ts';

type LinkRow = { patient_id: string; person_id: string; method: Link['method']; valid_from: Date };

const linkOf = (row: LinkRow): Link => ({
  patientId: row.patient_id,
  personId: row.person_id,
  method: row.method,
  from: row.valid_from,
});

/** The current link of each patient that has one. */
export async function currentLinks(db: Queryable, patientIds: string[]): Promise<Map<string, Link>> {
  const rows = await db.query<LinkRow>(
    `select patient_id, person_id, method, valid_from
     from people.link
     where patient_id = any($1::uuid[])
       and valid_to is null`,
    [patientIds],
    { name: 'people-current-links' },
  );
  return new Map(rows.map((row) => [row.patient_id, linkOf(row)]));
}

/** The patients now linked to a person. Two steps, because the two tables are spread by different keys. */
export async function linksOfPerson(db: Queryable, personId: string): Promise<Link[]> {
  const rows = await db.query<{ patient_id: string }>(
    `select patient_id from people.person_patient where person_id = $1 order by patient_id`,
    [personId],
    { name: 'people-patients-of-person' },
  );
  const links = await currentLinks(
    db,
    rows.map((row) => row.patient_id),
  );
  return rows.map((row) => links.get(row.patient_id)).filter((link) => link !== undefined);
}

/** Who holds these NHS numbers. */
export async function holders(db: Queryable, nhsNumbers: string[]): Promise<Map<string, Holder>> {
  const rows = await db.query<{ nhs_number: string; person_id: string; birth_date: string }>(
    `select nhs_number, person_id, birth_date::text as birth_date
     from people.nhs_number
     where nhs_number = any($1::text[])`,
    [nhsNumbers],
    { name: 'people-holders' },
  );
  return new Map(rows.map((row) => [row.nhs_number, { personId: row.person_id, birthDate: row.birth_date }]));
}

export async function addPersons(tx: Tx, personIds: string[], at: Date): Promise<void> {
  await tx.query(
    `insert into people.person (person_id, created) select id, $2 from unnest($1::uuid[]) as id`,
    [personIds, at],
  );
}

export async function addHolders(
  tx: Tx,
  rows: { nhsNumber: string; personId: string; birthDate: string }[],
): Promise<void> {
  await tx.query(
    `insert into people.nhs_number (nhs_number, person_id, birth_date)
     select * from unnest($1::text[], $2::uuid[], $3::date[])`,
    [rows.map((row) => row.nhsNumber), rows.map((row) => row.personId), rows.map((row) => row.birthDate)],
  );
}

export async function openLinks(tx: Tx, links: Link[], decidedBy: string): Promise<void> {
  const patientIds = links.map((link) => link.patientId);
  const personIds = links.map((link) => link.personId);
  await tx.query(
    `insert into people.link (patient_id, person_id, method, decided_by, valid_from)
     select patient_id, person_id, method, $4, valid_from
     from unnest($1::uuid[], $2::uuid[], $3::text[], $5::timestamptz[]) as link (patient_id, person_id, method, valid_from)`,
    [patientIds, personIds, links.map((link) => link.method), decidedBy, links.map((link) => link.from)],
  );
  await tx.query(
    `insert into people.person_patient (person_id, patient_id) select * from unnest($1::uuid[], $2::uuid[])`,
    [personIds, patientIds],
  );
}

export async function closeLinks(tx: Tx, links: Link[], at: Date): Promise<void> {
  await tx.query(
    `update people.link set valid_to = $2 where patient_id = any($1::uuid[]) and valid_to is null`,
    [links.map((link) => link.patientId), at],
  );
  await tx.query(
    `delete from people.person_patient where person_id = any($1::uuid[]) and patient_id = any($2::uuid[])`,
    [links.map((link) => link.personId), links.map((link) => link.patientId)],
  );
}
