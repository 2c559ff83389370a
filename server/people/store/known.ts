import { uuidList, type Queryable } from '../../platform/db/index.ts';
import type { Link, Member } from '../types.ts';
import { currentLinks, linkOf, type LinkRow } from './links.ts';
import { memberOf, membersOf, type MemberRow } from './members.ts';
import type { Known, View } from './memory.ts';

type Row = (Omit<MemberRow, 'home_id' | 'model'> | Record<string, null>) &
  (LinkRow | Record<string, null>) & {
    patient_id: string;
    home_id: string | null;
    kept_by: string;
    seq: number | null;
  };

/** What is kept of patients for matching, and their current links: as the view remembers it, else as the database has it. */
export async function knownOf(
  db: Queryable,
  patientIds: readonly string[],
  view: View,
): Promise<{ members: Map<string, Member>; links: Map<string, Link> }> {
  const members = new Map<string, Member>();
  const links = new Map<string, Link>();
  const put = (id: string, { member, link }: Known): void => {
    if (member !== undefined) members.set(id, member);
    if (link !== undefined) links.set(id, link);
  };
  const unknown: string[] = [];
  for (const id of patientIds) {
    const known = view.patient(id);
    if (known === undefined) unknown.push(id);
    else put(id, known);
  }
  if (unknown.length === 0) return { members, links };
  if (db.distributed) {
    const [found, current] = await Promise.all([membersOf(db, unknown, view), currentLinks(db, unknown)]);
    for (const id of unknown) put(id, { member: found.get(id), link: current.get(id) });
    return { members, links };
  }
  const rows = await db.query<Row>(
    `select asked.patient_id,
            p.home_id, p.active, p.nhs_number, p.restricted, p.source, p.model as kept_by, p.body,
            l.person_id, l.method, l.seq, l.via, l.model, l.weight, l.decided_by, l.reason,
            l.valid_from, l.valid_to, l.recorded, l.recorded_to
     from unnest($1::uuid[]) as asked (patient_id)
     left join lateral (
       select *
       from people.particulars
       where patient_id = asked.patient_id
       limit 1
     ) p on true
     left join lateral (
       select *
       from people.link
       where patient_id = asked.patient_id
         and valid_to is null
         and recorded_to is null
       limit 1
     ) l on true
     where p.patient_id is not null
        or l.patient_id is not null`,
    [uuidList(unknown)],
    { name: 'people-known' },
  );
  for (const row of rows) {
    const known = knownIn(row, view);
    view.keepPatient(row.patient_id, known);
    put(row.patient_id, known);
  }
  return { members, links };
}

const knownIn = (row: Row, view: View): Known => ({
  member: row.home_id === null ? undefined : memberOf({ ...row, model: row.kept_by } as MemberRow, view),
  link: row.seq === null ? undefined : linkOf(row as LinkRow),
});
