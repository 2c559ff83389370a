import type { Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Choice, GlassUse, Moments, Proxy, Recorded, Relationship, Seal } from '../types.ts';

/** What is stated of each kind of fact about a person. */
export type Stated = {
  relationship: Omit<Relationship, 'id'>;
  choice: Choice;
  proxy: Proxy;
  recorded_decision: Recorded & { reason: string };
  glass: GlassUse & { organisation?: string };
  seal: Seal & Moments & { resourceType: string; resourceId: string };
};

export type FactKind = keyof Stated;

/** Who says it, and when it was said. */
export type Saying = { by: string; at: Date };

const columns: { readonly [Kind in FactKind]: Readonly<Record<string, (fact: Stated[Kind]) => unknown>> } = {
  relationship: {
    kind: (fact) => fact.kind,
    organisation_id: (fact) => fact.organisation,
    team: (fact) => fact.team,
    user_id: (fact) => fact.user,
    evidence: (fact) => fact.evidence,
  },
  choice: {
    kind: (fact) => fact.kind,
    organisation_id: (fact) => fact.organisation,
    user_id: (fact) => fact.user,
    project: (fact) => fact.project,
  },
  proxy: { proxy_id: (fact) => fact.proxy, kind: (fact) => fact.kind, classes: (fact) => fact.classes },
  recorded_decision: { kind: (fact) => fact.kind, reason: (fact) => fact.reason },
  glass: {
    user_id: (fact) => fact.user,
    organisation_id: (fact) => fact.organisation ?? null,
    reason: (fact) => fact.reason,
  },
  seal: {
    resource_type: (fact) => fact.resourceType,
    resource_id: (fact) => fact.resourceId,
    level: (fact) => fact.level,
    organisation_id: (fact) => fact.organisation,
    team: (fact) => fact.team,
  },
};

/** States a fact about a person, under a patient of theirs. Gives the id by which it is ended or withdrawn. */
export async function state<Kind extends FactKind>(
  tx: Tx,
  kind: Kind,
  patientId: string,
  fact: Stated[Kind],
  { by, at }: Saying,
): Promise<string> {
  const factId = newId(at.getTime());
  const own = Object.entries(columns[kind]);
  const names = [
    'patient_id',
    'fact_id',
    'valid_from',
    'valid_to',
    'said_by',
    'recorded',
    ...own.map(([name]) => name),
  ];
  const values = [
    patientId,
    factId,
    moment(fact.from),
    moment(fact.to),
    by,
    at,
    ...own.map(([, of]) => of(fact)),
  ];
  await tx.query(
    `insert into access.${kind} (${names.join(', ')}) values (${names.map((_, at_) => `$${at_ + 1}`).join(', ')})`,
    values,
  );
  return factId;
}

const moment = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Says until when a fact holds. What was believed before stays, ended. False when nobody believes it any more. */
export async function endFact(
  tx: Tx,
  kind: FactKind,
  patientId: string,
  factId: string,
  to: Date,
  saying: Saying,
): Promise<boolean> {
  const own = Object.keys(columns[kind]);
  const [old] = await withdrawn(tx, kind, patientId, factId, saying);
  if (old === undefined) return false;
  const names = ['patient_id', 'fact_id', 'valid_from', ...own];
  await tx.query(
    `insert into access.${kind} (${names.join(', ')}, valid_to, said_by, recorded)
     values (${names.map((_, at) => `$${at + 1}`).join(', ')}, $${names.length + 1}, $${names.length + 2}, $${names.length + 3})`,
    [...names.map((name) => old[name]), to, saying.by, saying.at],
  );
  return true;
}

/** Says that a fact never was. False when nobody believes it any more. */
export const withdrawFact = async (
  tx: Tx,
  kind: FactKind,
  patientId: string,
  factId: string,
  saying: Saying,
): Promise<boolean> => (await withdrawn(tx, kind, patientId, factId, saying)).length > 0;

const withdrawn = (
  tx: Tx,
  kind: FactKind,
  patientId: string,
  factId: string,
  { by, at }: Saying,
): Promise<Record<string, unknown>[]> =>
  tx.query(
    `update access.${kind}
     set recorded_to = $3, ended_by = $4
     where patient_id = $1
       and fact_id = $2
       and recorded_to is null
     returning patient_id, fact_id, valid_from, ${Object.keys(columns[kind]).join(', ')}`,
    [patientId, factId, at, by],
  );
