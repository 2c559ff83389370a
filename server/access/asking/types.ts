import type { CopyPart } from '../../platform/db/index.ts';
import type { Decision, Action, App, PersonId, Subject } from '../types.ts';
import type { DataClass, Label, Purpose, SignInLevel } from '../words.ts';

/** Who asks, with all that a decision needs of them. */
export type Asker =
  /** A caller on this machine, where sign-in is not switched on. */
  | { kind: 'machine' }
  /** Somebody who did not sign in, on a route that is open to all. */
  | { kind: 'nobody' }
  | {
      kind: 'known';
      subject: Subject;
      purpose: Purpose;
      signIn: SignInLevel;
      app: App | null;
      /** The project that secondary use is for. */
      project: string | null;
    };

/** A piece of the record, as far as a decision needs it. */
export type Piece = {
  /** The FHIR type and id. */
  type: string;
  id: string;
  /** The patient under whom it is filed; null when it is about nobody, such as an organisation. */
  patientId: string | null;
  dataClass: DataClass;
  labels: readonly Label[];
  /**
   * The source that said it, by which its holder is known: `urn:openics:organisation:ID` for what a worker of that organisation wrote
   * here. Null when it came in here from nobody that is known.
   */
  source: string | null;
  /** True for a query of an app's scope that finds it. Where it is not said, a scope with a query does not open it. */
  meets?: (query: string) => boolean;
};

/** How a question was put, where that matters. `byPlace`: it narrows people by where they live or are registered. */
export type Put = { byPlace?: boolean };

/** What is about to be shown, for the audit log. */
export type Shown = { kind: 'read' | 'search' | 'export' | 'operate'; patientId: string; type: string };

/** What a transaction changes, for the audit log. Acts of one kind on one person for one reason are one event. */
export type Changed = {
  kind:
    'create' | 'update' | 'delete' | 'operate' | 'decision' | 'link' | 'break-glass' | 'search' | 'export';
  /** Said where what is kept is that something was refused. */
  outcome?: 'refused';
  /** Whose record it is about; null where it is about nobody. */
  patientId: string | null;
  /** The person whose record it is, where that is known better than by the patients that were asked about. */
  person?: PersonId;
  /** The FHIR type, or what else it is called. */
  type: string;
  /** What was done or decided; else the rule that permitted it. */
  rule?: string;
  /** Why, in the user's own words. */
  reason?: string;
  /** Why it is done, where that is not why the request asks. */
  purpose?: Purpose;
};

/** How what a transaction changes is put on record in it, so that neither is there without the other. See `putOnRecord`. */
export type OnRecord = {
  /** Rows to be sent with the transaction; made anew for each attempt. */
  rows(): CopyPart[];
  /** To be called once it is committed. */
  committed(): void;
};

/** How one request asks about pieces of the record. It is made by the gate, and handed down to whatever reads or writes. */
export type Viewing = {
  readonly asker: Asker;
  /** True when every piece is permitted without asking: sign-in is not switched on. */
  readonly seesAll: boolean;
  /** Decides on each piece, with reasons. What is known of the people is read in one statement. */
  decide(action: Action, pieces: readonly Piece[], put?: Put): Promise<Decision[]>;
  /** Which pieces may stand in a list. What would need the glass broken may not. */
  lists(pieces: readonly Piece[], put?: Put): Promise<boolean[]>;
  /**
   * The patients outside of whom nothing of a patient is listed, where these are few. It spares asking about each candidate of a
   * search; within it `lists` decides as ever.
   */
  reach(): Promise<readonly string[] | undefined>;
  /** Says what is about to be shown. It is durable in the audit log before the answer leaves. */
  shows(shown: Shown): void;
  /** Says what a transaction is about to change. */
  changes(changed: readonly Changed[]): OnRecord;
};
