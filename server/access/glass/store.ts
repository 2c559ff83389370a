import type { Queryable, Tx } from '../../platform/db/index.ts';

/** One time somebody broke a glass. `until` is when it closes by itself, where it was not closed before. */
export type GlassRow = {
  patientId: string;
  id: string;
  user: string;
  organisation: string | null;
  reason: string;
  from: Date;
  closed: Date | null;
};

export type Outcome = 'justified' | 'not-justified';
export type Review = { reviewer: string; outcome: Outcome; reason: string; reviewed: Date };

const columns = `g.patient_id as "patientId", g.fact_id as id, g.user_id as user, g.organisation_id as organisation,
  g.reason, g.valid_from as "from", g.valid_to as closed`;

/** What a user broke since a moment and nobody closed since. */
export const openUsesOf = (db: Queryable, user: string, since: Date, now: Date): Promise<GlassRow[]> =>
  db.query(
    `select ${columns}
     from access.glass g
     where g.user_id = $1
       and g.recorded_to is null
       and g.valid_from > $2
       and (g.valid_to is null or g.valid_to > $3)
     order by g.valid_from desc`,
    [user, since, now],
  );

type Reviewed = GlassRow & {
  reviewer: string | null;
  outcome: Outcome | null;
  reviewReason: string | null;
  reviewed: Date | null;
};

export type UseWithReview = GlassRow & { review: Review | null };

/** Which uses are for whoever asks: of staff of these organisations, and not of these patients. */
type Among = { organisations: readonly string[]; notPatients: readonly string[] };

const amongThem = `(g.organisation_id is null or g.organisation_id = any($1)) and g.patient_id <> all($2::uuid[])`;

/** Every use, those without a review when `waiting`; the newest first. */
export async function usesOf(
  db: Queryable,
  { organisations, notPatients, waiting, limit }: Among & { waiting: boolean; limit: number },
): Promise<UseWithReview[]> {
  const rows = await db.query<Reviewed>(
    `select ${columns}, r.reviewer, r.outcome, r.reason as "reviewReason", r.reviewed
     from access.glass g
     left join access.glass_review r on r.patient_id = g.patient_id and r.fact_id = g.fact_id
     where g.recorded_to is null
       and ${amongThem}
       and (r.reviewed is null or not $3)
     order by g.valid_from desc, g.fact_id desc
     limit $4`,
    [organisations, notPatients, waiting, limit],
  );
  return rows.map(withReview);
}

/** How many uses there are, and how many wait for a review. */
export async function countUses(
  db: Queryable,
  { organisations, notPatients }: Among,
): Promise<{ all: number; waiting: number }> {
  const [row] = await db.query<{ all: number; waiting: number }>(
    `select count(*)::int as "all", (count(*) filter (where r.reviewed is null))::int as waiting
     from access.glass g
     left join access.glass_review r on r.patient_id = g.patient_id and r.fact_id = g.fact_id
     where g.recorded_to is null
       and ${amongThem}`,
    [organisations, notPatients],
  );
  return row!;
}

/** The organisations whose staff broke a glass, once each. */
export async function organisationsOfUses(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ organisation: string }>(
    'select distinct organisation_id as organisation from access.glass where organisation_id is not null',
  );
  return rows.map(({ organisation }) => organisation);
}

export async function findUse(db: Queryable, id: string): Promise<UseWithReview | undefined> {
  const [row] = await db.query<Reviewed>(
    `select ${columns}, r.reviewer, r.outcome, r.reason as "reviewReason", r.reviewed
     from access.glass g
     left join access.glass_review r on r.patient_id = g.patient_id and r.fact_id = g.fact_id
     where g.fact_id = $1
       and g.recorded_to is null`,
    [id],
  );
  return row === undefined ? undefined : withReview(row);
}

const withReview = ({ reviewer, outcome, reviewReason, reviewed, ...use }: Reviewed): UseWithReview => ({
  ...use,
  review:
    reviewer === null || outcome === null || reviewReason === null || reviewed === null
      ? null
      : { reviewer, outcome, reason: reviewReason, reviewed },
});

/** Keeps what a reviewer found. False when somebody was first. */
export async function addReview(tx: Tx, use: GlassRow, review: Review): Promise<boolean> {
  const added = await tx.query(
    `insert into access.glass_review (patient_id, fact_id, reviewer, outcome, reason, reviewed)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (patient_id, fact_id) do nothing
     returning fact_id`,
    [use.patientId, use.id, review.reviewer, review.outcome, review.reason, review.reviewed],
  );
  return added.length > 0;
}
