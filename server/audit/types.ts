import type { LoggedEvent, OpenedText } from './verifier/index.ts';

/** What was done. A refusal is any of these with the outcome `refused`. */
export type Kind =
  | 'read'
  | 'search'
  | 'create'
  | 'update'
  | 'delete'
  | 'operate'
  | 'decision'
  | 'export'
  | 'link'
  | 'break-glass'
  | 'policy'
  | 'sign-in'
  | 'sign-out';

export type Outcome = 'permitted' | 'refused' | 'failed';

/** Text that names or describes somebody. It is kept apart from the log and may be erased. */
export type Particulars = {
  /** The name of the user at that time. */
  userName?: string;
  /** The network address the request came from. */
  address?: string;
  /** What was asked: the search as it came. */
  query?: string;
  /** The single thing that was opened or changed, such as `Observation/123`. */
  target?: string;
  /** Why, in the user's own words. */
  reason?: string;
};

/** One access or act. It is about one person at most: a search that shows five people is five of them, with one `request`. */
export type Happening = {
  at: Date;
  kind: Kind;
  outcome: Outcome;
  /** A stable id without meaning, or the name of a program; never a person's name. */
  user: string;
  /** ODS code of the organisation the user acted for. */
  organisation?: string;
  /** Code of the role the user acted in. */
  role?: string;
  /** Why, as an HL7 v3 ActReason code: `TREAT`, `BTG`, `PATRQT` ... */
  purpose?: string;
  /** The person whose record it was, by person id. */
  person?: string;
  /** The request this belongs to, a UUID. */
  request?: string;
  /** The kind of thing: a resource type or a route. */
  resource?: string;
  /** The rule that permitted or refused it. */
  rule?: string;
  particulars?: Particulars;
};

/** An event before it has a place: all that is hashed but the commitment, and the text it commits to. */
export type StagedEvent = { event: LoggedEvent; opened?: OpenedText };

/** An event with its place in the log and in both lists. */
export type PlacedEvent = {
  seq: number;
  event: LoggedEvent;
  /** Its number in the list of its person, 0 where there is none, and of its user. */
  personCount: number;
  userCount: number;
  personHead: Uint8Array | undefined;
  userHead: Uint8Array;
  opened: OpenedText | undefined;
};
