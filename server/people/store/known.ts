import { uuidList, type Queryable } from '../../platform/db/index.ts';
import type { Link, Member } from '../types.ts';
import { currentLinks, linkOf, type LinkRow } from './links.ts';
import { memberOf, membersOf, type MemberRow } from './members.ts';
import type { Known, Memory } from './memory.ts';

type Row = (Omit<MemberRow, 'home_id' | 'model'> | Record<string, null>) &
  (LinkRow | Record<string, null>) & {
    patient_id: string;
    home_id: string | null;
    kept_by: string;
    seq: number | null;
    written_by: string | null;
    place: string | null;
  };

/**
 * What is kept of patients for matching, and their current links. Of patients that are remembered the database gives only what has
 * changed. A row of `particulars` is never changed where it stands, so its place and the transaction that wrote it name a version;
 * a current link is named by its number.
 */
export async function knownOf(
  db: Queryable,
  patientIds: readonly string[],
  memory: Memory,
): Promise<{ members: Map<string, Member>; links: Map<string, Link> }> {
  if (patientIds.length === 0) return { members: new Map(), links: new Map() };
  if (db.distributed) {
    const [members, links] = await Promise.all([
      membersOf(db, patientIds, memory),
      currentLinks(db, patientIds),
    ]);
    return { members, links };
  }
  const remembered = patientIds.map((id) => memory.get(id));
  const rows = await db.query<Row>(
    `select known.patient_id,
            p.home_id, p.active, p.nhs_number, p.restricted, p.source, p.model as kept_by, p.body, p.written_by, p.place,
            l.person_id, l.method, l.seq, l.via, l.model, l.weight, l.decided_by, l.reason,
            l.valid_from, l.valid_to, l.recorded, l.recorded_to
     from unnest($1::uuid[], $2::xid[], $3::tid[], $4::integer[]) as known (patient_id, written_by, place, seq)
     left join lateral (
       select *, xmin as written_by, ctid as place
       from people.particulars
       where patient_id = known.patient_id
       limit 1
     ) p on true
     left join lateral (
       select *
       from people.link
       where patient_id = known.patient_id
         and valid_to is null
         and recorded_to is null
       limit 1
     ) l on true
     where p.place is distinct from known.place
        or p.written_by is distinct from known.written_by
        or l.seq is distinct from known.seq`,
    [
      uuidList(patientIds),
      listOf(remembered.map((known) => known?.writtenBy)),
      listOf(remembered.map((known) => known?.place)),
      listOf(remembered.map((known) => known?.link?.seq)),
    ],
    { name: 'people-known' },
  );
  const changed = new Map(rows.map((row) => [row.patient_id, row]));
  const members = new Map<string, Member>();
  const links = new Map<string, Link>();
  for (const [index, id] of patientIds.entries()) {
    const row = changed.get(id);
    const known = row === undefined ? remembered[index] : knownIn(row, memory);
    if (known === undefined) continue;
    if (row !== undefined) memory.set(id, known);
    if (known.member !== undefined) members.set(id, known.member);
    if (known.link !== undefined) links.set(id, known.link);
  }
  return { members, links };
}

const knownIn = (row: Row, memory: Memory): Known => ({
  member: row.home_id === null ? undefined : memberOf({ ...row, model: row.kept_by } as MemberRow, memory),
  writtenBy: row.written_by ?? undefined,
  // The text of a place has a comma in it.
  place: row.place === null ? undefined : `"${row.place}"`,
  link: row.seq === null ? undefined : linkOf(row as LinkRow),
});

/** Values that need no quotes, as a value for an array. */
const listOf = (values: readonly (string | number | undefined)[]): string =>
  `{${values.map((value) => value ?? 'null').join(',')}}`;
