import { Problem } from '../../platform/errors.ts';
import type { Facts, FactRows } from '../store/tables.ts';
import type { OrganisationId, Span } from '../types.ts';
import type { OrganisationSaid, Reference, SuccessionSaid } from './said.ts';

/** Which organisation a reference means. */
export type Finder = (reference: Reference) => OrganisationId;

const dated = ({ from, to }: Span) => ({ valid_from: from, valid_to: to });

/** What was said, as rows of the fact tables. */
export function factsOf(
  said: readonly { id: OrganisationId; organisation: OrganisationSaid }[],
  successions: readonly SuccessionSaid[],
  find: Finder,
  findTaken: Finder,
): Required<Facts> {
  const each = <Row>(rowsOf: (organisation: OrganisationSaid, id: OrganisationId) => Row[]): Row[] =>
    said.flatMap(({ id, organisation }) => rowsOf(organisation, id));
  return {
    description: each((one, id) =>
      one.descriptions.map(({ kind, name, status, ...span }) => ({
        organisation_id: id,
        kind,
        name,
        status,
        ...dated(span),
      })),
    ),
    odsRole: each((one, id) =>
      one.odsRoles.map(({ code, words, ...span }) => ({ organisation_id: id, code, words, ...dated(span) })),
    ),
    site: each((one, id) =>
      one.sites.map(({ key, name, address, postcode, point, ...span }) => ({
        organisation_id: id,
        site_key: key,
        name,
        address,
        postcode,
        longitude: point?.[0] ?? null,
        latitude: point?.[1] ?? null,
        ...dated(span),
      })),
    ),
    service: each((one, id) =>
      one.services.map(({ key, kind, name, site, ...span }) => ({
        organisation_id: id,
        service_key: key,
        kind,
        name,
        site_key: site,
        ...dated(span),
      })),
    ),
    contact: each((one, id) =>
      one.contacts.map(({ kind, value, ...span }) => ({ organisation_id: id, kind, value, ...dated(span) })),
    ),
    post: each((one, id) =>
      one.posts.map(({ role, person, phone, email, ...span }) => ({
        organisation_id: id,
        role,
        person,
        phone,
        email,
        ...dated(span),
      })),
    ),
    feedNote: each((one, id) =>
      one.feed === undefined
        ? []
        : [{ organisation_id: id, settings: one.feed, valid_from: null, valid_to: null }],
    ),
    membership: each((one, id) =>
      one.memberships.map(({ body, kind, key, ...span }) => ({
        organisation_id: id,
        body_id: find(body),
        kind,
        said_key: key ?? null,
        ...dated(span),
      })),
    ),
    succession: successions.map((one, index) => successionRow(one, index, find, findTaken)),
  };
}

function successionRow(
  said: SuccessionSaid,
  place: number,
  find: Finder,
  findTaken: Finder,
): FactRows['succession'] {
  const heirs = said.heirs.map(find);
  const taken: Record<string, string[]> = {};
  for (const [index, members] of said.taken.entries()) {
    const heir = heirs[index];
    if (heir !== undefined && members.length > 0) taken[heir] = members.map(findTaken).sort();
  }
  return {
    kind: said.kind,
    on_date: said.on,
    place_in_day: place,
    predecessors: said.predecessors.map(find),
    heirs,
    taken,
    new_name: said.newName,
  };
}

/** A reference to an organisation nobody knows. */
export const unknownReference = ({ value, place }: Reference): Problem =>
  new Problem('organisations/unknown-body', 400, `No organisation or body is known as ${value}.`, {
    place,
    wayOut: 'Load the file that describes it first, or put its code right.',
  });
