import { Type, type Static, type TUnsafe } from 'typebox';
import { kinds, type Kind } from '../../organisations/index.ts';
import {
  confidentialityBases,
  dataClasses,
  labels,
  obligations,
  proxyKinds,
  purposes,
  recordedKinds,
  relationshipKinds,
  signInLevels,
} from '../words.ts';

const closed = { additionalProperties: false } as const;
const oneOf = <T extends string>(values: readonly T[]): TUnsafe<T> =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));
const Words = Type.String({ minLength: 1, maxLength: 400 });
const Name = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const DataClass = oneOf(dataClasses);
const Label = oneOf(labels);
const Purpose = oneOf(purposes);
const OrganisationKind = oneOf(Object.keys(kinds) as Kind[]);
const Recorded = oneOf(recordedKinds);

/** No relationship opens anything longer than this after its end, so that older ones need not be kept. */
export const longestGraceDays = 366;

/** Where a statement of the policy comes from. What nobody checked against the source says so. */
const sourced = { source: Words, confirmed: Type.Boolean() };
const inForce = { from: Type.Optional(Day), to: Type.Optional(Day) };

const Profile = Type.Object(
  {
    profile: Name,
    words: Words,
    /** Why somebody in this role asks, unless they say otherwise. */
    usualPurpose: Purpose,
    reads: Type.Array(DataClass),
    writes: Type.Array(DataClass),
    exports: Type.Boolean(),
    operates: Type.Boolean(),
    breaksGlass: Type.Boolean(),
    safeguards: Type.Boolean(),
    oversees: Type.Boolean(),
    analyses: Type.Boolean(),
    afterDeath: Type.Boolean(),
    seesProtectedLocations: Type.Boolean(),
    supervised: Type.Boolean(),
    roles: Type.Array(
      Type.Object({ code: Type.String({ pattern: '^[A-Za-z0-9-]{2,40}$' }), name: Words }, closed),
    ),
    ...sourced,
  },
  closed,
);

const Branch = Type.Object(
  {
    id: Name,
    purposes: Type.Array(Purpose),
    asked: Type.Array(oneOf(['staff', 'program', 'resident'])),
    needs: Type.Array(Name),
    says: Words,
    ...sourced,
  },
  closed,
);

const Need = Type.Object(
  { id: Name, test: Name, breakGlass: Type.Boolean(), says: Words, wayOut: Words, ...sourced, ...inForce },
  closed,
);

const Refusal = Type.Object(
  {
    id: Name,
    branches: Type.Array(Name),
    when: Type.Array(Name),
    unless: Type.Array(Name),
    breakGlass: Type.Boolean(),
    silent: Type.Boolean(),
    says: Words,
    wayOut: Words,
    ...sourced,
    ...inForce,
  },
  closed,
);

const Duty = Type.Object(
  {
    id: Name,
    on: oneOf(['permit', 'break-glass']),
    branches: Type.Array(Name),
    obligation: oneOf(obligations),
    when: Type.Array(Name),
    unless: Type.Array(Name),
    ...sourced,
  },
  closed,
);

const LabelRule = Type.Object(
  {
    label: Label,
    words: Words,
    readers: Type.Array(Name),
    needsDirectCare: Type.Boolean(),
    ownStaff: Type.Boolean(),
    breakGlass: Type.Boolean(),
    hiddenFromProxies: Type.Boolean(),
    hiddenFromPerson: Type.Boolean(),
    ...sourced,
  },
  closed,
);

const RelationshipRule = Type.Object(
  {
    kind: oneOf(relationshipKinds),
    words: Words,
    branches: Type.Array(Name),
    direct: Type.Boolean(),
    graceDays: Type.Integer({ minimum: 0, maximum: longestGraceDays }),
    longestHours: orNull(Type.Integer({ minimum: 1 })),
    classes: orNull(Type.Array(DataClass)),
    ...sourced,
  },
  closed,
);

const MinimumView = Type.Object(
  {
    organisations: Type.Array(OrganisationKind),
    classes: Type.Array(DataClass),
    hiddenLabels: Type.Array(Label),
    ...sourced,
  },
  closed,
);

