import type { Db, Queryable } from '../../../platform/db/index.ts';
import { typeNumber } from '../../resource-types.ts';
import type { ExportFile, ExportJob, ExportPlace, ExportRow, ExportState } from './types.ts';

type JobRow = {
  id: string;
  level: 'system' | 'patient' | 'group';
  group_id: string | null;
  group_version: number | null;
  types: string[];
  since: Date | null;
  request_url: string;
  started_by: string | null;
  state: ExportState;
  transaction_time: Date;
  settle_from: Date;
  finished: Date | null;
  problem: string | null;
};

const jobColumns =
  'id, level, group_id, group_version, types, since, request_url, started_by, state, transaction_time, settle_from, finished, problem';

/** The time by the database's clock. */
export async function databaseTime(db: Queryable): Promise<Date> {
  const [row] = await db.query<{ now: Date }>(`select clock_timestamp() as now`);
  return row!.now;
}

/**
 * True when every write has ended that began before a moment. Reading transactions do not count, except where tables
 * are spread over nodes: there a writer cannot be told from a reader.
 */
export async function hasSettled(db: Db, moment: Date): Promise<boolean> {
  const [row] = await db.query<{ settled: boolean }>(
    `select not exists (
       select 1
       from pg_stat_activity
       where datname = current_database()
         and backend_type = 'client backend'
         and pid <> pg_backend_pid()
         and xact_start <= $1
         and (backend_xid is not null or $2)
     ) as settled`,
    [moment, db.distributed],
  );
  return row!.settled;
}

/** Notes a new export and its empty files. */
export async function addJob(
  db: Db,
  job: ExportJob,
  files: readonly ExportFile[],
  requested: Date,
): Promise<void> {
  const { scope } = job;
  const group = scope.level === 'group' ? scope : undefined;
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into record.export_job
         (id, level, group_id, group_version, types, since, request_url, started_by, state, transaction_time, settle_from,
          requested)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        job.id,
        scope.level,
        group?.groupId,
        group?.groupVersion,
        job.types,
        job.since,
        job.requestUrl,
        job.startedBy,
        job.state,
        job.transactionTime,
        job.settleFrom,
        requested,
      ],
    );
    await tx.query(
      `insert into record.export_file (job_id, name, type, is_deletions, rows, bytes, done)
       select $1, name, type, is_deletions, 0, 0, false
       from unnest($2::text[], $3::text[], $4::boolean[]) as file (name, type, is_deletions)`,
      [
        job.id,
        files.map((file) => file.name),
        files.map((file) => file.type),
        files.map((file) => file.isDeletions),
      ],
    );
  });
}

/** One export and its files. */
export async function findJob(
  db: Queryable,
  id: string,
): Promise<{ job: ExportJob; files: ExportFile[] } | undefined> {
  const [row] = await db.query<JobRow>(`select ${jobColumns} from record.export_job where id = $1`, [id]);
  if (row === undefined) return undefined;
  return { job: jobOf(row), files: await filesOfJob(db, id) };
}

async function filesOfJob(db: Queryable, id: string): Promise<ExportFile[]> {
  const rows = await db.query<{
    name: string;
    type: string;
    is_deletions: boolean;
    rows: number;
    bytes: number;
    place: string | null;
    done: boolean;
  }>(
    `select name, type, is_deletions, rows, bytes, place, done
     from record.export_file
     where job_id = $1
     order by name`,
    [id],
  );
  return rows.map((row) => ({
    name: row.name,
    type: row.type,
    isDeletions: row.is_deletions,
    rows: row.rows,
    bytes: row.bytes,
    place: row.place === null ? undefined : (JSON.parse(row.place) as ExportPlace),
    done: row.done,
  }));
}

/** Takes the oldest export that nobody works on, and holds it until `leaseUntil`. */
export async function takeJob(db: Db, now: Date, leaseUntil: Date): Promise<ExportJob | undefined> {
  const [row] = await db.query<JobRow>(
    `update record.export_job
     set state = 'running', lease_until = $2
     where id = (
       select id
       from record.export_job
       where state = 'waiting'
          or (state = 'running' and lease_until < $1)
       order by requested
       limit 1
       for update skip locked
     )
     returning ${jobColumns}`,
    [now, leaseUntil],
  );
  return row === undefined ? undefined : jobOf(row);
}

