import type { Queryable, Tx } from '../../platform/db/index.ts';
import type { CaseCandidate } from '../match.ts';
import type { ReviewQueue } from '../types.ts';
import type { CaseState, Opinion, Verdict } from './rules.ts';

/** A question for reviewers: is this patient one of these persons? */
export type ReviewCase = {
  caseId: string;
  patientId: string;
  candidates: CaseCandidate[];
  queue: ReviewQueue;
  reasons: string[];
  model: string;
  weight: number | null;
  margin: number | null;
  twice: boolean;
  state: CaseState;
  opened: Date;
  closed: Date | null;
};

type CaseRow = {
  case_id: string;
  patient_id: string;
  candidates: string;
  queue: ReviewQueue;
  reasons: string;
  model: string;
  weight: number | null;
  margin: number | null;
  twice: boolean;
  state: CaseState;
  opened: Date;
  closed: Date | null;
};

const columns =
  'case_id, patient_id, candidates, queue, reasons, model, weight, margin, twice, state, opened, closed';

const caseOf = (row: CaseRow): ReviewCase => ({
  caseId: row.case_id,
  patientId: row.patient_id,
  candidates: JSON.parse(row.candidates) as CaseCandidate[],
  queue: row.queue,
  reasons: JSON.parse(row.reasons) as string[],
  model: row.model,
  weight: row.weight,
  margin: row.margin,
  twice: row.twice,
  state: row.state,
  opened: row.opened,
  closed: row.closed,
});

/** Open cases, oldest first. `after` is the last case of the page before; cases this reviewer gave an opinion on are left out. */
export async function openCasesOf(
  db: Queryable,
  queues: readonly ReviewQueue[],
  { after, reviewer, limit }: { after?: string | undefined; reviewer?: string | undefined; limit: number },
): Promise<ReviewCase[]> {
  const rows = await db.query<CaseRow>(
    `select ${columns}
     from people.review r
     where queue = any($1::text[])
       and state in ('waiting', 'disputed')
       and ($2::uuid is null or (opened, case_id) > (select b.opened, b.case_id from people.review b where b.case_id = $2))
       and not exists (select 1 from people.opinion o where o.case_id = r.case_id and o.reviewer = $3)
     order by opened, case_id
     limit $4`,
    [queues, after ?? null, reviewer ?? null, limit],
  );
  return rows.map(caseOf);
}

export async function findCase(db: Queryable, caseId: string): Promise<ReviewCase | undefined> {
  const [row] = await db.query<CaseRow>(`select ${columns} from people.review where case_id = $1`, [caseId]);
  return row === undefined ? undefined : caseOf(row);
}

/** The same, held until the transaction ends, so that two reviewers take turns. */
export async function lockCase(tx: Tx, caseId: string): Promise<ReviewCase | undefined> {
  const [row] = await tx.query<CaseRow>(
    `select ${columns} from people.review where case_id = $1 for update`,
    [caseId],
  );
  return row === undefined ? undefined : caseOf(row);
}

export async function opinionsOn(db: Queryable, caseId: string): Promise<Opinion[]> {
  const rows = await db.query<{
    reviewer: string;
    verdict: Verdict;
    person_id: string | null;
    reason: string;
    note: string | null;
    given: Date;
  }>(
    `select reviewer, verdict, person_id, reason, note, given
     from people.opinion
     where case_id = $1
     order by given, reviewer`,
    [caseId],
  );
  return rows.map(({ person_id: personId, note, ...rest }) => ({
    ...rest,
    personId: personId ?? undefined,
    note: note ?? undefined,
  }));
}

export async function addOpinion(tx: Tx, caseId: string, opinion: Opinion): Promise<void> {
  const { reviewer, verdict, personId, reason, note, given } = opinion;
  await tx.query(
    `insert into people.opinion (case_id, reviewer, verdict, person_id, reason, note, given)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [caseId, reviewer, verdict, personId ?? null, reason, note ?? null, given],
  );
}

export async function setState(tx: Tx, caseId: string, state: CaseState, closed: Date | null): Promise<void> {
  await tx.query(`update people.review set state = $2, closed = $3 where case_id = $1`, [
    caseId,
    state,
    closed,
  ]);
}

export type QueueCounts = { queue: ReviewQueue; state: CaseState; cases: number; oldest: Date }[];

export async function countCases(db: Queryable): Promise<QueueCounts> {
  return db.query(
    `select queue, state, count(*) as cases, min(opened) as oldest
     from people.review
     group by queue, state
     order by queue, state`,
  );
}

/** How many open cases have each set of reasons. */
export async function countReasons(
  db: Queryable,
  queues: readonly ReviewQueue[],
): Promise<{ reasons: string[]; cases: number }[]> {
  const rows = await db.query<{ reasons: string; cases: number }>(
    `select reasons, count(*) as cases
     from people.review
     where queue = any($1::text[])
       and state in ('waiting', 'disputed')
     group by reasons
     order by cases desc, reasons`,
    [queues],
  );
  return rows.map((row) => ({ reasons: JSON.parse(row.reasons) as string[], cases: row.cases }));
}

/** The first two verdicts on each case that two reviewers looked at. */
export async function doubleVerdicts(
  db: Queryable,
  queues: readonly ReviewQueue[],
): Promise<[Verdict, Verdict][]> {
  const rows = await db.query<{ verdicts: Verdict[] }>(
    `select (array_agg(o.verdict order by o.given, o.reviewer))[1:2] as verdicts
     from people.opinion o
     join people.review r on r.case_id = o.case_id and r.twice and r.queue = any($1::text[])
     group by o.case_id
     having count(*) >= 2`,
    [queues],
  );
  return rows.map(({ verdicts }) => [verdicts[0]!, verdicts[1]!]);
}
