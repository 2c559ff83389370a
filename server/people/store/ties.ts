import { CopyRows, type CopyPart, type Queryable, type Tx } from '../../platform/db/index.ts';
import type { Contribution } from '../matching/index.ts';
import type { Tie, TieKind } from '../types.ts';
import { optionalText, part } from './links.ts';

type TieRow = {
  patient_id: string;
  other_id: string;
  kind: TieKind;
  ord: number;
  forward: boolean;
  method: Tie['method'];
  model: string | null;
  weight: number | null;
  evidence: string | null;
  decided_by: string;
  reason: string | null;
  source: string | null;
  valid_from: Date | null;
  recorded: Date;
};

/** Everything that now ties these patients to others. Each tie once. */
export async function tiesOf(db: Queryable, patientIds: readonly string[]): Promise<Tie[]> {
  if (patientIds.length === 0) return [];
  const rows = await db.query<TieRow>(
    `select patient_id, other_id, kind, ord, forward, method, model, weight, evidence, decided_by, reason, source,
            valid_from, recorded
     from people.tie
     where patient_id = any($1::uuid[])
       and recorded_to is null`,
    [patientIds],
    { name: 'people-ties' },
  );
  const ties = new Map<string, Tie>();
  for (const row of rows) {
    const tie = tieOf(row);
    ties.set(tieKey(tie), tie);
  }
  return [...ties.values()];
}

/** Which of these patients have ties already: a source may speak of a patient before it comes. */
export async function patientsWithTies(db: Queryable, patientIds: readonly string[]): Promise<string[]> {
  if (patientIds.length === 0) return [];
  const rows = await db.query<{ patient_id: string }>(
    `select distinct patient_id
     from people.tie
     where patient_id = any($1::uuid[])
       and recorded_to is null`,
    [patientIds],
    { name: 'people-with-ties' },
  );
  return rows.map((row) => row.patient_id);
}

/** The same text for the two rows of a tie. */
export const tieKey = (tie: Pick<Tie, 'patientId' | 'otherId' | 'kind' | 'ord'>): string =>
  `${tie.patientId} ${tie.otherId} ${tie.kind} ${tie.ord}`;

function tieOf(row: TieRow): Tie {
  const [patientId, otherId] = row.forward ? [row.patient_id, row.other_id] : [row.other_id, row.patient_id];
  return {
    patientId,
    otherId,
    kind: row.kind,
    ord: row.ord,
    method: row.method,
    model: row.model ?? undefined,
    weight: row.weight ?? undefined,
    evidence: row.evidence === null ? undefined : (JSON.parse(row.evidence) as Contribution[]),
    decidedBy: row.decided_by,
    reason: row.reason ?? undefined,
    source: row.source ?? undefined,
    from: row.valid_from ?? undefined,
    recorded: row.recorded,
  };
}

/** Ends these ties, in both of their rows. */
export async function endTies(tx: Tx, ties: readonly Tie[], at: Date, by: string): Promise<void> {
  for (const kind of new Set(ties.map((tie) => tie.kind))) {
    const ended = ties.filter((tie) => tie.kind === kind);
    await tx.query(
      `update people.tie
       set recorded_to = $4, ended_by = $5
       where patient_id = any($1::uuid[])
         and other_id = any($1::uuid[])
         and kind = $2
         and ord = any($3::bigint[])
         and recorded_to is null`,
      [
        [...new Set(ended.flatMap((tie) => [tie.patientId, tie.otherId]))],
        kind,
        [...new Set(ended.map((tie) => tie.ord))],
        at,
        by,
      ],
    );
  }
}

/** The rows that add ties: each stands with both of its patients. */
export function tieRows(ties: readonly Tie[]): CopyPart[] {
  const rows = new CopyRows(512 * ties.length);
  // Those who say the same of themselves share their evidence.
  const texts = new Map<readonly Contribution[], string>();
  for (const tie of ties) {
    const evidence = tie.evidence === undefined ? undefined : textOf(tie.evidence, texts);
    for (const forward of [true, false]) {
      rows.startRow(14);
      rows.uuid(forward ? tie.patientId : tie.otherId);
      rows.uuid(forward ? tie.otherId : tie.patientId);
      rows.text(tie.kind);
      rows.int8(tie.ord);
      rows.bool(forward);
      rows.text(tie.method);
      optionalText(rows, tie.model);
      if (tie.weight === undefined) rows.null();
      else rows.float8(tie.weight);
      optionalText(rows, evidence);
      rows.text(tie.decidedBy);
      optionalText(rows, tie.reason);
      optionalText(rows, tie.source);
      if (tie.from === undefined) rows.null();
      else rows.timestamptz(tie.from.getTime());
      rows.timestamptz(tie.recorded.getTime());
    }
  }
  return part(
    'tie (patient_id, other_id, kind, ord, forward, method, model, weight, evidence, decided_by, reason, source, valid_from, recorded)',
    rows,
  );
}

function textOf(evidence: readonly Contribution[], texts: Map<readonly Contribution[], string>): string {
  let text = texts.get(evidence);
  if (text === undefined) texts.set(evidence, (text = JSON.stringify(evidence)));
  return text;
}
