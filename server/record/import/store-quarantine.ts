import type { Queryable, Tx } from '../../platform/db/index.ts';
import type { Issue } from '../types.ts';
import { uuidFrom } from './identity.ts';
import type { EntryRequest } from './reading/index.ts';
import type { QuarantineItem } from './types.ts';

export const quarantineStates = ['open', 'mended', 'replayed', 'dismissed'] as const;
export type QuarantineState = (typeof quarantineStates)[number];

/** One thing in quarantine, without its text. */
export type QuarantineRow = {
  id: string;
  jobId: string;
  source: string;
  file: string;
  entry: number;
  line: number | null;
  column: number | null;
  type: string | null;
  resourceId: string | null;
  path: string | null;
  code: string;
  reason: string;
  wayOut: string | null;
  state: QuarantineState;
  created: Date;
  changed: Date;
  changedBy: string;
};

/** With the text as it came, the text as mended, and what is needed to replay it. */
export type QuarantineDetail = QuarantineRow & {
  issues: Issue[];
  format: 'json' | 'xml';
  raw: string;
  rawCut: boolean;
  mended: string | null;
  fullUrl: string | null;
  request: (EntryRequest & { bundleType?: string }) | null;
  links: Record<string, string>;
};

const listColumns = `id, job_id as "jobId", source, file, entry, line, "column", type, resource_id as "resourceId",
  path, code, reason, way_out as "wayOut", state, created, changed, changed_by as "changedBy"`;

const detailColumns = `${listColumns}, issues, format, raw, raw_cut as "rawCut", mended, full_url as "fullUrl", request, links`;

/** What makes two faults the same: who sent it and what; for one without text, where it was. */
export function faultKey(item: QuarantineItem): string {
  const where = item.raw === '' ? [item.file, String(item.entry), item.code] : [];
  const asked = item.request === undefined ? '' : `${item.request.method} ${item.request.url}`;
  return uuidFrom('fault', item.source, item.raw, item.fullUrl ?? '', asked, ...where);
}

/** What a fault that was met again has become. */
export type KnownFault = { key: string; state: QuarantineState };

/** The states of faults met before. */
export async function knownFaults(
  db: Queryable,
  keys: readonly string[],
): Promise<Map<string, QuarantineState>> {
  if (keys.length === 0) return new Map();
  const rows = await db.query<KnownFault>(
    `select fault_key as key, state
     from record.quarantine
     where fault_key = any($1::uuid[])`,
    [keys],
  );
  return new Map(rows.map((row) => [row.key, row.state]));
}

export type NewQuarantine = { id: string; jobId: string; fileId: string | null; item: QuarantineItem };

/** Adds what was not there before. */
export async function addQuarantine(
  tx: Tx,
  added: readonly NewQuarantine[],
  at: Date,
  by: string,
): Promise<void> {
  for (const { id, jobId, fileId, item } of added) {
    await tx.query(
      `insert into record.quarantine
         (id, fault_key, job_id, file_id, source, file, entry, line, "column", type, resource_id, path, code, reason,
          way_out, issues, format, raw, raw_cut, full_url, request, links, state, created, changed, changed_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
               'open', $23, $23, $24)
       on conflict (fault_key) do nothing`,
      [
        id,
        faultKey(item),
        jobId,
        fileId,
        item.source,
        item.file,
        item.entry,
        item.line ?? null,
        item.column ?? null,
        item.type ?? null,
        item.resourceId ?? null,
        item.path ?? null,
        item.code,
        item.reason,
        item.wayOut ?? null,
        JSON.stringify(item.issues),
        item.format,
        item.raw.replaceAll('\0', '\uFFFD'),
        item.rawCut,
        item.fullUrl ?? null,
        requestColumn(item),
        JSON.stringify(item.links),
        at,
        by,
      ],
      { name: 'import-add-quarantine' },
    );
  }
}

function requestColumn(item: QuarantineItem): string | null {
  if (item.request === undefined) return null;
  return JSON.stringify(
    item.bundleType === undefined ? item.request : { ...item.request, bundleType: item.bundleType },
  );
}

export type QuarantineFilter = {
  state?: QuarantineState;
  jobId?: string;
  code?: string;
  type?: string;
};

/** A page of the quarantine, oldest first, after the item `after`. */
export async function listQuarantine(
  db: Queryable,
  filter: QuarantineFilter,
  page: { after?: string; limit: number },
): Promise<QuarantineRow[]> {
  return db.query<QuarantineRow>(
    `select ${listColumns}
     from record.quarantine
     where ($1::text is null or state = $1)
       and ($2::uuid is null or job_id = $2)
       and ($3::text is null or code = $3)
       and ($4::text is null or type = $4)
       and ($5::uuid is null or id > $5)
     order by id
     limit $6`,
    [
      filter.state ?? null,
      filter.jobId ?? null,
      filter.code ?? null,
      filter.type ?? null,
      page.after ?? null,
      page.limit,
    ],
  );
}

export async function countQuarantine(db: Queryable): Promise<Record<QuarantineState, number>> {
  const rows = await db.query<{ state: QuarantineState; n: number }>(
    `select state, count(*) as n
     from record.quarantine
     group by state`,
  );
  const counts: Record<QuarantineState, number> = { open: 0, mended: 0, replayed: 0, dismissed: 0 };
  for (const row of rows) counts[row.state] = row.n;
  return counts;
}

/** How many things of a file still wait, by type. */
export async function waitingOf(db: Queryable, fileId: string): Promise<Map<string, number>> {
  const rows = await db.query<{ type: string | null; n: number }>(
    `select type, count(*) as n
     from record.quarantine
     where file_id = $1
       and state in ('open', 'mended')
     group by type`,
    [fileId],
  );
  return new Map(rows.map((row) => [row.type ?? 'unknown', row.n]));
}

export async function findQuarantine(db: Queryable, id: string): Promise<QuarantineDetail | undefined> {
  const [row] = await db.query<QuarantineDetail>(
    `select ${detailColumns}
     from record.quarantine
     where id = $1`,
    [id],
  );
  return row;
}

/** Keeps a mended text; the text as it came stays. False when the item is no longer waiting. */
export async function saveMended(
  db: Queryable,
  id: string,
  text: string,
  at: Date,
  by: string,
): Promise<boolean> {
  const rows = await db.query(
    `update record.quarantine
     set mended = $2, state = 'mended', changed = $3, changed_by = $4
     where id = $1
       and state in ('open', 'mended')
     returning id`,
    [id, text, at, by],
  );
  return rows.length > 0;
}

/** Moves an item to another state. False when it is no longer waiting. */
export async function closeQuarantine(
  db: Queryable,
  id: string,
  state: 'replayed' | 'dismissed',
  at: Date,
  by: string,
): Promise<boolean> {
  const rows = await db.query(
    `update record.quarantine
     set state = $2, changed = $3, changed_by = $4
     where id = $1
       and state in ('open', 'mended')
     returning id`,
    [id, state, at, by],
  );
  return rows.length > 0;
}

/** Says why a replay did not succeed. */
export async function saveRefusal(
  db: Queryable,
  id: string,
  item: QuarantineItem,
  at: Date,
  by: string,
): Promise<void> {
  await db.query(
    `update record.quarantine
     set path = $2, code = $3, reason = $4, way_out = $5, issues = $6, changed = $7, changed_by = $8
     where id = $1
       and state in ('open', 'mended')`,
    [id, item.path ?? null, item.code, item.reason, item.wayOut ?? null, JSON.stringify(item.issues), at, by],
  );
}
