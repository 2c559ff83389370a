import type { Queryable, Tx } from '../../platform/db/index.ts';
import { addCounts } from './counts.ts';
import type { Counts } from './types.ts';

export type JobState = 'running' | 'finished' | 'failed';

export type Job = {
  id: string;
  source: string;
  paths: string[];
  agent: string;
  state: JobState;
  started: Date;
  finished: Date | null;
  counts: Counts;
  notes: JobNotes;
};

/** What else a person should know of a job. */
export type JobNotes = {
  filesRead: number;
  filesKnown: number;
  passedOver: string[];
  /** Targets that nothing in the record has, and how often they are referred to. */
  missingTargets: number;
  missingMentions: number;
  warnings: number;
  /** Patients stored with an NHS number that fails its check digit; not counted by older jobs. */
  wrongNumbers?: number;
  /** Inputs so long that repeats within them were not looked for to the end. */
  untracked: string[];
};

const jobColumns = 'id, source, paths, agent, state, started, finished, counts, notes';

export async function insertJob(db: Queryable, job: Job): Promise<void> {
  await db.query(
    `insert into record.import_job (${jobColumns})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      job.id,
      job.source,
      JSON.stringify(job.paths),
      job.agent,
      job.state,
      job.started,
      job.finished,
      JSON.stringify(job.counts),
      JSON.stringify(job.notes),
    ],
  );
}

type JobRow = Omit<Job, 'paths'> & { paths: string };

const jobOf = (row: JobRow): Job => ({ ...row, paths: JSON.parse(row.paths) as string[] });

/** The newest job over these paths that was cut off. */
export async function findUnfinishedJob(
  db: Queryable,
  source: string,
  paths: readonly string[],
): Promise<Job | undefined> {
  const [row] = await db.query<JobRow>(
    `select ${jobColumns}
     from record.import_job
     where state in ('running', 'failed')
       and source = $1
       and paths = $2
     order by started desc
     limit 1`,
    [source, JSON.stringify(paths)],
  );
  return row === undefined ? undefined : jobOf(row);
}

/** The newest jobs first. */
export async function listJobs(db: Queryable, limit: number): Promise<Job[]> {
  const rows = await db.query<JobRow>(
    `select ${jobColumns}
     from record.import_job
     order by started desc
     limit $1`,
    [limit],
  );
  return rows.map(jobOf);
}

export async function updateJob(
  db: Queryable,
  job: Pick<Job, 'id' | 'state' | 'finished' | 'counts' | 'notes'>,
): Promise<void> {
  await db.query(
    `update record.import_job
     set state = $2, finished = $3, counts = $4, notes = $5
     where id = $1`,
    [job.id, job.state, job.finished, JSON.stringify(job.counts), JSON.stringify(job.notes)],
    { name: 'import-update-job' },
  );
}

export type FileState = 'reading' | 'read';

/** How far one input got. */
export type FileRow = {
  id: string;
  jobId: string;
  name: string;
  bytes: number;
  state: FileState;
  entriesRead: number;
  counts: Counts;
};

export async function findFile(db: Queryable, id: string): Promise<FileRow | undefined> {
  const [row] = await db.query<FileRow>(
    `select id, job_id as "jobId", name, bytes, state, entries_read as "entriesRead", counts
     from record.import_file
     where id = $1`,
    [id],
  );
  return row;
}

export async function saveFiles(tx: Tx, files: readonly FileRow[], at: Date): Promise<void> {
  if (files.length === 0) return;
  await tx.query(
    `insert into record.import_file (id, job_id, name, bytes, state, entries_read, counts, changed)
     select *, $8::timestamptz
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::jsonb[])
     on conflict (id) do update
     set job_id = excluded.job_id,
         state = excluded.state,
         entries_read = excluded.entries_read,
         counts = excluded.counts,
         changed = excluded.changed`,
    [
      files.map((file) => file.id),
      files.map((file) => file.jobId),
      files.map((file) => file.name),
      files.map((file) => file.bytes),
      files.map((file) => file.state),
      files.map((file) => file.entriesRead),
      files.map((file) => JSON.stringify(file.counts)),
      at,
    ],
    { name: 'import-save-files' },
  );
}

export type Postponed = { fileId: string; entry: number };

export async function addPostponed(tx: Tx, postponed: readonly Postponed[]): Promise<void> {
  if (postponed.length === 0) return;
  await tx.query(
    `insert into record.import_postponed (file_id, entry)
     select *
     from unnest($1::uuid[], $2::bigint[])
     on conflict do nothing`,
    [postponed.map((each) => each.fileId), postponed.map((each) => each.entry)],
  );
}

export async function removePostponed(tx: Tx, postponed: readonly Postponed[]): Promise<void> {
  if (postponed.length === 0) return;
  await tx.query(
    `delete from record.import_postponed
     where (file_id, entry) in (select * from unnest($1::uuid[], $2::bigint[]))`,
    [postponed.map((each) => each.fileId), postponed.map((each) => each.entry)],
  );
}

/** The files that have waiting entries. */
export async function postponedFiles(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select distinct file_id as id
     from record.import_postponed
     order by file_id`,
  );
  return rows.map((row) => row.id);
}

