import { CopyRows, type CopyPart, type Queryable, type Tx } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import { part } from './links.ts';

/** What one transaction changed of who patients are. */
export type Changed = {
  /** Patients whose particulars or link are others now. */
  patients: readonly string[];
  /** Patients that came to stand under keys and stood under none before. */
  joined: ReadonlyMap<string, readonly string[]>;
  /** Keys under which somebody stands no more. */
  keys: readonly string[];
};

/** So that one row stays short: of more than this it only says that much changed. */
const mostPatients = 2_000;

/** So many rows are kept. Who did not ask for longer than they reach back begins anew. */
const usuallyKept = 1_000;

/** What a row holds. Null: too much to tell. */
export type ChangedText = {
  patients: string[];
  joined: { [patientId: string]: string[] };
  keys: string[];
} | null;

/** The row that tells other transactions what this one changed. It counts when this transaction is committed. */
export function changeRows({ patients, joined, keys }: Changed, at: Date): CopyPart[] {
  if (patients.length + joined.size + keys.length === 0) return [];
  const isMuch = patients.length + joined.size > mostPatients;
  const text: ChangedText = isMuch
    ? null
    : {
        patients: patients.filter((id) => !joined.has(id)),
        joined: Object.fromEntries(joined) as { [patientId: string]: string[] },
        keys: [...keys],
      };
  const rows = new CopyRows();
  rows.startRow(2);
  rows.uuid(newId(at.getTime()));
  rows.text(JSON.stringify(text));
  return part('change (change_id, content)', rows);
}

/** What a transaction saw: `snapshot` names the moment, `started` the run of the server. */
export type Moment = {
  snapshot: string;
  started: string;
  /** The number of the transaction itself, when it had one: a snapshot counts it among those that ended. */
  own: string | null;
};

/** What the database holds at one moment. */
export type Look = Moment & {
  /** Of the rows that are there; null when there is none, and none was taken away in this run. */
  oldest: string | null;
  /** What was changed since the earlier moment. */
  changes: ChangedText[];
};

/**
 * Which transactions ended since an earlier moment, by what they say of themselves. Told apart by what each moment saw, not by
 * times, so that none is missed.
 */
export async function changesSince(tx: Tx, earlier: Moment | undefined): Promise<Look> {
  const rows = await tx.query<Omit<Look, 'changes'> & { content: string | null }>(
    `select now.snapshot, now.started, now.own, now.oldest, c.content
     from (
       select pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as started,
              pg_current_xact_id_if_assigned()::text as own,
              (select min(xid) from people.change)::text as oldest
     ) now
     left join people.change c
       on c.xid >= pg_snapshot_xmin($1::pg_snapshot)
      and (not pg_visible_in_snapshot(c.xid, $1::pg_snapshot) or c.xid = $2::xid8)`,
    [earlier?.snapshot ?? null, earlier?.own ?? null],
    { name: 'people-changes' },
  );
  const { snapshot, started, own, oldest } = rows[0]!;
  const changes = rows.flatMap(({ content }) =>
    content === null ? [] : [JSON.parse(content) as ChangedText],
  );
  return { snapshot, started, own, oldest, changes };
}

/**
 * Takes old rows away: always all that are older than one that stays, and that one is of a transaction behind which none is open.
 * So whoever finds a row as old as its last look misses none.
 */
export async function tidyChanges(db: Queryable, kept = usuallyKept): Promise<void> {
  await db.query(
    `delete from people.change
     where xid < (
       select max(xid)
       from people.change
       where xid < pg_snapshot_xmin(pg_current_snapshot())
         and xid <= (select xid from people.change order by xid desc offset $1 limit 1)
     )
        or xid >= pg_snapshot_xmax(pg_current_snapshot())`,
    [kept],
  );
}
