import { Problem } from '../../platform/errors.ts';
import type { Db } from '../../platform/db/index.ts';
import {
  countQuarantine,
  findQuarantine,
  listJobs,
  listQuarantine,
  missingOf,
  quarantineStates,
  type QuarantineFilter,
  type QuarantineRow,
  type QuarantineState,
} from '../../record/import/index.ts';

const page = 200;

export type ListValues = { state?: string; type?: string; code?: string };

/** The items wanted, a page at a time. What waits is both `open` and `mended`. */
export async function* wanted(db: Db, values: ListValues): AsyncGenerator<QuarantineRow, void, void> {
  for (const state of statesOf(values.state)) {
    const filter: QuarantineFilter = { state };
    if (values.type !== undefined) filter.type = values.type;
    if (values.code !== undefined) filter.code = values.code;
    let after: string | undefined;
    for (;;) {
      const rows = await listQuarantine(
        db,
        filter,
        after === undefined ? { limit: page } : { after, limit: page },
      );
      yield* rows;
      if (rows.length < page) break;
      after = rows.at(-1)!.id;
    }
  }
}

function statesOf(given: string | undefined): QuarantineState[] {
  if (given === undefined) return ['open', 'mended'];
  const state = quarantineStates.find((each) => each === given);
  if (state !== undefined) return [state];
  throw new Problem('quarantine/state', 400, `There is no state ${given}.`, {
    wayOut: `Choose one of ${quarantineStates.join(', ')}.`,
  });
}

export async function printList(db: Db, values: ListValues): Promise<number> {
  for await (const row of wanted(db, values)) {
    console.log(`${row.id}  ${row.state}  ${nameOf(row)}`);
    console.log(`    ${placeOf(row)}`);
    console.log(`    ${row.path === null ? '' : `${row.path}: `}${row.reason} (${row.code})`);
  }
  const counts = await countQuarantine(db);
  console.log(quarantineStates.map((state) => `${state} ${counts[state]}`).join(', '));
  return 0;
}

export async function printItem(db: Db, id: string): Promise<number> {
  const item = await findQuarantine(db, id);
  if (item === undefined) {
    console.error('There is nothing with this ID in quarantine.');
    return 1;
  }
  console.log(`${nameOf(item)}, ${item.state}, changed ${item.changed.toISOString()} by ${item.changedBy}`);
  console.log(`from     ${item.source}`);
  console.log(`in       ${placeOf(item)}`);
  console.log(`because  ${item.path === null ? '' : `${item.path}: `}${item.reason} (${item.code})`);
  if (item.wayOut !== null) console.log(`to do    ${item.wayOut}`);
  for (const issue of item.issues)
    console.log(`  ${issue.severity}  ${issue.path}: ${issue.text} (${issue.code})`);
  console.log(
    `\n${item.rawCut ? 'The beginning of the text as it came:' : 'The text as it came:'}\n${item.raw}`,
  );
  if (item.mended !== null) console.log(`\nThe text as mended:\n${item.mended}`);
  return 0;
}

/** What the newest import's resources refer to that is not in the record. */
export async function printMissing(db: Db): Promise<number> {
  const jobs = await listJobs(db, 1);
  const [job] = jobs;
  if (job === undefined) {
    console.log('Nothing was imported yet.');
    return 0;
  }
  let after = '';
  for (;;) {
    const rows = await missingOf(db, job.id, after, page);
    for (const row of rows) console.log(`${row.target}  referred to ${row.mentions} times`);
    if (rows.length < page) return 0;
    after = rows.at(-1)!.target;
  }
}

const nameOf = (row: QuarantineRow): string =>
  row.type === null ? 'unreadable' : `${row.type}${row.resourceId === null ? '' : `/${row.resourceId}`}`;

function placeOf(row: QuarantineRow): string {
  const entry = row.entry > 0 ? `, entry ${row.entry}` : '';
  const line = row.line === null ? '' : `, line ${row.line}, column ${row.column ?? 1}`;
  return `${row.file}${entry}${line}`;
}
