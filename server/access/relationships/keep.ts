import type { Queryable, Tx } from '../../platform/db/index.ts';
import { endFact, state, withdrawFact, type Saying } from '../store/facts.ts';
import type { Relationship } from '../types.ts';
import { changesOf } from './changes.ts';
import { evidencedBy, type Directory, type Evidence } from './from-resource.ts';

/**
 * Keeps a patient's relationships as a resource shows them. Give every version of a resource, in order; a deleted one as undefined.
 * The same version twice changes nothing. Gives how many statements changed.
 */
export async function keepRelationships(
  tx: Tx,
  patientId: string,
  evidence: string,
  resource: Evidence | undefined,
  directory: Directory,
  saying: Saying,
): Promise<number> {
  const at = saying.at.getTime();
  const shown = resource === undefined ? [] : evidencedBy(resource, at, directory);
  const kept = await relationshipsOn(tx, patientId, evidence);
  const changes = changesOf(kept, shown, evidence, at);
  for (const id of changes.withdraw) await withdrawFact(tx, 'relationship', patientId, id, saying);
  for (const { id, to } of changes.end)
    await endFact(tx, 'relationship', patientId, id, new Date(to), saying);
  for (const each of changes.state) await state(tx, 'relationship', patientId, each, saying);
  return changes.withdraw.length + changes.end.length + changes.state.length;
}

async function relationshipsOn(db: Queryable, patientId: string, evidence: string): Promise<Relationship[]> {
  const rows = await db.query<{
    fact_id: string;
    kind: Relationship['kind'];
    organisation_id: string;
    team: string | null;
    user_id: string | null;
    valid_from: Date;
    valid_to: Date | null;
  }>(
    `select fact_id, kind, organisation_id, team, user_id, valid_from, valid_to
     from access.relationship
     where patient_id = $1
       and evidence = $2
       and recorded_to is null`,
    [patientId, evidence],
  );
  return rows.map((row) => ({
    id: row.fact_id,
    kind: row.kind,
    organisation: row.organisation_id,
    team: row.team,
    user: row.user_id,
    evidence,
    from: row.valid_from.getTime(),
    to: row.valid_to?.getTime() ?? null,
  }));
}
