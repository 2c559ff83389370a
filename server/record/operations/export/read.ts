import type { Queryable } from '../../../platform/db/index.ts';
import { ridOf } from '../../rid.ts';
import { idIn } from '../../stored-row.ts';
import { isAboutSeveral, isOfPatients } from './rules.ts';
import { rowsAsOf, rowsByCreation, rowsOfPatients } from './store.ts';
import type { ExportFile, ExportJob, ExportPlace, ExportRow } from './types.ts';

const rowsAtOnce = 1000;
const patientsAtOnce = 1000;
const firstUuid = '00000000-0000-0000-0000-000000000000';

export type Piece = {
  /** NDJSON, with a newline after each line; empty when nothing of this piece is wanted. */
  text: string;
  rows: number;
  /** Where to go on; undefined when there is no more. */
  next: ExportPlace | undefined;
};

/** Reads the next piece of a file. `memberIds` are the FHIR ids of a group's patients. */
export async function nextPiece(
  db: Queryable,
  job: ExportJob,
  file: ExportFile,
  memberIds: readonly string[],
): Promise<Piece> {
  const { rows, next } =
    job.scope.level === 'group' && !isAboutSeveral(file.type)
      ? await groupRows(db, file, memberIds)
      : await allRows(db, file);
  const members = job.scope.level === 'group' ? new Set(memberIds) : undefined;
  const lines: string[] = [];
  for (const row of await asOf(db, file.type, rows, job.transactionTime)) {
    const line = lineFor(job, file, row, members);
    if (line !== undefined) lines.push(line);
  }
  return { text: lines.length === 0 ? '' : `${lines.join('\n')}\n`, rows: lines.length, next };
}

async function allRows(
  db: Queryable,
  file: ExportFile,
): Promise<{ rows: ExportRow[]; next: ExportPlace | undefined }> {
  const after =
    file.place !== undefined && 'created' in file.place ? file.place : { created: 0, rid: firstUuid };
  const rows = await rowsByCreation(db, file.type, after, rowsAtOnce);
  const last = rows.length < rowsAtOnce ? undefined : rows.at(-1);
  return { rows, next: last && { created: last.created, rid: last.rid } };
}

/** A thousand patients at a time, by their place in the group. */
async function groupRows(
  db: Queryable,
  file: ExportFile,
  memberIds: readonly string[],
): Promise<{ rows: ExportRow[]; next: ExportPlace | undefined }> {
  const after =
    file.place !== undefined && 'chunk' in file.place
      ? file.place
      : { chunk: 0, patientId: firstUuid, rid: firstUuid };
  const from = after.chunk * patientsAtOnce;
  const patients = memberIds.slice(from, from + patientsAtOnce).map(ridOf);
  const rows = patients.length === 0 ? [] : await rowsOfPatients(db, file.type, patients, after, rowsAtOnce);
  const last = rows.at(-1);
  if (rows.length === rowsAtOnce && last !== undefined) {
    return { rows, next: { chunk: after.chunk, patientId: last.patientId, rid: last.rid } };
  }
  const more = from + patientsAtOnce < memberIds.length;
  return { rows, next: more ? { chunk: after.chunk + 1, patientId: firstUuid, rid: firstUuid } : undefined };
}

/** The rows as they were at the export's moment; those that did not exist then are left out. */
async function asOf(db: Queryable, type: string, rows: ExportRow[], moment: Date): Promise<ExportRow[]> {
  const later = rows.filter((row) => row.lastUpdated > moment);
  if (later.length === 0) return rows;
  const earlier = await rowsAsOf(db, type, later, moment);
  return rows.flatMap((row) => {
    if (row.lastUpdated <= moment) return [row];
    const before = earlier.get(row.rid);
    return before === undefined ? [] : [{ ...row, ...before }];
  });
}

function lineFor(
  job: ExportJob,
  file: ExportFile,
  row: ExportRow,
  members: ReadonlySet<string> | undefined,
): string | undefined {
  if (row.deleted !== file.isDeletions) return undefined;
  if (job.since !== undefined && row.lastUpdated <= job.since) return undefined;
  const id = idIn(row.content);
  if (job.scope.level !== 'system' && !isOfPatients({ ...row, type: file.type, id }, members))
    return undefined;
  if (!file.isDeletions) return row.content;
  return `{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"${file.type}/${id}"}}]}`;
}
