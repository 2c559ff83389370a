/** The words of the consolidated view of one person's record. */
import type { Behind } from '../../organisations/index.ts';
import type { Resource } from '../types.ts';

/** One resource filed under a person, with how it came. */
export type Filed = {
  resource: Resource;
  /** URI or name of the organisation or system that delivered it. */
  source: string;
  /** When this version was stored, as an ISO instant. */
  lastUpdated: string;
  /** The organisation behind its `meta.source`, else behind who delivered it, where one is known. */
  behind?: Behind | undefined;
};

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

/**
 * How a reader should take an entry. `current` and `past` are facts, `unclear` is a fact whose state nobody gave,
 * `not-done` says that something did not happen, `set-aside` was taken back or ruled out and is never shown as a fact.
 */
export type Standing = 'current' | 'past' | 'unclear' | 'not-done' | 'set-aside';

export type Code = { system?: string; code: string };

/** Who says it. `key` is equal for two statements of one organisation. */
export type Source = { key: string; name: string };

/** What one resource says, in comparable form. `facts` maps a name to one value in words or codes. */
export type Statement = {
  kind: Kind;
  type: string;
  id: string;
  /** Statements with equal kind and key are about the same event. */
  key: string;
  /** Entries with equal kind and group are about the same thing at different times. */
  group: string;
  title: string;
  code?: Code | undefined;
  when?: string | undefined;
  standing: Standing;
  facts: Record<string, string>;
  measure?: Measure | undefined;
  attachments?: Attachment[] | undefined;
  source: Source;
  /** The person who signed it. */
  signedBy?: string | undefined;
  recorded?: string | undefined;
  received: string;
};

/** One measured thing: a number with its unit, or words. `text` keeps the digits as sent. */
export type Measure = {
  text: string;
  value?: number;
  unit?: string;
  low?: number;
  high?: number;
  flag?: Flagged;
  /** Named parts, such as systolic and diastolic. */
  parts?: { key: string; title: string; measure: Measure }[];
};

export type Flagged = 'low' | 'very-low' | 'high' | 'very-high' | 'abnormal' | 'normal';

export type Attachment = {
  /** Place of the attachment in its resource: `0`, `1` ... */
  index: number;
  title: string;
  contentType?: string;
  sizeBytes?: number;
  /** Where the bytes are: in the resource, in a Binary of this record, or outside it. */
  held: 'here' | 'binary' | 'elsewhere' | 'nowhere';
};

/** One saying of a merged entry. */
export type Saying = {
  type: string;
  id: string;
  source: Source;
  signedBy?: string | undefined;
  recorded?: string | undefined;
  received: string;
};

/** One value of a fact that not all sayings give; `by` counts into `said`. */
export type Differing = { value: string; by: number[] };

/** What the record holds about one event, once, with everyone who said it. */
export type Entry = {
  kind: Kind;
  key: string;
  group: string;
  title: string;
  code?: Code | undefined;
  when?: string | undefined;
  standing: Standing;
  /** What every saying gives, with one value. */
  facts: Record<string, string>;
  /** What only some give, or give differently, with who says which. */
  differing?: Record<string, Differing[]> | undefined;
  /** Names of facts on which the sources contradict each other. */
  disputed?: string[] | undefined;
  measure?: Measure | undefined;
  attachments?: (Attachment & { type: string; id: string })[];
  said: Saying[];
};

/** The same thing at different times, latest first. */
export type Group = {
  group: string;
  title: string;
  standing: Standing;
  latest?: string | undefined;
  entries: Entry[];
  /** Sources that say the person does not have it. */
  ruledOutBy?: string[];
};

/** The results of one test, latest first. */
export type Series = { key: string; title: string; unit?: string; category?: string; entries: Entry[] };

export type Alert = {
  reason: 'flag' | 'serious-allergy' | 'safeguarding' | 'disputed-allergies';
  entry?: Entry;
  title: string;
};

/** `none-known` is a statement that someone made; `nothing-recorded` is only silence. */
export type AllergyState = 'listed' | 'none-known' | 'nothing-recorded';

export type Name = { text: string; use?: string };

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
  /** Fields on which the linked patient records differ, with who says what. */
  differences: { field: string; values: { value: string; sources: string[] }[] }[];
  sources: string[];
  /** True when any source protects the whereabouts: no address or phone is then given. */
  restricted: boolean;
};

export type RecordView = {
  banner: Banner;
  alerts: Alert[];
  problems: { active: Group[]; past: Group[] };
  medicines: { current: Group[]; past: Group[] };
  allergies: { state: AllergyState; active: Group[]; past: Group[]; noneKnown: Entry[] };
  immunisations: Entry[];
  results: Series[];
  reports: Entry[];
  encounters: Entry[];
  procedures: Entry[];
  documents: Entry[];
  plans: Entry[];
  others: Entry[];
  setAside: Entry[];
  /** How many resources of each type are filed, shown or not. */
  filed: Record<string, number>;
  sources: { name: string; resources: number }[];
};
