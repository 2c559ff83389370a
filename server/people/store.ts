import { copyMessage, CopyRows, type CopyPart, type Queryable, type Tx } from '../platform/db/index.ts';
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

/** The rows that add persons, holders of NHS numbers and open links, for one COPY message. */
export function newRows(added: {
  persons: readonly string[];
  holders: readonly { nhsNumber: string; personId: string; birthDate: string }[];
  links: readonly Link[];
  decidedBy: string;
  at: Date;
}): CopyPart[] {
  const persons = new CopyRows();
  for (const personId of added.persons) {
    persons.startRow(2);
    persons.uuid(personId);
    persons.timestamptz(added.at.getTime());
  }
  const numbers = new CopyRows();
  for (const holder of added.holders) {
    numbers.startRow(3);
    numbers.text(holder.nhsNumber);
    numbers.uuid(holder.personId);
    numbers.date(holder.birthDate);
  }
  const links = new CopyRows();
  const patients = new CopyRows();
  for (const link of added.links) {
    links.startRow(5);
    links.uuid(link.patientId);
    links.uuid(link.personId);
    links.text(link.method);
    links.text(added.decidedBy);
    links.timestamptz(link.from.getTime());
    patients.startRow(2);
    patients.uuid(link.personId);
    patients.uuid(link.patientId);
  }
  return [
    part('person (person_id, created)', persons),
    part('nhs_number (nhs_number, person_id, birth_date)', numbers),
    part('link (patient_id, person_id, method, decided_by, valid_from)', links),
    part('person_patient (person_id, patient_id)', patients),
  ].filter(({ data }) => data.length > 2);
}

const part = (into: string, rows: CopyRows): CopyPart => ({
  statement: `copy people.${into} from stdin (format binary)`,
  data: copyMessage(rows.ranges()),
});

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
