/** The shapes the identity API answers with. */

export type FieldName =
  'name' | 'otherNames' | 'birthDate' | 'deathDate' | 'sex' | 'nhsNumber' | 'address' | 'phone' | 'email';

export type Side = {
  patientId: string;
  personId: string | null;
  source: string;
  /** The name of the organisation behind the source, where it is known. */
  sourceName: string | null;
  restricted: boolean;
  fields: Record<FieldName, string[]>;
};

export type Agreement = 'same' | 'partly' | 'different' | 'one-sided' | 'neither';

export type Verdict = 'same' | 'different' | 'cannot-tell';
export type CaseState = 'waiting' | 'disputed' | Verdict | 'withdrawn';

export type Contribution = { comparison: string; level: string; weight: number; termFrequency: number };

export type CaseLine = {
  caseId: string;
  queue: 'ordinary' | 'quarantine' | 'sealed';
  reasons: string[];
  weight: number | null;
  state: CaseState;
  twice: boolean;
  opened: string;
  people: number;
  patient: Side | null;
  likest: Side | null;
};

export type Statistics = {
  counts: { queue: string; state: CaseState; cases: number }[];
  waiting: number;
  oldest: string | null;
  reasons: { reasons: string[]; cases: number }[];
  twice: { cases: number; agreed: number; kappa: number | null };
  model: { version: string; link: number; review: number; margin: number };
};

export type Evidence = {
  weight: number;
  prior: number;
  contributions: Contribution[];
  vetoes: string[];
  probability: number;
};

export type CasePerson = {
  personId: string;
  side: Side;
  agreements: Record<FieldName, Agreement>;
  evidence: Evidence;
};

export type Opinion = {
  reviewer: string;
  verdict?: Verdict;
  reason?: string;
  note?: string;
  given?: string;
};

export type CaseDetail = {
  caseId: string;
  patientId: string;
  queue: CaseLine['queue'];
  reasons: string[];
  state: CaseState;
  twice: boolean;
  opened: string;
  closed: string | null;
  opinions: Opinion[];
  patient: Side | null;
  people: CasePerson[];
  thresholds: { link: number; review: number; margin: number };
};

/** A sealed case shows its sides to those alone who opened it. */
export type SealedCase = CaseDetail & {
  isShown: boolean;
  looks: { reviewer: string; reason: string; looked: string }[];
};

export type LinkMethod =
  | 'alone'
  | 'nhs-number-and-birth-date'
  | 'nhs-number-cross-check'
  | 'probabilistic'
  | 'decided'
  | 'superseded';

export type Link = {
  patientId: string;
  personId: string;
  method: LinkMethod;
  seq: number;
  via?: string;
  model?: string;
  weight?: number;
  decidedBy: string;
  reason?: string;
  from: string;
  to: string | null;
  recorded: string;
  recordedTo: string | null;
};

export type LinkedRecord = { link: Link; side: Side | null; evidence: Contribution[] | null };

export type Decision = {
  decision: number;
  patientId: string;
  kind: 'same' | 'different' | 'superseded';
  others: string[];
  by: string;
  reason: string | null;
  recorded: string;
  mayBeTakenBack: boolean;
};

/** A person whose records are all another person's now. */
export type MovedPerson = { movedTo: string };

export type LinkedPerson = {
  personId: string;
  records: LinkedRecord[];
  decisions: Decision[];
  history: Link[];
};
