import {
  copyMessage,
  CopyRows,
  uuidList,
  type CopyPart,
  type Queryable,
  type Tx,
} from '../../platform/db/index.ts';
import type { Link, LinkMethod } from '../types.ts';

export type LinkRow = {
  patient_id: string;
  person_id: string;
  method: LinkMethod;
  seq: number;
  via: string | null;
  model: string | null;
  weight: number | null;
  decided_by: string;
  reason: string | null;
  valid_from: Date;
  valid_to: Date | null;
  recorded: Date;
  recorded_to: Date | null;
};

const columns =
  'patient_id, person_id, method, seq, via, model, weight, decided_by, reason, valid_from, valid_to, recorded, recorded_to';

export const linkOf = (row: LinkRow): Link => ({
  patientId: row.patient_id,
  personId: row.person_id,
  method: row.method,
  seq: row.seq,
  via: row.via ?? undefined,
  model: row.model ?? undefined,
  weight: row.weight ?? undefined,
  decidedBy: row.decided_by,
  reason: row.reason ?? undefined,
  from: row.valid_from,
  to: row.valid_to ?? undefined,
  recorded: row.recorded,
  recordedTo: row.recorded_to ?? undefined,
});

/** The current link of each patient that has one. */
export async function currentLinks(db: Queryable, patientIds: readonly string[]): Promise<Map<string, Link>> {
  if (patientIds.length === 0) return new Map();
  const rows = await db.query<LinkRow>(
    `select ${columns}
     from people.link
     where patient_id = any($1::uuid[])
       and valid_to is null
       and recorded_to is null`,
    [patientIds],
    { name: 'people-current-links' },
  );
  return new Map(rows.map((row) => [row.patient_id, linkOf(row)]));
}

/** The person whom each of these patients now is; patients without a person are left out. */
export async function personOfEach(
  db: Queryable,
  patientIds: readonly string[],
): Promise<Map<string, string>> {
  if (patientIds.length === 0) return new Map();
  const rows = await db.query<{ patient_id: string; person_id: string }>(
    `select patient_id, person_id
     from people.link
     where patient_id = any($1::uuid[])
       and valid_to is null
       and recorded_to is null`,
    [uuidList(patientIds)],
    { name: 'people-person-of-each' },
  );
  return new Map(rows.map((row) => [row.patient_id, row.person_id]));
}

/** The persons whom these patients now are; patients without a person give none. */
export async function personIdsOf(db: Queryable, patientIds: readonly string[]): Promise<string[]> {
  if (patientIds.length === 0) return [];
  const rows = await db.query<{ person_id: string }>(
    `select distinct person_id
     from people.link
     where patient_id = any($1::uuid[])
       and valid_to is null
       and recorded_to is null`,
    [uuidList(patientIds)],
    { name: 'people-person-ids' },
  );
  return rows.map((row) => row.person_id);
}

/** The number of the last change of each patient's links. */
export async function lastSeqs(db: Queryable, patientIds: readonly string[]): Promise<Map<string, number>> {
  if (patientIds.length === 0) return new Map();
  const rows = await db.query<{ patient_id: string; seq: number }>(
    `select patient_id, max(seq) as seq
     from people.link
     where patient_id = any($1::uuid[])
     group by patient_id`,
    [patientIds],
    { name: 'people-last-seqs' },
  );
  return new Map(rows.map((row) => [row.patient_id, row.seq]));
}

/** Every link ever believed of these patients, as they were recorded. */
export async function linkHistory(db: Queryable, patientIds: readonly string[]): Promise<Link[]> {
  const rows = await db.query<LinkRow>(
    `select ${columns}
     from people.link
     where patient_id = any($1::uuid[])
     order by patient_id, seq`,
    [patientIds],
  );
  return rows.map(linkOf);
}

