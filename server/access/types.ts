import type { Day, Kind, OrganisationId } from '../organisations/index.ts';
import type {
  ChoiceKind,
  DataClass,
  Label,
  Obligation,
  ProxyKind,
  Purpose,
  RecordedKind,
  RelationshipKind,
  SignInLevel,
} from './words.ts';

/** What somebody wants to do. */
export type Action = 'read' | 'search' | 'write' | 'delete' | 'export' | 'operate';

export type UserId = string;
export type PersonId = string;

/** From a moment up to, not with, another, in milliseconds since 1970. Null: no end is known. */
export type Moments = { from: number; to: number | null };

/** An organisation with all bodies it belongs to on the day: neighbourhood, place, system, collaboratives. */
export type Party = { id: OrganisationId; kind: Kind; name: string; bodies: readonly OrganisationId[] };

/** A role somebody holds somewhere, from when to when. Who holds several picks one. */
export type Post = Moments & { role: string; organisation: Party; teams: readonly string[] };

/** A member of staff in a role, or a program registered by an organisation. `person` is who they are as a patient. */
export type Worker = { kind: 'staff' | 'program'; id: UserId; person: PersonId | null; post: Post };

/** Somebody who signed in as themselves. */
export type Resident = { kind: 'resident'; id: UserId; person: PersonId };

export type Subject = Worker | Resident;

/** Why somebody may be concerned with a person. A team or a user narrows it to them. */
export type Relationship = Moments & {
  id: string;
  kind: RelationshipKind;
  organisation: OrganisationId;
  team: string | null;
  user: UserId | null;
  /** What shows it: a reference such as Encounter/1, or words for a self-claimed one. */
  evidence: string;
};

/** What a person decided about their information. The last three fields say whom or what it is about, where that matters. */
export type Choice = Moments & {
  kind: ChoiceKind;
  organisation: OrganisationId | null;
  user: UserId | null;
  project: string | null;
};

/** Who may act for a person. Null classes: all that their kind may see. */
export type Proxy = Moments & { proxy: PersonId; kind: ProxyKind; classes: readonly DataClass[] | null };

/** A glass that was broken: one person, one reader. `to` is set when it was closed early. */
export type GlassUse = Moments & { user: UserId; reason: string };

export type Recorded = Moments & { kind: RecordedKind };

/** All that bears on who may see one person's information. */
export type PersonFacts = {
  person: PersonId;
  born: Day | null;
  died: Day | null;
  /** Their whereabouts are protected. */
  restricted: boolean;
  relationships: readonly Relationship[];
  choices: readonly Choice[];
  proxies: readonly Proxy[];
  glass: readonly GlassUse[];
  recorded: readonly Recorded[];
  /** Where they work, among the partners. */
  employers: readonly OrganisationId[];
  /** Users known or thought to be their family. */
  family: readonly UserId[];
};

/** A sealed item: outside, others may break the glass. A locked one is not there at all for others. */
export type Seal = { level: 'sealed' | 'locked'; organisation: OrganisationId; team: string | null };

/** Information somebody wants to do something with. `about` is null when it is about nobody, such as a directory entry. */
export type Item = {
  dataClass: DataClass;
  /** The FHIR type, by which the scopes of apps speak. */
  type: string;
  /** Who holds it and answers for it. */
  holder: Party;
  labels: readonly Label[];
  seal: Seal | null;
  form: 'identifiable' | 'pseudonymised' | 'anonymous';
  about: PersonFacts | null;
};

/** What an app was allowed: SMART's letters for a FHIR type, `*` for every type. A query lets through only what it finds. */
export type Grant = {
  level: 'patient' | 'user' | 'system';
  type: string;
  actions: ReadonlySet<'c' | 'r' | 'u' | 'd' | 's'>;
  query: string | undefined;
};

export type App = { name: string; grants: readonly Grant[]; person: PersonId | null };

export type Context = {
  at: number;
  /** The day of `at` in the United Kingdom. */
  day: Day;
  purpose: Purpose;
  signIn: SignInLevel;
  app: App | null;
  /** The question narrows people by where they live or are registered. */
  byPlace: boolean;
  /** The project that secondary use is for. */
  project: string | null;
};

/** Why it was decided so, in words for the one who asked. The way out says how to ask. */
export type Reason = {
  rule: string;
  says: string;
  wayOut: string | null;
  source: string;
  /** False while nobody has confirmed the rule against its source. */
  confirmed: boolean;
};

export type Effect = 'permit' | 'deny' | 'break-glass';

/** `silent`: whoever asked is not to learn that there is anything. */
export type Decision = {
  effect: Effect;
  silent: boolean;
  obligations: readonly Obligation[];
  reasons: readonly Reason[];
};
