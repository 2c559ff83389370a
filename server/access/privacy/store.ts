import type { Queryable } from '../../platform/db/index.ts';
import type { Moments } from '../types.ts';

/** Patients who closed their record to a user. On Citus it asks every machine. */
export async function patientsWhoBlock(db: Queryable, user: string, now: Date): Promise<string[]> {
  const rows = await db.query<{ patient_id: string }>(
    `select distinct patient_id
     from access.choice
     where user_id = $1
       and kind = 'blocks-user'
       and recorded_to is null
       and valid_from <= $2
       and (valid_to is null or valid_to > $2)`,
    [user, now],
  );
  return rows.map((row) => row.patient_id);
}

/** A post as far as the check on accesses needs it. */
export type Holding = Moments & {
  user: string;
  person: string | null;
  role: string;
  organisation: string;
  teams: string[];
};

/** What these users hold and held. */
export async function holdingsOfMany(db: Queryable, users: readonly string[]): Promise<Holding[]> {
  const rows = await db.query<Omit<Holding, 'from' | 'to'> & { valid_from: Date; valid_to: Date | null }>(
    `select user_id as user, person_id as person, role, organisation_id as organisation, teams, valid_from, valid_to
     from access.post
     where user_id = any($1)
       and recorded_to is null`,
    [users],
  );
  return rows.map(withMoments);
}

/** Where these people work among the partners, as users of their own. */
export async function employersOf(
  db: Queryable,
  persons: readonly string[],
): Promise<(Moments & { person: string; organisation: string })[]> {
  const rows = await db.query<{
    person: string;
    organisation: string;
    valid_from: Date;
    valid_to: Date | null;
  }>(
    `select person_id as person, organisation_id as organisation, valid_from, valid_to
     from access.post
     where person_id = any($1)
       and recorded_to is null`,
    [persons],
  );
  return rows.map(withMoments);
}

const withMoments = <Row extends { valid_from: Date; valid_to: Date | null }>({
  valid_from: from,
  valid_to: to,
  ...rest
}: Row) => ({ ...rest, from: from.getTime(), to: to?.getTime() ?? null });

/** A relationship as it stood. */
export type Tied = Moments & {
  patientId: string;
  kind: string;
  organisation: string;
  team: string | null;
  user: string | null;
};

/** All relationships of these patients, ended ones too. */
export async function tiesOfMany(db: Queryable, patientIds: readonly string[]): Promise<Tied[]> {
  const rows = await db.query<Omit<Tied, 'from' | 'to'> & { valid_from: Date; valid_to: Date | null }>(
    `select patient_id as "patientId", kind, organisation_id as organisation, team, user_id as user, valid_from, valid_to
     from access.relationship
     where patient_id = any($1::uuid[])
       and recorded_to is null`,
    [patientIds],
  );
  return rows.map(withMoments);
}

export const oddStates = ['asked', 'explained', 'upheld'] as const;
export type OddState = (typeof oddStates)[number];

/** What an officer did about the accesses of one user to one person, up to a place of the log. */
export type OddNote = {
  user: string;
  person: string;
  upTo: number;
  state: OddState;
  note: string;
  by: string;
  at: Date;
};

/** All that was noted about these, the newest last. */
export async function oddNotes(
  db: Queryable,
  users: readonly string[],
  persons: readonly string[],
): Promise<OddNote[]> {
  return db.query<OddNote>(
    `select user_id as user, person_id as person, up_to as "upTo", state, note, said_by as by, said as at
     from access.odd_note
     where user_id = any($1)
       and person_id = any($2::uuid[])
     order by said, up_to`,
    [users, persons],
  );
}

export async function addOddNote(db: Queryable, note: OddNote): Promise<void> {
  await db.query(
    `insert into access.odd_note (person_id, user_id, up_to, state, note, said_by, said)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [note.person, note.user, note.upTo, note.state, note.note, note.by, note.at],
  );
}
