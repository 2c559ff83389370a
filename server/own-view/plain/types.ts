/** One thing in a person's record, in words for the person. `of` names what was recorded, by which to ask about it. */
export type PlainItem = {
  title: string;
  /** What it is, where we have words for it. */
  means: string | null;
  when: string | null;
  from: string[];
  says: string[];
  of: { type: string; id: string }[];
};

/** A test with its latest result. */
export type PlainTest = PlainItem & {
  value: string;
  /** How it compares with the usual range the laboratory gave. `in-words`: it is no number. */
  range: 'usual' | 'above' | 'below' | 'unusual' | 'not-said' | 'in-words';
  /** Earlier results, the newest first. */
  earlier: { when: string | null; value: string }[];
};

/** Where a referral stands. A stage that came has its day, where one is known. */
export type PlainReferral = PlainItem & {
  to: string | null;
  stages: {
    name: 'sent' | 'accepted' | 'booked' | 'seen' | 'finished';
    reached: boolean;
    on: string | null;
  }[];
  /** What stopped it, if it was. */
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

export type PlainDocument = PlainItem & {
  files: { title: string; address: string | null }[];
};

/** A person's record in words for them. */
export type PlainRecord = {
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
  /** Where all this came from. */
  sources: string[];
};
