import type { Day, Kind, Span } from '../organisations/index.ts';
import type { Action, Context, Item, Party, PersonFacts, Relationship, Subject, Worker } from './types.ts';
import type { DataClass, Label, ProxyKind, Purpose, RelationshipKind } from './words.ts';
import type {
  Agreement,
  Branch,
  Duty,
  LabelRule,
  MinimumView,
  Need,
  Policy,
  Profile,
  ProxyRule,
  Refusal,
  RelationshipRule,
} from './policy/schema.ts';

/** One question, with what was looked up once for all rules. */
export type Facts = {
  subject: Subject;
  action: Action;
  item: Item;
  context: Context;
  policy: CompiledPolicy;
  branch: CompiledBranch;
  /** Whoever asks in a role; undefined for somebody who signed in as themselves. */
  worker: Worker | undefined;
  /** What the role may do; undefined when the policy does not know the role. */
  profile: CompiledProfile | undefined;
  about: PersonFacts | null;
  /** Held by the organisation that asks. */
  own: boolean;
  agreement: Agreement | undefined;
  relationship: { is: Relationship; rule: RelationshipRule } | undefined;
  /** Years lived, where the birth date is known. */
  age: number | undefined;
  glassOpen: boolean;
};

/** One question a rule asks of a case. */
export type Test = (facts: Facts) => boolean;

export type CompiledNeed = { rule: Need; test: Test; span: Span };
export type CompiledRefusal = { rule: Refusal; when: Test[]; unless: Test[]; span: Span };
export type CompiledBranch = { rule: Branch; needs: CompiledNeed[]; refusals: CompiledRefusal[] };
export type CompiledDuty = { rule: Duty; when: Test[]; unless: Test[] };
export type CompiledProfile = {
  profile: Profile;
  reads: ReadonlySet<DataClass>;
  writes: ReadonlySet<DataClass>;
};

/** Agreements that two parties share for a purpose on a day. */
export type Shared = { purpose: Purpose; day: Day; agreements: readonly Agreement[] };

/** A policy and agreements, made ready to decide by. */
export type CompiledPolicy = {
  policy: Policy;
  agreements: readonly Agreement[];
  branches: readonly CompiledBranch[];
  /** Branches by who asks and for which purpose. */
  branchFor: ReadonlyMap<string, CompiledBranch>;
  /** The branch for what is about nobody. */
  directory: CompiledBranch | undefined;
  duties: readonly CompiledDuty[];
  profileOfRole: ReadonlyMap<string, CompiledProfile>;
  labels: ReadonlyMap<Label, LabelRule>;
  relationships: ReadonlyMap<RelationshipKind, RelationshipRule>;
  minimumViews: ReadonlyMap<Kind, MinimumView>;
  proxies: ReadonlyMap<ProxyKind, readonly ProxyRule[]>;
  glassPurposes: ReadonlySet<Purpose>;
  optOutPurposes: ReadonlySet<Purpose>;
  /** What was found between two parties, kept by their identity: parties never change. */
  between: WeakMap<Party, WeakMap<Party, Shared>>;
};