/** The patients now linked to each of these persons. */
export async function patientsOfPersons(
  db: Queryable,
  personIds: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>(personIds.map((personId) => [personId, []]));
  if (personIds.length === 0) return found;
  const rows = await db.query<{ person_id: string; patients: string }>(
    `select person_id, string_agg(patient_id::text, ' ' order by patient_id) as patients
     from people.person_patient
     where person_id = any($1::uuid[])
     group by person_id`,
    [uuidList(personIds)],
    { name: 'people-patients-of-persons' },
  );
  for (const row of rows) found.set(row.person_id, row.patients.split(' '));
  return found;
}

/** The patients now linked to a person. Two steps, because the two tables are spread by different keys. */
export async function linksOfPerson(db: Queryable, personId: string): Promise<Link[]> {
  const patients = (await patientsOfPersons(db, [personId])).get(personId) ?? [];
  const links = await currentLinks(db, patients);
  return patients.map((patientId) => links.get(patientId)).filter((link) => link !== undefined);
}

/** Which of these persons have a row. */
export async function knownPersons(db: Queryable, personIds: readonly string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db.query<{ person_id: string }>(
    `select person_id from people.person where person_id = any($1::uuid[])`,
    [personIds],
    { name: 'people-known-persons' },
  );
  return new Set(rows.map((row) => row.person_id));
}

/** Takes out persons that no patient is any more. Should one be needed again, it comes back under the same id. */
export async function forgetPersons(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.query(`delete from people.person where person_id = any($1::uuid[])`, [personIds]);
}

/** Ends the belief in these links. */
export async function endLinks(tx: Tx, links: readonly Link[], at: Date, by: string): Promise<void> {
  if (links.length === 0) return;
  const patients = links.map((link) => link.patientId);
  await tx.query(
    `update people.link
     set recorded_to = $2, ended_by = $3
     where patient_id = any($1::uuid[])
       and valid_to is null
       and recorded_to is null`,
    [patients, at, by],
  );
  await tx.query(
    `delete from people.person_patient
     where person_id = any($1::uuid[])
       and patient_id = any($2::uuid[])`,
    [links.map((link) => link.personId), patients],
  );
}

/** The rows that add persons. */
export function personRows(personIds: Iterable<string>, at: Date): CopyPart[] {
  const rows = new CopyRows();
  for (const personId of personIds) {
    rows.startRow(2);
    rows.uuid(personId);
    rows.timestamptz(at.getTime());
  }
  return part('person (person_id, created)', rows);
}

/** The rows that add links; those without an end are also found from their person. */
export function linkRows(links: readonly Link[]): CopyPart[] {
  const rows = new CopyRows(128 * links.length);
  const patients = new CopyRows(64 * links.length);
  for (const link of links) {
    rows.startRow(12);
    rows.uuid(link.patientId);
    rows.uuid(link.personId);
    rows.text(link.method);
    rows.int4(link.seq);
    if (link.via === undefined) rows.null();
    else rows.uuid(link.via);
    optionalText(rows, link.model);
    if (link.weight === undefined) rows.null();
    else rows.float8(link.weight);
    rows.text(link.decidedBy);
    optionalText(rows, link.reason);
    rows.timestamptz(link.from.getTime());
    if (link.to === undefined) rows.null();
    else rows.timestamptz(link.to.getTime());
    rows.timestamptz(link.recorded.getTime());
    if (link.to !== undefined) continue;
    patients.startRow(2);
    patients.uuid(link.personId);
    patients.uuid(link.patientId);
  }
  return [
    ...part(
      'link (patient_id, person_id, method, seq, via, model, weight, decided_by, reason, valid_from, valid_to, recorded)',
      rows,
    ),
    ...part('person_patient (person_id, patient_id)', patients),
  ];
}

export function optionalText(rows: CopyRows, text: string | undefined): void {
  if (text === undefined) rows.null();
  else rows.text(text);
}

/** The COPY that adds rows to a table of this room; nothing when there are none. */
export function part(into: string, rows: CopyRows): CopyPart[] {
  if (rows.count === 0) return [];
  return [{ statement: `copy people.${into} from stdin (format binary)`, data: copyMessage(rows.ranges()) }];
}
