import type { Queryable } from '../../platform/db/index.ts';
import type { Choice, Moments, PersonId, Proxy, Recorded, Relationship, Seal } from '../types.ts';
import type { FactKind } from './facts.ts';

/** A fact as it was stated, with the times it was believed. */
export type Told<Fact> = Fact &
  Moments & {
    factId: string;
    patientId: string;
    saidBy: string;
    recorded: Date;
    recordedTo: Date | null;
    endedBy: string | null;
  };

/** What each kind of fact says when it is told again. */
export type Telling = {
  relationship: Omit<Relationship, 'id' | keyof Moments>;
  choice: Omit<Choice, keyof Moments>;
  proxy: Omit<Proxy, keyof Moments>;
  recorded_decision: Omit<Recorded, keyof Moments> & { reason: string };
  glass: { user: string; organisation: string | null; reason: string };
  seal: Seal & { resourceType: string; resourceId: string };
};

const columns: { readonly [Kind in FactKind]: string } = {
  relationship: 'kind, organisation_id as organisation, team, user_id as user, evidence',
  choice: 'kind, organisation_id as organisation, user_id as user, project',
  proxy: 'proxy_id as proxy, kind, classes',
  recorded_decision: 'kind, reason',
  glass: 'user_id as user, organisation_id as organisation, reason',
  seal: 'resource_type as "resourceType", resource_id as "resourceId", level, organisation_id as organisation, team',
};

const times = `patient_id as "patientId", fact_id as "factId", valid_from, valid_to, said_by as "saidBy", recorded,
  recorded_to as "recordedTo", ended_by as "endedBy"`;

type Row<Kind extends FactKind> = Omit<Told<Telling[Kind]>, 'from' | 'to'> & {
  valid_from: Date;
  valid_to: Date | null;
};

/** All that was ever stated of a kind about these patients, in the order it was recorded. What nobody believes any more has an end. */
export async function factsTold<Kind extends FactKind>(
  db: Queryable,
  kind: Kind,
  patientIds: readonly string[],
): Promise<Told<Telling[Kind]>[]> {
  const rows = await db.query<Row<Kind>>(
    `select ${times}, ${columns[kind]}
     from access.${kind}
     where patient_id = any($1::uuid[])
     order by recorded, fact_id`,
    [patientIds],
  );
  return rows.map(told);
}

/** Those for whom somebody is named as acting now, by the facts believed now. On Citus it asks every machine. */
export async function actsFor(db: Queryable, proxy: PersonId): Promise<Told<Telling['proxy']>[]> {
  const rows = await db.query<Row<'proxy'>>(
    `select ${times}, ${columns.proxy}
     from access.proxy
     where proxy_id = $1
       and recorded_to is null
     order by recorded, fact_id`,
    [proxy],
  );
  return rows.map(told);
}

function told<Kind extends FactKind>(row: Row<Kind>): Told<Telling[Kind]> {
  const { valid_from: from, valid_to: to, ...rest } = row;
  return { ...rest, from: from.getTime(), to: to?.getTime() ?? null } as unknown as Told<Telling[Kind]>;
}
