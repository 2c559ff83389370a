/** The shapes the record API answers with. */

export type Standing = 'current' | 'past' | 'unclear' | 'not-done' | 'set-aside';

export type Kind =
  | 'flag'
  | 'problem'
  | 'medicine'
  | 'allergy'
  | 'no-allergy'
  | 'immunisation'
  | 'result'
  | 'report'
  | 'encounter'
  | 'procedure'
  | 'document'
  | 'plan'
  | 'other';

export type Flagged = 'low' | 'very-low' | 'high' | 'very-high' | 'abnormal' | 'normal';

export type Measure = {
  text: string;
  value?: number;
  unit?: string;
  low?: number;
  high?: number;
  flag?: Flagged;
  parts?: { key: string; title: string; measure: Measure }[];
};

export type Attachment = {
  type: string;
  id: string;
  index: number;
  title: string;
  contentType?: string;
  sizeBytes?: number;
  held: 'here' | 'binary' | 'elsewhere' | 'nowhere';
};

export type Saying = { type: string; id: string; source: string; signedBy?: string; recorded?: string };

export type Entry = {
  kind: Kind;
  title: string;
  code?: { system?: string; code: string };
  when?: string;
  standing: Standing;
  facts: Record<string, string>;
  differing?: Record<string, { value: string; by: number[] }[]>;
  disputed?: string[];
  measure?: Measure;
  attachments?: Attachment[];
  said: Saying[];
};

/** A list cut to the latest; `total` counts all of it. */
export type List<Item> = { total: number; items: Item[] };

export type Group = {
  title: string;
  standing: Standing;
  latest?: string;
  ruledOutBy?: string[];
  entries: List<Entry>;
};

export type Series = {
  code: string;
  title: string;
  unit?: string;
  category?: string;
  entries: List<Entry>;
};

export type Alert = {
  reason: 'flag' | 'serious-allergy' | 'safeguarding' | 'disputed-allergies';
  title: string;
  entry?: Entry;
};

export type Banner = {
  name: string;
  otherNames: string[];
  born?: string;
  died?: string;
  dead: boolean;
  sex?: string;
  nhsNumbers: string[];
  address?: string;
  phone?: string;
  test: boolean;
  differences: { field: string; values: { value: string; sources: string[] }[] }[];
  sources: string[];
  /** True when the whereabouts are protected: no address or phone is then given. */
  restricted: boolean;
};

export type PersonRecord = {
  banner: Banner;
  alerts: Alert[];
  problems: { active: List<Group>; past: List<Group> };
  medicines: { current: List<Group>; past: List<Group> };
  allergies: {
    state: 'listed' | 'none-known' | 'nothing-recorded';
    active: List<Group>;
    past: List<Group>;
    noneKnown: List<Entry>;
  };
  immunisations: List<Entry>;
  results: List<Series>;
  reports: List<Entry>;
  encounters: List<Entry>;
  procedures: List<Entry>;
  documents: List<Entry>;
  plans: List<Entry>;
  others: List<Entry>;
  setAside: List<Entry>;
  filed: Record<string, number>;
  sources: { name: string; resources: number }[];
};

export type Happening = {
  kind: Kind;
  title: string;
  when: string;
  endedOn?: string;
  sources: string[];
  standing: Standing;
  type: string;
  id: string;
};

export type Timeline = {
  banner: Banner;
  years: { year: number; count: number }[];
  undated: number;
  lanes: { source: string; count: number }[];
  happenings: Happening[];
};

export type Match = { personId: string; banner: Banner; reasons: string[] };

export type Misfit = { field: 'name' | 'born' | 'nhsNumber'; text: string };

export type Found = { matches: Match[]; total?: number; next?: string } | { misfits: Misfit[] };

export type Overview = {
  people: number;
  resources: Record<string, number>;
  sources: { source: string; channel: string; lastReceived: string }[];
};

export type AsRecorded = {
  banner: Banner;
  statement: {
    kind: Kind;
    type: string;
    id: string;
    title: string;
    when?: string;
    standing: Standing;
    facts: Record<string, string>;
    measure?: Measure;
    source: string;
    deliveredBy: string;
    signedBy?: string;
    recorded?: string;
    received: string;
  };
  /** The resource as JSON text, with its exact decimals. */
  sent: string;
};

/** Whether everybody here is made up, and how far the making is. */
export type Demonstration =
  { state: 'none' } | { state: 'making' | 'ready' | 'failed'; people: number; step: string; share: number };
