/** What the API says of organisations, tiers and areas. */

export type Tier = 'system' | 'place' | 'neighbourhood';

export type Named = { id: string; kind: string; name: string; tier: Tier | null };

export type Branch = Named & {
  areas: number;
  people: number | null;
  /** Of those whose area has a decile, the share who live in the most deprived fifth of England: 0 to 1. */
  deprivedShare: number | null;
  partners: Record<string, number>;
  within: Branch[];
};

export type SourceOf = { source: string; about: string; recorded: string };

export type SystemView = {
  day: string;
  body: Branch | null;
  above: Named[];
  branches: Branch[];
  changes: string[];
  sources: SourceOf[];
};

/** Where a small area lay on a day. */
export type AreaPlaces = {
  area: string;
  areaName: string | null;
  deprivation: { decile: number; year: number } | null;
} & Record<Tier, Named[]>;

/** A closed line of [longitude, latitude]. */
export type Ring = [number, number][];

export type SystemMap = {
  bodies: { id: string; rings: Ring[] }[];
  areas: { code: string; decile: number | null; rings: Ring[] }[];
};

type Span = { from: string | null; to: string | null };
type SaidBy = { source: string; recorded: string };

export type PartnerEvent = {
  kind: 'merge' | 'split' | 'transfer' | 'rename' | 'close';
  on: string;
  newName: string | null;
  from: { id: string; name: string }[];
  to: { id: string; name: string }[];
};

export type PartnerView = {
  day: string;
  partner: {
    id: string;
    now: Named | null;
    source?: string;
    identifiers: { system: string; value: string }[];
    names: { kind: string; name: string }[];
    odsRoles: (Span & SaidBy & { code: string; words: string })[];
    sites: (Span & SaidBy & { key: string; name: string; address: string[]; postcode: string | null })[];
    services: (Span & SaidBy & { key: string; kind: string; name: string; site: string | null })[];
    contacts: (Span & SaidBy & { kind: string; value: string })[];
    posts: (Span &
      SaidBy & { role: string; person: string | null; phone: string | null; email: string | null })[];
    stays: (Span & SaidBy & { body: string; bodyName: string; kind: string })[];
  };
  bodies: (Named & { how: string })[];
  above: Named[];
  members: (Named & { how: string })[];
  events: PartnerEvent[];
  replacedBy: Named[];
};

export type PartnerPage = { partners: Named[]; total: number; next: string | null };
