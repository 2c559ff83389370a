import type { Identifier } from '../names.ts';
import type { Kind, MembershipKind, Span, SuccessionKind } from '../types.ts';

/** What a source says of one organisation, as read from a file and not yet stored. */
export type OrganisationSaid = {
  /** By which it is found again; the first gives a new one its id, unless one is an ODS code. */
  identifiers: readonly [Identifier, ...Identifier[]];
  descriptions: (Span & { kind: Kind; name: string; status: 'active' | 'inactive' })[];
  odsRoles: (Span & { code: string; words: string })[];
  sites: (Span & {
    key: string;
    name: string;
    address: string[];
    postcode: string | null;
    point: readonly [longitude: number, latitude: number] | null;
  })[];
  services: (Span & { key: string; kind: string; name: string; site: string | null })[];
  contacts: (Span & { kind: 'phone' | 'email' | 'url'; value: string })[];
  posts: (Span & { role: string; person: string | null; phone: string | null; email: string | null })[];
  /** `key` is the source's own number for it, where it has one. */
  memberships: (Span & { body: Reference; kind: MembershipKind; key?: string })[];
  feed: unknown;
};

/** An organisation meant by one of its identifiers, and where in the file it is meant. */
export type Reference = Identifier & { place: string };

export type SuccessionSaid = {
  kind: SuccessionKind;
  on: string;
  predecessors: Reference[];
  heirs: Reference[];
  /** For each heir, in their order, whom it takes: organisations, or small areas meant by their code. */
  taken: Reference[][];
  newName: string | null;
};

/** An organisation of which nothing is said yet but what it is known by. */
export const nothingSaid = (...identifiers: [Identifier, ...Identifier[]]): OrganisationSaid => ({
  identifiers,
  descriptions: [],
  odsRoles: [],
  sites: [],
  services: [],
  contacts: [],
  posts: [],
  memberships: [],
  feed: undefined,
});
