/** What the API tells somebody of their own record, choices and rights. */

export type PlainItem = {
  title: string;
  means: string | null;
  when: string | null;
  from: string[];
  says: string[];
  of: { type: string; id: string }[];
};

export type PlainTest = PlainItem & {
  value: string;
  range: 'usual' | 'above' | 'below' | 'unusual' | 'not-said' | 'in-words';
  earlier: { when: string | null; value: string }[];
};

export type StageName = 'sent' | 'accepted' | 'booked' | 'seen' | 'finished';

export type PlainReferral = PlainItem & {
  to: string | null;
  stages: { name: StageName; reached: boolean; on: string | null }[];
  stopped: 'cancelled' | 'on-hold' | 'mistake' | null;
  clock: { weeks: number; target: number; rule: string; source: string; isLate: boolean } | null;
};

export type PlainAppointment = PlainItem & {
  at: string | null;
  minutes: number | null;
  state: string;
  isComing: boolean;
};

export type PlainContact = {
  name: string;
  role: string | null;
  organisation: string | null;
  phone: string | null;
};

export type PlainDocument = PlainItem & { files: { title: string; address: string | null }[] };

export type PlainRecord = {
  personId: string;
  name: string;
  born: string | null;
  nhsNumbers: string[];
  address: string | null;
  phone: string | null;
  conditions: { now: PlainItem[]; past: PlainItem[] };
  medicines: { now: PlainItem[]; past: PlainItem[] };
  allergies: { state: 'listed' | 'none-known' | 'nothing-recorded'; items: PlainItem[] };
  tests: PlainTest[];
  vaccinations: PlainItem[];
  appointments: PlainAppointment[];
  referrals: PlainReferral[];
  plans: PlainItem[];
  documents: PlainDocument[];
  contacts: PlainContact[];
  sources: string[];
};

export type Look = {
  eventId: string;
  who: string;
  role: string | null;
  what: string[];
  why: string;
  outcome: string;
  isEmergency: boolean;
  times: number;
  first: string;
  last: string;
};

/** That a record was opened in an emergency. */
export type Notice = { at: string; reason: string; organisation: string | null };

export type WhoLooked = {
  upTo: string | null;
  headline: {
    total: number;
    since: string | null;
    yours: number;
    refused: number;
    emergencies: number;
    byOrganisation: { name: string; count: number }[];
    byReason: { words: string; count: number }[];
  };
  days: { day: string; organisations: { name: string; looks: Look[] }[] }[];
  next: number | null;
  astray: { from: string; to: string }[];
  lists: string[];
  asked: { eventId: string; state: QuestionState }[];
};

export type QuestionState = 'asked' | 'explained' | 'upheld';

export type Question = {
  questionId: string;
  eventId: string | null;
  says: string;
  state: QuestionState;
  asked: string;
  due: string;
  answer: string | null;
  answered: string | null;
};

export type ChoiceKind =
  | 'objects-to-sharing'
  | 'objects-even-in-emergency'
  | 'blocks-organisation'
  | 'national-data-opt-out'
  | 'type-1-opt-out';

export type Choices = {
  choices: { kind: ChoiceKind; organisation: string | null; since: number }[];
  history: { kind: ChoiceKind; organisation: string | null; at: number; act: 'said' | 'took-back' }[];
  seals: {
    type: string;
    id: string;
    level: 'sealed' | 'locked';
    organisation: string;
    since: number;
    mine: boolean;
  }[];
  names: Record<string, string>;
  /** Organisations that hold something of the person, or looked at it. */
  known: { id: string; name: string }[];
};

export type WishKind = 'language' | 'interpreter' | 'contact' | 'adjustment';

export type Wishes = {
  wishes: {
    wishId: string;
    kind: WishKind;
    code: string;
    detail: string | null;
    said: string;
    ended: string | null;
  }[];
  catalogue: { kind: WishKind; code: string; words: string }[];
  languages: [code: string, name: string][];
};

export type Correction = {
  correctionId: string;
  personId: string;
  type: string;
  id: string;
  title: string;
  holder: string | null;
  wrong: string;
  should: string;
  state: 'asked' | 'changed' | 'not-changed';
  asked: string;
  due: string;
  answer: string | null;
  answered: string | null;
};

export type CopyAsked = {
  copyId: string;
  state: 'asked' | 'checking' | 'ready';
  asked: string;
  due: string;
  ready: string | null;
};

export type ToCheck = {
  type: string;
  id: string;
  version: number;
  isEarlier: boolean;
  source: string;
  labels: string[];
  lines: [name: string, value: string][] | null;
  check: { gives: boolean; reason: string | null } | null;
};

export type Span = {
  fromAge: number;
  toAge: number | null;
  only: string | null;
  unless: string | null;
  classes: string[] | null;
  isNow: boolean;
};

export type ProxyKind =
  'parent' | 'consented' | 'attorney' | 'deputy' | 'personal-representative' | 'claimant';

export type Acting = {
  kind: ProxyKind;
  classes: string[] | null;
  since: number;
  until: number | null;
  name: string | null;
  spans: Span[];
};

export type People = {
  age: number | null;
  mayInvite: boolean;
  forMe: (Acting & { proxy: string })[];
  iActFor: (Acting & { personId: string; isOpen: boolean })[];
  invitations: { invitationId: string; classes: string[] | null; expires: string }[];
};
