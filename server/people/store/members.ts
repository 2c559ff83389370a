import { CopyRows, type CopyPart, type Queryable, type Tx } from '../../platform/db/index.ts';
import type { Member } from '../types.ts';
import { optionalText, part } from './links.ts';
import { View } from './memory.ts';

export type MemberRow = {
  patient_id: string;
  home_id: string;
  active: boolean;
  nhs_number: string | null;
  restricted: boolean;
  source: string;
  model: string;
  body: string;
};

/** What is kept of these patients for matching. */
export async function membersOf(
  db: Queryable,
  patientIds: readonly string[],
  view = new View(),
): Promise<Map<string, Member>> {
  if (patientIds.length === 0) return new Map();
  const rows = await db.query<MemberRow>(
    `select patient_id, home_id, active, nhs_number, restricted, source, model, body
     from people.particulars
     where patient_id = any($1::uuid[])`,
    [patientIds],
    { name: 'people-members' },
  );
  return new Map(rows.map((row) => [row.patient_id, memberOf(row, view)]));
}

export const memberOf = (row: MemberRow, view: View): Member => ({
  patientId: row.patient_id,
  homeId: row.home_id,
  active: row.active,
  nhsNumber: row.nhs_number ?? undefined,
  restricted: row.restricted,
  source: row.source,
  model: row.model,
  normalised: view.normalised(row.body),
  body: row.body,
});

/** The patient that is this person when it stands alone. Touches every machine, because patients are spread by their own id. */
export async function patientAtHome(db: Queryable, personId: string): Promise<string | undefined> {
  const [row] = await db.query<{ patient_id: string }>(
    `select patient_id from people.particulars where home_id = $1`,
    [personId],
  );
  return row?.patient_id;
}

/** The blocking keys these patients stand under. */
export async function keysOfPatients(db: Queryable, patientIds: readonly string[]): Promise<string[]> {
  if (patientIds.length === 0) return [];
  const rows = await db.query<{ keys: string[] }>(
    `select keys::text[] as keys from people.particulars where patient_id = any($1::uuid[])`,
    [patientIds],
  );
  return [...new Set(rows.flatMap((row) => row.keys))];
}

/** Who stands under these keys. */
export async function patientsUnder(db: Queryable, keys: readonly string[]): Promise<Map<string, string[]>> {
  const under = new Map<string, string[]>();
  if (keys.length === 0) return under;
  const rows = await db.query<{ key: string; patient_id: string }>(
    `select key::text as key, patient_id from people.match_key where key = any($1::bigint[])`,
    [keys],
    { name: 'people-under-keys' },
  );
  for (const { key, patient_id: patientId } of rows) {
    const known = under.get(key);
    if (known === undefined) under.set(key, [patientId]);
    else known.push(patientId);
  }
  return under;
}

/**
 * The same, a key at a time; undefined under a key where more than `most` stand. One row for a key: of many patients most of the time
 * went into reading a row for each.
 */
export async function blocksUnder(
  db: Queryable,
  keys: readonly string[],
  most: number,
): Promise<Map<string, string[] | undefined>> {
  if (keys.length === 0) return new Map();
  const rows = await db.query<{ key: string; patients: string | null }>(
    `select key::text as key,
            case when count(*) <= $2 then string_agg(patient_id::text, ' ') end as patients
     from people.match_key
     where key = any($1::bigint[])
     group by key`,
    [keys, most],
    { name: 'people-blocks-under-keys' },
  );
  return new Map(rows.map(({ key, patients }) => [key, patients?.split(' ')]));
}

/** Which of these patients say that whereabouts are protected. */
export async function restrictedAmong(db: Queryable, patientIds: readonly string[]): Promise<Set<string>> {
  if (patientIds.length === 0) return new Set();
  const rows = await db.query<{ patient_id: string }>(
    `select patient_id
     from people.particulars
     where patient_id = any($1::uuid[])
       and restricted
       and active`,
    [patientIds],
    { name: 'people-restricted' },
  );
  return new Set(rows.map((row) => row.patient_id));
}

/** Takes these patients out of the index, to be put back as they are now. Gives the keys under which they stood. */
export async function forgetMembers(tx: Tx, patientIds: readonly string[]): Promise<string[]> {
  if (patientIds.length === 0) return [];
  const keys = await keysOfPatients(tx, patientIds);
  await tx.query(
    `delete from people.match_key where key = any($1::bigint[]) and patient_id = any($2::uuid[])`,
    [keys, patientIds],
  );
  await tx.query(`delete from people.particulars where patient_id = any($1::uuid[])`, [patientIds]);
  return keys;
}

/** Marks patients as put into the index by no model of today, so that they are read afresh. */
export async function markStale(tx: Tx, patientIds: readonly string[]): Promise<void> {
  if (patientIds.length === 0) return;
  await tx.query(`update people.particulars set model = '' where patient_id = any($1::uuid[])`, [patientIds]);
}

/** The rows that put patients into the index, with the keys under which each is to be found. */
export function memberRows(
  members: readonly Member[],
  keysOf: (patientId: string) => readonly string[],
  at: Date,
): CopyPart[] {
  const particulars = new CopyRows(512 * members.length);
  const keys = new CopyRows(512 * members.length);
  for (const member of members) {
    const halves: number[] = [];
    for (const key of keysOf(member.patientId)) {
      const whole = BigInt(key);
      const [high, low] = [Number(whole >> 32n), Number(BigInt.asIntN(32, whole))];
      halves.push(high, low);
      keys.startRow(2);
      keys.int8Halves(high, low);
      keys.uuid(member.patientId);
    }
    particulars.startRow(10);
    particulars.uuid(member.patientId);
    particulars.uuid(member.homeId);
    particulars.bool(member.active);
    optionalText(particulars, member.nhsNumber);
    particulars.bool(member.restricted);
    particulars.text(member.source);
    particulars.text(member.model);
    particulars.text(member.body);
    particulars.int8Array(halves, halves.length / 2);
    particulars.timestamptz(at.getTime());
  }
  return [
    ...part(
      'particulars (patient_id, home_id, active, nhs_number, restricted, source, model, body, keys, observed)',
      particulars,
    ),
    ...part('match_key (key, patient_id)', keys),
  ];
}