/** Notes how far a file has got and keeps the hold. False when the export was cancelled. */
export async function noteProgress(
  db: Db,
  jobId: string,
  file: ExportFile,
  leaseUntil: Date,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const held = await tx.query(
      `update record.export_job set lease_until = $2 where id = $1 and state = 'running' returning id`,
      [jobId, leaseUntil],
    );
    if (held.length === 0) return false;
    await tx.query(
      `update record.export_file
       set rows = $3, bytes = $4, place = $5, done = $6
       where job_id = $1 and name = $2`,
      [jobId, file.name, file.rows, file.bytes, file.place && JSON.stringify(file.place), file.done],
    );
    return true;
  });
}

/** Gives an export back untouched, so that it is taken up again at once after a restart. */
export async function releaseJob(db: Queryable, id: string): Promise<void> {
  await db.query(
    `update record.export_job set state = 'waiting', lease_until = null where id = $1 and state = 'running'`,
    [id],
  );
}

/** Ends an export, well or not. */
export async function finishJob(db: Queryable, id: string, finished: Date, problem?: string): Promise<void> {
  await db.query(
    `update record.export_job
     set state = $2, finished = $3, problem = $4, lease_until = null
     where id = $1`,
    [id, problem === undefined ? 'done' : 'failed', finished, problem],
  );
}

/** Forgets an export. False when there is none. */
export async function removeJob(db: Queryable, id: string): Promise<boolean> {
  const rows = await db.query(`delete from record.export_job where id = $1 returning id`, [id]);
  return rows.length > 0;
}

/** Forgets exports that ended before a moment, and gives their ids. */
export async function removeJobsBefore(db: Queryable, moment: Date): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `delete from record.export_job where finished < $1 returning id`,
    [moment],
  );
  return rows.map((row) => row.id);
}

const rowColumns = `patient_id as "patientId", rid, created, version, last_updated as "lastUpdated", deleted, content`;

/** The next rows of one type in the order of their creation, whatever happened to them since. */
export async function rowsByCreation(
  db: Queryable,
  type: string,
  after: { created: number; rid: string },
  count: number,
): Promise<ExportRow[]> {
  return db.query<ExportRow>(
    `select ${rowColumns}
     from record.resource
     where type = $1
       and created >= $2
       and (created, rid) > ($2, $3::uuid)
     order by created, rid
     limit $4`,
    [typeNumber(type), after.created, after.rid, count],
    { name: 'export-by-creation' },
  );
}

/** The next rows of one type of these patients. */
export async function rowsOfPatients(
  db: Queryable,
  type: string,
  patientIds: readonly string[],
  after: { patientId: string; rid: string },
  count: number,
): Promise<ExportRow[]> {
  return db.query<ExportRow>(
    `select ${rowColumns}
     from record.resource
     where patient_id = any($1::uuid[])
       and type = $2
       and (patient_id, rid) > ($3::uuid, $4::uuid)
     order by patient_id, rid
     limit $5`,
    [patientIds, typeNumber(type), after.patientId, after.rid, count],
    { name: 'export-of-patients' },
  );
}

/** The versions of these resources that were current at a moment, for those that changed later. */
export async function rowsAsOf(
  db: Queryable,
  type: string,
  rows: readonly ExportRow[],
  moment: Date,
): Promise<Map<string, Pick<ExportRow, 'version' | 'lastUpdated' | 'deleted' | 'content'>>> {
  const found = await db.query<Pick<ExportRow, 'rid' | 'version' | 'lastUpdated' | 'deleted' | 'content'>>(
    `select distinct on (rid) rid, version, last_updated as "lastUpdated", deleted, content
     from record.history
     where (
         patient_id = any($1::uuid[])
         or patient_id in (select patient_id from record.former_key where rid = any($3::uuid[]) and type = $2)
       )
       and type = $2
       and rid = any($3::uuid[])
       and last_updated <= $4
     order by rid, version desc`,
    [[...new Set(rows.map((row) => row.patientId))], typeNumber(type), rows.map((row) => row.rid), moment],
  );
  return new Map(found.map((row) => [row.rid, row]));
}

function jobOf(row: JobRow): ExportJob {
  return {
    id: row.id,
    scope:
      row.level === 'group'
        ? { level: 'group', groupId: row.group_id!, groupVersion: row.group_version! }
        : { level: row.level },
    types: row.types,
    since: row.since ?? undefined,
    requestUrl: row.request_url,
    startedBy: row.started_by ?? '',
    state: row.state,
    transactionTime: row.transaction_time,
    settleFrom: row.settle_from,
    finished: row.finished ?? undefined,
    problem: row.problem ?? undefined,
  };
}