/** The entries of a file that wait, in order. */
export async function postponedOf(db: Queryable, fileId: string): Promise<number[]> {
  const rows = await db.query<{ entry: number }>(
    `select entry
     from record.import_postponed
     where file_id = $1
     order by entry`,
    [fileId],
  );
  return rows.map((row) => row.entry);
}

/**
 * Lets this transaction end before the disk has it, up to a second later. After a crash the last ones may be gone, whole and with
 * what they said of how far the import got, so that it reads those entries again. The end of the job waits for the disk.
 */
export async function commitWithoutWaiting(tx: Tx): Promise<void> {
  await tx.query('set local synchronous_commit to off');
}

export type Missing = { target: string; rid: string; type: number; mentions: number };

export async function addMissing(tx: Tx, jobId: string, missing: readonly Missing[]): Promise<void> {
  if (missing.length === 0) return;
  await tx.query(
    `insert into record.import_missing (job_id, target, rid, type, mentions)
     select $1, *
     from unnest($2::text[], $3::uuid[], $4::smallint[], $5::bigint[])
     on conflict (job_id, target) do update
     set mentions = record.import_missing.mentions + excluded.mentions`,
    [
      jobId,
      missing.map((each) => each.target),
      missing.map((each) => each.rid),
      missing.map((each) => each.type),
      missing.map((each) => each.mentions),
    ],
  );
}

/** Targets noted as missing, a page of them after `after`. */
export async function missingOf(
  db: Queryable,
  jobId: string,
  after: string,
  limit: number,
): Promise<Missing[]> {
  return db.query<Missing>(
    `select target, rid, type, mentions
     from record.import_missing
     where job_id = $1
       and target > $2
     order by target
     limit $3`,
    [jobId, after, limit],
  );
}

export async function forgetMissing(db: Queryable, jobId: string, targets: readonly string[]): Promise<void> {
  await db.query(
    `delete from record.import_missing
     where job_id = $1
       and target = any($2::text[])`,
    [jobId, targets],
  );
}

export async function countMissing(
  db: Queryable,
  jobId: string,
): Promise<{ targets: number; mentions: number }> {
  const [row] = await db.query<{ targets: number; mentions: number }>(
    `select count(*) as targets, coalesce(sum(mentions), 0)::bigint as mentions
     from record.import_missing
     where job_id = $1`,
    [jobId],
  );
  return row!;
}

/** What the files of a job have given so far. */
export async function countsOfJob(db: Queryable, jobId: string): Promise<Counts> {
  const rows = await db.query<{ counts: Counts }>(
    `select counts
     from record.import_file
     where job_id = $1`,
    [jobId],
  );
  const sum: Counts = {};
  for (const row of rows) addCounts(sum, row.counts);
  return sum;
}

export async function findJob(db: Queryable, id: string): Promise<Job | undefined> {
  const [row] = await db.query<JobRow>(
    `select ${jobColumns}
     from record.import_job
     where id = $1`,
    [id],
  );
  return row === undefined ? undefined : jobOf(row);
}
