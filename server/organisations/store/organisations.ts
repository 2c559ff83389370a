import type { Queryable } from '../../platform/db/index.ts';
import { odsSystem, onsSystem, type Identifier } from '../names.ts';
import type { Membership, OrganisationId, Span } from '../types.ts';

/** Who said a fact, and when we heard it. */
export type SaidBy = { source: string; recorded: Date };

export type Site = Span &
  SaidBy & {
    key: string;
    name: string;
    address: string[];
    postcode: string | null;
    longitude: number | null;
    latitude: number | null;
  };
export type Service = Span & SaidBy & { key: string; kind: string; name: string; site: string | null };
export type Contact = Span & SaidBy & { kind: 'phone' | 'email' | 'url'; value: string };
export type Post = Span &
  SaidBy & { role: string; person: string | null; phone: string | null; email: string | null };
export type OdsRole = Span & SaidBy & { code: string; words: string };
export type SaidDescription = Span & SaidBy & { kind: string; name: string; status: 'active' | 'inactive' };
export type FeedNote = SaidBy & { settings: unknown };

/** All that is now believed of one organisation, with who said it. */
export type Particulars = {
  id: OrganisationId;
  identifiers: Identifier[];
  descriptions: SaidDescription[];
  odsRoles: OdsRole[];
  sites: Site[];
  services: Service[];
  contacts: Contact[];
  posts: Post[];
  feedNotes: FeedNote[];
};

const dated = `f.valid_from::text as "from", f.valid_to::text as "to"`;

/** Facts of one table of some organisations, by organisation. Those said last come first. */
async function factsOf<Row>(
  db: Queryable,
  table: string,
  columns: string,
  ids: readonly OrganisationId[],
): Promise<(id: OrganisationId) => Row[]> {
  const rows = await db.query<Row & { organisation_id: string }>(
    `select f.organisation_id, ${columns}, d.source, d.recorded
     from organisations.${table} f
     join organisations.delivery d on d.delivery_id = f.said_by
     where f.organisation_id = any($1::uuid[])
       and f.withdrawn_by is null
     order by d.recorded desc, f.fact_id`,
    [ids],
  );
  const byId = new Map<OrganisationId, Row[]>();
  for (const { organisation_id: id, ...fact } of rows)
    byId.set(id, [...(byId.get(id) ?? []), fact as unknown as Row]);
  return (id) => byId.get(id) ?? [];
}

/** What is believed of some organisations, in their order. One that is unknown has no identifiers. */
export async function particularsOf(db: Queryable, ids: readonly OrganisationId[]): Promise<Particulars[]> {
  const identifiers = await identifiersByOrganisation(db, ids);
  const descriptions = await factsOf<SaidDescription>(
    db,
    'description',
    `f.kind, f.name, f.status, ${dated}`,
    ids,
  );
  const odsRoles = await factsOf<OdsRole>(db, 'ods_role', `f.code, f.words, ${dated}`, ids);
  const sites = await factsOf<Site>(
    db,
    'site',
    `f.site_key as key, f.name, f.address, f.postcode, f.longitude, f.latitude, ${dated}`,
    ids,
  );
  const services = await factsOf<Service>(
    db,
    'service',
    `f.service_key as key, f.kind, f.name, f.site_key as site, ${dated}`,
    ids,
  );
  const contacts = await factsOf<Contact>(db, 'contact', `f.kind, f.value, ${dated}`, ids);
  const posts = await factsOf<Post>(db, 'post', `f.role, f.person, f.phone, f.email, ${dated}`, ids);
  const feedNotes = await factsOf<FeedNote>(db, 'feed_note', 'f.settings', ids);
  return ids.map((id) => ({
    id,
    identifiers: identifiers.get(id) ?? [],
    descriptions: descriptions(id),
    odsRoles: odsRoles(id),
    sites: sites(id),
    services: services(id),
    contacts: contacts(id),
    posts: posts(id),
    feedNotes: feedNotes(id),
  }));
}

async function identifiersByOrganisation(
  db: Queryable,
  ids: readonly OrganisationId[],
): Promise<Map<OrganisationId, Identifier[]>> {
  const rows = await db.query<Identifier & { organisation_id: string }>(
    `select organisation_id, system, value
     from organisations.identifier
     where organisation_id = any($1::uuid[])
     order by system, value`,
    [ids],
  );
  const found = new Map<OrganisationId, Identifier[]>();
  for (const { organisation_id: id, ...identifier } of rows)
    found.set(id, [...(found.get(id) ?? []), identifier]);
  return found;
}

/** The codes by which boundaries name some bodies: those of the ONS, or of the file that described them. */
export async function areaCodesOf(
  db: Queryable,
  ids: readonly OrganisationId[],
): Promise<Map<OrganisationId, string>> {
  const rows = await db.query<{ organisation_id: string; value: string }>(
    `select organisation_id, value
     from organisations.identifier
     where organisation_id = any($1::uuid[])
       and (system = $2 or system like '%#area')
     order by value desc`,
    [ids, onsSystem],
  );
  return new Map(rows.map((row) => [row.organisation_id, row.value]));
}

/** The organisation a code or a source's own name means, whatever the case of its letters; undefined when none or several do. */
export async function organisationNamed(db: Queryable, name: string): Promise<OrganisationId | undefined> {
  const rows = await db.query<{ organisation_id: string }>(
    `select distinct organisation_id
     from organisations.identifier
     where lower(value) = lower($1)
       and (system = $2 or system like '%#organisation')
     limit 2`,
    [name, odsSystem],
    { name: 'organisations-named' },
  );
  return rows.length === 1 ? rows[0]!.organisation_id : undefined;
}

/** The memberships of organisations as they were said, with who said them, by member. */
export async function membershipsOf(
  db: Queryable,
  ids: readonly OrganisationId[],
): Promise<Map<OrganisationId, (Membership & SaidBy)[]>> {
  const rows = await db.query<Membership & SaidBy>(
    `select f.organisation_id as member, f.body_id as body, f.kind, ${dated}, d.source, d.recorded
     from organisations.membership f
     join organisations.delivery d on d.delivery_id = f.said_by
     where f.organisation_id = any($1::uuid[])
       and f.withdrawn_by is null
     order by f.valid_from nulls first, f.fact_id`,
    [ids],
  );
  const found = new Map<OrganisationId, (Membership & SaidBy)[]>();
  for (const row of rows) found.set(row.member, [...(found.get(row.member) ?? []), row]);
  return found;
}

/** All organisations, in the order of their ids, after one. */
export async function organisationIds(
  db: Queryable,
  after: string,
  limit: number,
): Promise<OrganisationId[]> {
  const rows = await db.query<{ organisation_id: string }>(
    `select organisation_id
     from organisations.organisation
     where organisation_id > $1
     order by organisation_id
     limit $2`,
    [after, limit],
  );
  return rows.map((row) => row.organisation_id);
}

export type Delivery = SaidBy & { about: string; rows: number };

/** The deliveries of the newest facts, newest first: where the pages' figures come from. */
export function newestDeliveries(db: Queryable): Promise<Delivery[]> {
  return db.query(
    `select distinct on (source, about) source, about, row_count as rows, recorded
     from organisations.delivery
     order by source, about, recorded desc`,
    [],
    { name: 'organisations-newest-deliveries' },
  );
}
