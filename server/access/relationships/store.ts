import type { Queryable, Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Saying } from '../store/facts.ts';
import type { Relationship } from '../types.ts';

/** A relationship and the patient it is kept under. */
export type Filed = Relationship & { patientId: string };

type Row = {
  patient_id: string;
  fact_id: string;
  kind: Relationship['kind'];
  organisation_id: string;
  team: string | null;
  user_id: string | null;
  evidence: string;
  valid_from: Date;
  valid_to: Date | null;
};

/** The relationships of patients that rest on resources of these types. */
export async function relationshipsOn(
  db: Queryable,
  patientIds: readonly string[],
  types: readonly string[],
): Promise<Filed[]> {
  const rows = await db.query<Row>(
    `select patient_id, fact_id, kind, organisation_id, team, user_id, evidence, valid_from, valid_to
     from access.relationship
     where patient_id = any($1::uuid[])
       and split_part(evidence, '/', 1) = any($2)
       and kind not in ('self-claimed', 'meeting-item', 'safeguarding-enquiry', 'after-death')
       and recorded_to is null`,
    [patientIds, types],
  );
  return rows.map((row) => ({
    patientId: row.patient_id,
    id: row.fact_id,
    kind: row.kind,
    organisation: row.organisation_id,
    team: row.team,
    user: row.user_id,
    evidence: row.evidence,
    from: row.valid_from.getTime(),
    to: row.valid_to?.getTime() ?? null,
  }));
}

/** Ends the belief in what is withdrawn, or had another end. */
export async function endBelief(tx: Tx, old: readonly Filed[], { by, at }: Saying): Promise<void> {
  if (old.length === 0) return;
  await tx.query(
    `update access.relationship
     set recorded_to = $3, ended_by = $4
     where patient_id = any($1::uuid[])
       and fact_id = any($2::uuid[])
       and recorded_to is null`,
    [[...new Set(old.map(({ patientId }) => patientId))], old.map(({ id }) => id), at, by],
  );
}

/** States relationships, each under its own id. */
export async function stateAll(tx: Tx, facts: readonly Filed[], { by, at }: Saying): Promise<void> {
  if (facts.length === 0) return;
  await tx.query(
    `insert into access.relationship
       (patient_id, fact_id, kind, organisation_id, team, user_id, evidence, valid_from, valid_to, said_by, recorded)
     select "patientId", id, kind, organisation, team, "user", evidence, "from", "to", $2, $3
     from jsonb_to_recordset($1::jsonb) as x ("patientId" uuid, id uuid, kind text, organisation text, team text,
       "user" text, evidence text, "from" timestamptz, "to" timestamptz)`,
    [
      JSON.stringify(
        facts.map((fact) => ({
          ...fact,
          from: new Date(fact.from),
          to: fact.to === null ? null : new Date(fact.to),
        })),
      ),
      by,
      at,
    ],
  );
}

export const newFactId = ({ at }: Saying): string => newId(at.getTime());
