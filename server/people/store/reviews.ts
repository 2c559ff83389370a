import { CopyRows, type CopyPart, type Queryable, type Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Case, CaseCandidate } from '../match.ts';
import { model } from '../candidates.ts';
import { part } from './links.ts';

/** One case in so many is looked at by two reviewers, neither knowing what the other thought. */
const everyTwice = 10;

/** The rows that open cases for reviewers. */
export function openCases(cases: readonly Case[], at: Date): CopyPart[] {
  const rows = new CopyRows();
  for (const { patientId, judgement, candidates } of cases) {
    const caseId = newId(at.getTime());
    rows.startRow(11);
    rows.uuid(caseId);
    rows.uuid(patientId);
    rows.text(JSON.stringify(candidates));
    rows.text(judgement.queue ?? 'ordinary');
    rows.text(JSON.stringify(judgement.reasons));
    rows.text(model.version);
    if (judgement.weight === undefined) rows.null();
    else rows.float8(judgement.weight);
    if (Number.isFinite(judgement.margin)) rows.float8(judgement.margin);
    else rows.null();
    rows.bool(Number.parseInt(caseId.slice(-4), 16) % everyTwice === 0);
    rows.text('waiting');
    rows.timestamptz(at.getTime());
  }
  return part(
    'review (case_id, patient_id, candidates, queue, reasons, model, weight, margin, twice, state, opened)',
    rows,
  );
}

/** Takes back the open cases of patients that are matched afresh. */
export async function withdrawCases(tx: Tx, patientIds: readonly string[], at: Date): Promise<void> {
  if (patientIds.length === 0) return;
  await tx.query(
    `update people.review
     set state = 'withdrawn', closed = $2
     where patient_id = any($1::uuid[])
       and state in ('waiting', 'disputed')`,
    [patientIds, at],
  );
}

/** The rows that ask for patients to be looked at again after the commit. */
export function recheckRows(patientIds: readonly string[], at: Date): CopyPart[] {
  const rows = new CopyRows(32 * patientIds.length);
  for (const patientId of patientIds) {
    rows.startRow(2);
    rows.uuid(patientId);
    rows.timestamptz(at.getTime());
  }
  return part('recheck (patient_id, since)', rows);
}

/** Takes up to so many patients that wait to be looked at again. Another taker passes over them until this transaction ends. */
export async function takeRechecks(tx: Tx, most: number): Promise<string[]> {
  const rows = await tx.query<{ patient_id: string }>(
    `delete from people.recheck
     where ctid = any(array(
       select ctid from people.recheck order by since limit $1 for update skip locked
     ))
     returning patient_id`,
    [most],
  );
  return rows.map((row) => row.patient_id);
}

/** Which of these patients a reviewer already has before them, and the patients they may be the same as. */
export async function openQuestions(
  db: Queryable,
  patientIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (patientIds.length === 0) return new Map();
  const rows = await db.query<{ patient_id: string; candidates: string }>(
    `select patient_id, candidates
     from people.review
     where patient_id = any($1::uuid[])
       and state in ('waiting', 'disputed')`,
    [patientIds],
  );
  return new Map(
    rows.map(({ patient_id: patientId, candidates }) => [
      patientId,
      (JSON.parse(candidates) as CaseCandidate[]).map((candidate) => candidate.patientId),
    ]),
  );
}
