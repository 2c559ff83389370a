import { stageEvents } from '../../audit/index.ts';
import type { Queryable, Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Day } from '../../organisations/index.ts';
import { agreementFrom, policyFrom } from '../policy/read.ts';
import type { Agreement, Policy } from '../policy/schema.ts';
import type { Saying } from './facts.ts';
import { moveVersion, rulesSubject } from './versions.ts';

/** Policies and agreements as they are now believed, with the version by which to know that they still stand. */
export type Rules = { version: number; policies: Policy[]; agreements: Agreement[] };

/** Keeps a version of the policy, and puts it on record; it is in force from its first day. A version is said once. */
export async function addPolicy(tx: Tx, policy: Policy, { by, at }: Saying): Promise<void> {
  await tx.query(
    `insert into access.policy (version, valid_from, body, said_by, recorded)
     values ($1, $2, $3, $4, $5)`,
    [policy.version, policy.from, JSON.stringify(policy), by, at],
  );
  await onRecord(tx, 'Policy', policy.version, { by, at });
  await moveVersion(tx, rulesSubject);
}

/** Keeps an agreement as signed, and puts it on record. What was said of it before stays, ended. */
export async function putAgreement(tx: Tx, agreement: Agreement, { by, at }: Saying): Promise<void> {
  await tx.query(
    `update access.agreement
     set recorded_to = $2, ended_by = $3
     where agreement_id = $1
       and recorded_to is null`,
    [agreement.id, at, by],
  );
  await tx.query(
    `insert into access.agreement (agreement_id, body, said_by, recorded)
     values ($1, $2, $3, $4)`,
    [agreement.id, JSON.stringify(agreement), by, at],
  );
  await onRecord(tx, 'Agreement', agreement.id, { by, at });
  await moveVersion(tx, rulesSubject);
}

/** A change of the rules is on record wherever it comes from, in its transaction. */
const onRecord = (tx: Tx, resource: string, target: string, { by, at }: Saying): Promise<void> =>
  stageEvents(
    tx,
    [{ at, kind: 'policy', outcome: 'permitted', user: by, resource, rule: 'kept', particulars: { target } }],
    newId(),
  );

/** Reads all policies, latest first, and all agreements. Both are checked again: what is kept may be older than the program. */
export async function rulesNow(db: Queryable): Promise<Rules> {
  const rows = await db.query<{ what: string; body: string; valid_from: Day | null; version: number }>(
    `select v.version, r.what, r.body
     from (select coalesce(max(version), 0) as version from access.version where subject_id = $1) v
     left join (
       select 'policy' as what, version as name, body, valid_from from access.policy
       union all
       select 'agreement', agreement_id, body, null from access.agreement where recorded_to is null
     ) r on true
     order by r.what, r.valid_from desc, r.name`,
    [rulesSubject],
    { name: 'access-rules' },
  );
  const bodies = (what: string): unknown[] =>
    rows.filter((row) => row.what === what).map((row) => JSON.parse(row.body) as unknown);
  return {
    version: rows[0]?.version ?? 0,
    policies: bodies('policy').map(policyFrom),
    agreements: bodies('agreement').map(agreementFrom),
  };
}
