/** What the privacy officer's part of the API answers, as far as pages show it. */

export type Effect = 'permit' | 'break-glass' | 'deny';

export type Line = {
  seq: number;
  at: string;
  kind: string;
  outcome: string;
  user: string;
  userName: string | null;
  organisation: string | null;
  role: string | null;
  purpose: string | null;
  person: string | null;
  personName: string | null;
  resource: string | null;
  rule: string | null;
  reason: string | null;
};

export type FoundLines = { lines: Line[]; total: number; next: number | null };

export type Use = {
  id: string;
  person: string;
  personName: string | null;
  user: string;
  reason: string;
  from: string;
  until: string;
  open: boolean;
  opened: Line[];
  openedInAll: number;
  review: {
    reviewer: string;
    outcome: 'justified' | 'not-justified';
    reason: string;
    reviewed: string;
  } | null;
  mayReview: boolean;
  toldFrom: string | null;
};
export type Uses = { uses: Use[]; all: number; waiting: number };

export type OddState = 'asked' | 'explained' | 'upheld';
export type OddCase = {
  user: string;
  person: string;
  reasons: string[];
  weight: number;
  accesses: number;
  upTo: number;
  first: Line;
  last: Line;
  notes: { upTo: number; state: OddState; note: string; by: string; at: string }[];
};
export type OddCases = { cases: OddCase[]; accesses: number };

export type WhoCouldSee = {
  at: string;
  columns: { kind: 'class' | 'label'; name: string }[];
  holders: string[];
  lines: {
    organisation: string;
    organisationKind: string;
    role: string;
    teams: number;
    users: number;
    effects: Effect[];
    why: string | null;
  }[];
  users: number;
  open: number;
  breakable: number;
};

export type PrivacyQuestion = {
  questionId: string;
  personId: string;
  eventId: string | null;
  says: string;
  state: OddState;
  asked: string;
  due: string;
  answer: string | null;
};

type Sourced = { source: string; confirmed: boolean };
type Rule = { id: string; says: string };
export type Policy = {
  version: string;
  from: string;
  profiles: ({
    profile: string;
    words: string;
    reads: string[];
    writes: string[];
    breaksGlass: boolean;
    roles: { code: string; name: string }[];
  } & Sourced)[];
  labels: ({
    label: string;
    words: string;
    readers: string[];
    breakGlass: boolean;
    needsDirectCare: boolean;
  } & Sourced)[];
  relationships: ({
    kind: string;
    words: string;
    branches: string[];
    graceDays: number;
    longestHours: number | null;
  } & Sourced)[];
  branches: Rule[];
  needs: Rule[];
  refusals: Rule[];
  minimumViews: ({ organisations: string[]; classes: string[]; hiddenLabels: string[] } & Sourced)[];
};
export type Agreement = {
  id: string;
  name: string;
  from: string;
  to: string | null;
  parties: string[];
  classes: string[];
  labels: string[];
  purposes: string[];
  confidentiality: string;
  gdprArticle6: string;
  gdprArticle9: string;
  law: string;
  review: string;
  inForce: boolean;
};
export type Sheet = { columns: string[]; rows: string[][] };
export type PolicyAnswer = {
  policy: Policy;
  versions: {
    version: string;
    from: string;
    note: string | null;
    inForce: boolean;
    changes: { place: string; name: string; what: string; fields: string[] }[] | null;
  }[];
  agreements: Agreement[];
  unconfirmed: { place: string; name: string; source: string }[];
};
