import type { Queryable } from '../../platform/db/index.ts';
import type { LoggedEvent, OpenedText, SubjectKind } from '../verifier/index.ts';

/** An event as it stands in the log. */
export type EventRow = {
  seq: number;
  event: LoggedEvent;
  personHead: Buffer | null;
  userHead: Buffer;
  opened: OpenedText | undefined;
};

type Stored = {
  seq: number;
  at: Date;
  id: string;
  kind: string;
  outcome: string;
  user: string;
  organisation: string | null;
  role: string | null;
  purpose: string | null;
  person: string | null;
  request: string | null;
  resource: string | null;
  rule: string | null;
  commitment: Buffer | null;
  personHead: Buffer | null;
  userHead: Buffer;
  salt: Buffer | null;
  body: string | null;
};

const columns = `e.seq, e.at, e.id, e.kind, e.outcome, e.user_id as user, e.organisation, e.role, e.purpose,
  case when e.about_person then e.list_id end as person, e.request_id as request, e.resource, e.rule, e.commitment,
  e.person_head as "personHead", e.user_head as "userHead", p.salt, p.body`;

const withTexts = `audit.event e
  left join audit.particulars p on p.list_id = e.list_id and p.seq = e.seq`;

/** The events of one list, the oldest first, up to a size of the log. A user's list on Citus asks every machine. */
export async function eventsOfList(
  db: Queryable,
  { kind, id }: { kind: SubjectKind; id: string },
  size: number,
): Promise<EventRow[]> {
  const of = kind === 'person' ? 'e.list_id = $1 and e.about_person' : 'e.user_id = $1';
  const rows = await db.query<Stored>(
    `select ${columns} from ${withTexts} where ${of} and e.seq < $2 order by e.seq`,
    [id, size],
  );
  return rows.map(asRow);
}

/** The events at these places of the log. On Citus it asks every machine. */
export async function eventsBetween(db: Queryable, from: number, to: number): Promise<EventRow[]> {
  const rows = await db.query<Stored>(
    `select ${columns} from ${withTexts} where e.seq >= $1 and e.seq < $2 order by e.seq`,
    [from, to],
  );
  return rows.map(asRow);
}

/** What an officer may search by. Each that is given must fit. */
export type EventFilter = {
  user?: string | undefined;
  person?: string | undefined;
  organisation?: string | undefined;
  /** Of one of these organisations, or of none. */
  organisations?: readonly string[] | undefined;
  /** About none of these people. */
  notPersons?: readonly string[] | undefined;
  aboutPerson?: boolean | undefined;
  kind?: string | undefined;
  outcome?: string | undefined;
  purpose?: string | undefined;
  resource?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Events before this place only: the next page. */
  before?: number | undefined;
  limit: number;
};

/** Events that fit, the newest first. On Citus it asks every machine unless a person is given. */
export async function searchEvents(db: Queryable, filter: EventFilter): Promise<EventRow[]> {
  const { where, values } = conditionOf(filter);
  const rows = await db.query<Stored>(
    `select ${columns} from ${withTexts}
     ${where}
     order by e.seq desc
     limit $${values.length + 1}`,
    [...values, filter.limit],
  );
  return rows.map(asRow);
}

/** How many events fit, on all pages. */
export async function countEvents(
  db: Queryable,
  filter: Omit<EventFilter, 'limit' | 'before'>,
): Promise<number> {
  const { where, values } = conditionOf(filter);
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from audit.event e ${where}`,
    values,
  );
  return row!.n;
}

/** Organisations that events name, with nobody's name. */
export async function organisationsInLog(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ organisation: string }>(
    `select distinct organisation from audit.event where organisation is not null`,
  );
  return rows.map(({ organisation }) => organisation);
}

function conditionOf(filter: Omit<EventFilter, 'limit'>): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const tests: string[] = [];
  const test = (sql: (place: string) => string, value: unknown): void => {
    if (value === undefined) return;
    values.push(value);
    tests.push(sql(`$${values.length}`));
  };
  test((p) => `e.user_id = ${p}`, filter.user);
  test((p) => `e.list_id = ${p} and e.about_person`, filter.person);
  test((p) => `e.organisation = ${p}`, filter.organisation);
  test((p) => `(e.organisation is null or e.organisation = any(${p}))`, filter.organisations);
  test((p) => `not (e.about_person and e.list_id = any(${p}::uuid[]))`, filter.notPersons);
  test((p) => `e.about_person = ${p}`, filter.aboutPerson);
  test((p) => `e.kind = ${p}`, filter.kind);
  test((p) => `e.outcome = ${p}`, filter.outcome);
  test((p) => `e.purpose = ${p}`, filter.purpose);
  test((p) => `e.resource = ${p}`, filter.resource);
  test((p) => `e.at >= ${p}`, filter.from);
  test((p) => `e.at < ${p}`, filter.to);
  test((p) => `e.seq < ${p}`, filter.before);
  return { where: tests.length === 0 ? '' : `where ${tests.join(' and ')}`, values };
}

/** Erases the personal text of events of one person before a moment. Their places and proofs stay. Gives how many. */
export async function eraseParticulars(db: Queryable, personId: string, before: Date): Promise<number> {
  const erased = await db.query(
    `delete from audit.particulars p
     using audit.event e
     where e.list_id = $1
       and e.at < $2
       and p.list_id = e.list_id
       and p.seq = e.seq
     returning p.seq`,
    [personId, before],
  );
  return erased.length;
}

export async function closingsBetween(
  db: Queryable,
  from: number,
  to: number,
): Promise<{ size: number; at: Date; register: Buffer; note: string }[]> {
  return db.query(
    `select size, at, register, note
     from audit.closing
     where size > $1
       and size <= $2
     order by size`,
    [from, to],
  );
}

export async function bucketEntries(db: Queryable, bucket: number): Promise<Buffer> {
  const [row] = await db.query<{ entries: Buffer }>('select entries from audit.bucket where bucket = $1', [
    bucket,
  ]);
  return row?.entries ?? Buffer.alloc(0);
}

export async function cosignatures(db: Queryable, size: number): Promise<string[]> {
  const rows = await db.query<{ line: string }>(
    'select line from audit.cosignature where size = $1 order by name',
    [size],
  );
  return rows.map(({ line }) => line);
}

function asRow(row: Stored): EventRow {
  const event: LoggedEvent = {
    at: row.at.toISOString(),
    id: row.id,
    kind: row.kind,
    outcome: row.outcome,
    user: row.user,
    ...(row.organisation === null ? {} : { organisation: row.organisation }),
    ...(row.role === null ? {} : { role: row.role }),
    ...(row.purpose === null ? {} : { purpose: row.purpose }),
    ...(row.person === null ? {} : { person: row.person }),
    ...(row.request === null ? {} : { request: row.request }),
    ...(row.resource === null ? {} : { resource: row.resource }),
    ...(row.rule === null ? {} : { rule: row.rule }),
    ...(row.commitment === null ? {} : { text: row.commitment.toString('base64') }),
  };
  const opened =
    row.salt === null || row.body === null
      ? undefined
      : { salt: row.salt.toString('base64'), text: row.body };
  return { seq: row.seq, event, personHead: row.personHead, userHead: row.userHead, opened };
}
