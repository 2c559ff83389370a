/** An organisation or body: a uuid. */
export type OrganisationId = string;

/** A day, YYYY-MM-DD. */
export type Day = string;

/** From the first day on which something holds up to the first day on which it no longer does. Null: always. */
export type Span = { from: Day | null; to: Day | null };

/** Every kind of partner and body, with the words for it. */
export const kinds = {
  system: 'integrated care system',
  icb: 'integrated care board',
  place: 'place',
  'sub-icb': 'sub-ICB location',
  neighbourhood: 'neighbourhood',
  pcn: 'primary care network',
  'integrated-care-partnership': 'integrated care partnership',
  'provider-collaborative': 'provider collaborative',
  'health-and-wellbeing-board': 'health and wellbeing board',
  region: 'region',
  'nhs-trust': 'NHS trust',
  'ambulance-trust': 'ambulance trust',
  'gp-practice': 'GP practice',
  council: 'council',
  voluntary: 'voluntary or community organisation',
  'housing-association': 'housing association',
  school: 'school',
  'drug-and-alcohol-service': 'drug and alcohol service',
  'care-home': 'care home',
  pharmacy: 'pharmacy',
  hospice: 'hospice',
  'independent-provider': 'independent provider',
  police: 'police force',
  prison: 'prison',
  other: 'other organisation',
} as const;

export type Kind = keyof typeof kinds;

/** The three tiers of an Integrated Care System. */
export type Tier = 'system' | 'place' | 'neighbourhood';

const tiers: Partial<Record<Kind, Tier>> = {
  system: 'system',
  icb: 'system',
  place: 'place',
  'sub-icb': 'place',
  neighbourhood: 'neighbourhood',
  pcn: 'neighbourhood',
};

/** The tier a body of this kind works at, where it has one. */
export const tierOf = (kind: Kind): Tier | undefined => tiers[kind];

export const membershipKinds = [
  'part-of',
  'member',
  'serves',
  'hosted-by',
  'commissioned-by',
  'located-in',
] as const;

/** `part-of` is a body within a body. The others tie a partner to a body. */
export type MembershipKind = (typeof membershipKinds)[number];

export type Membership = Span & { member: OrganisationId; body: OrganisationId; kind: MembershipKind };

/** A body is responsible for a small area. */
export type Responsibility = Span & { area: string; body: OrganisationId };

export const successionKinds = ['merge', 'split', 'transfer', 'rename', 'close'] as const;
export type SuccessionKind = (typeof successionKinds)[number];

/**
 * What became of organisations on a day. A merge has one heir. A split has several: `taken` says who goes to which, and all
 * others go to the first. A transfer moves only those taken, and its predecessor goes on. A close has no heir.
 */
export type Succession = {
  id: string;
  kind: SuccessionKind;
  on: Day;
  predecessors: OrganisationId[];
  heirs: OrganisationId[];
  /** Heir to the members (organisations or small areas) it takes. */
  taken: Readonly<Record<string, string[]>>;
  newName: string | null;
};

export type Description = Span & {
  organisationId: OrganisationId;
  kind: Kind;
  name: string;
  status: 'active' | 'inactive';
};

/** A small area that stands in another census for these: their responsible body is its own where none was said of it. */
export type Counterparts = ReadonlyMap<string, readonly string[]>;