const ProxyRule = Type.Object(
  {
    kind: oneOf(proxyKinds),
    life: oneOf(['alive', 'dead']),
    fromAge: Type.Integer({ minimum: 0 }),
    toAge: orNull(Type.Integer({ minimum: 0 })),
    only: orNull(Recorded),
    unless: orNull(Recorded),
    classes: orNull(Type.Array(DataClass)),
    ...sourced,
  },
  closed,
);

/** A part of OpenICS as routes name it. Null profiles: everybody who signed in; each item they ask for is decided on. */
const Part = Type.Object(
  {
    part: Name,
    words: Words,
    /** Also for whoever did not sign in. */
    open: Type.Boolean(),
    see: orNull(Type.Array(Name)),
    change: orNull(Type.Array(Name)),
    ...sourced,
  },
  closed,
);

/** One version of the policy, whole. */
export const PolicySchema = Type.Object(
  {
    format: Type.Literal('openics-access-policy-1'),
    version: Type.String({ pattern: '^[A-Za-z0-9.-]{1,60}$' }),
    from: Day,
    note: Type.Optional(Words),
    signIn: Type.Object(
      {
        staff: Type.Array(oneOf(signInLevels)),
        program: Type.Array(oneOf(signInLevels)),
        resident: Type.Array(oneOf(signInLevels)),
        ...sourced,
      },
      closed,
    ),
    breakGlass: Type.Object(
      {
        minutes: Type.Integer({ minimum: 1 }),
        purposes: Type.Array(Purpose),
        actions: Type.Array(oneOf(['read', 'search'])),
        longestDelayDays: Type.Integer({ minimum: 1 }),
        ...sourced,
      },
      closed,
    ),
    afterDeath: Type.Object({ careDays: Type.Integer({ minimum: 0 }), ...sourced }, closed),
    ownView: Type.Object(
      { aloneFromAge: Type.Integer(), withDecisionFromAge: Type.Integer(), decision: Recorded, ...sourced },
      closed,
    ),
    secondary: Type.Object(
      {
        optOutPurposes: Type.Array(Purpose),
        ownCareTeamPurposes: Type.Array(Purpose),
        optOutExceptLabels: Type.Array(Label),
        optOutExceptBases: Type.Array(oneOf(confidentialityBases)),
        identifiableBases: Type.Array(oneOf(confidentialityBases)),
        type1Holders: Type.Array(OrganisationKind),
        ...sourced,
      },
      closed,
    ),
    profiles: Type.Array(Profile),
    parts: Type.Array(Part),
    labels: Type.Array(LabelRule),
    relationships: Type.Array(RelationshipRule),
    minimumViews: Type.Array(MinimumView),
    proxies: Type.Array(ProxyRule),
    branches: Type.Array(Branch),
    needs: Type.Array(Need),
    refusals: Type.Array(Refusal),
    duties: Type.Array(Duty),
  },
  closed,
);
export type Policy = Static<typeof PolicySchema>;
export type Profile = Static<typeof Profile>;
export type Part = Static<typeof Part>;
export type Branch = Static<typeof Branch>;
export type Need = Static<typeof Need>;
export type Refusal = Static<typeof Refusal>;
export type Duty = Static<typeof Duty>;
export type LabelRule = Static<typeof LabelRule>;
export type RelationshipRule = Static<typeof RelationshipRule>;
export type MinimumView = Static<typeof MinimumView>;
export type ProxyRule = Static<typeof ProxyRule>;

/** An agreement to share, as its parties signed it. A party may be a body: then it stands for all who belong to it. */
export const AgreementSchema = Type.Object(
  {
    id: Name,
    name: Words,
    from: Day,
    to: orNull(Day),
    parties: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    classes: Type.Array(DataClass),
    purposes: Type.Array(Purpose),
    labels: Type.Array(Label),
    confidentiality: oneOf(confidentialityBases),
    gdprArticle6: Words,
    gdprArticle9: Words,
    law: Words,
    people: Words,
    retention: Words,
    safeguards: Words,
    contact: Words,
    review: Day,
  },
  closed,
);
export type Agreement = Static<typeof AgreementSchema>;
