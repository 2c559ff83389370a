import type { Queryable } from '../../platform/db/index.ts';
import type { GraphFacts } from '../rules/index.ts';
import type { Counterparts, Description, Membership, Responsibility, Succession } from '../types.ts';

/** All that is now believed of who belongs to what. */
export async function currentBeliefs(db: Queryable): Promise<GraphFacts> {
  return {
    descriptions: await descriptions(db),
    memberships: await memberships(db),
    responsibilities: await responsibilities(db),
    successions: await successions(db),
    counterparts: await counterparts(db),
  };
}

/** Those said last come first: they are believed where two sources differ. */
const descriptions = (db: Queryable): Promise<Description[]> =>
  db.query(
    `select f.organisation_id as "organisationId", f.kind, f.name, f.status,
            f.valid_from::text as "from", f.valid_to::text as "to"
     from organisations.description f
     join organisations.delivery d on d.delivery_id = f.said_by
     where f.withdrawn_by is null
     order by d.recorded desc, f.fact_id`,
  );

const memberships = (db: Queryable): Promise<Membership[]> =>
  db.query(
    `select organisation_id as member, body_id as body, kind, valid_from::text as "from", valid_to::text as "to"
     from organisations.membership
     where withdrawn_by is null
     order by fact_id`,
  );

const responsibilities = (db: Queryable): Promise<Responsibility[]> =>
  db.query(
    `select area_code as area, body_id as body, valid_from::text as "from", valid_to::text as "to"
     from organisations.responsibility
     where withdrawn_by is null
     order by area_code, valid_from`,
  );

const successions = (db: Queryable): Promise<Succession[]> =>
  db.query(
    `select fact_id as id, kind, on_date::text as "on", predecessors::text[] as predecessors,
            heirs::text[] as heirs, taken, new_name as "newName"
     from organisations.succession
     where withdrawn_by is null
     order by on_date, place_in_day, fact_id`,
  );

/** Small areas of one census that changed, with those of the other that stand for them. */
async function counterparts(db: Queryable): Promise<Counterparts> {
  const rows = await db.query<{ old: string; new: string }>(
    `select lsoa11_code as old, lsoa21_code as new
     from organisations.lsoa_change
     where withdrawn_by is null
       and lsoa11_code <> lsoa21_code
     order by lsoa11_code, lsoa21_code`,
  );
  const found = new Map<string, string[]>();
  for (const row of rows) {
    found.set(row.new, [...(found.get(row.new) ?? []), row.old]);
    found.set(row.old, [...(found.get(row.old) ?? []), row.new]);
  }
  return found;
}
