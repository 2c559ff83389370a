import { Type, type Static, type TSchema } from 'typebox';

const closed = { additionalProperties: false } as const;
const oneOf = <const T extends string[]>(...values: T) => Type.Enum(values);

export const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
export const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' });
export const Id = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$' });
const Minutes = Type.Integer({ minimum: 0, maximum: 5_000_000 });
const Count = Type.Integer({ minimum: 0, maximum: 10_000 });

/**
 * Which duties a rule counts. By the hours on the plan, not the true length of a night when the clock changes.
 */
export const DutyClass = Type.Object(
  {
    /** Longer than this, from start to end. */
    overMinutes: Type.Optional(Minutes),
    /** At least this much of it between 23:00 and 06:00. */
    nightMinutes: Type.Optional(Minutes),
    /** Ends later than this, on its first day or after it. */
    endsAfter: Type.Optional(Clock),
    /** A class of which it must be none. */
    not: Type.Optional(Id),
  },
  closed,
);

const common = {
  id: Id,
  words: Type.String({ minLength: 1 }),
  source: Type.String({ minLength: 1 }),
  from: Day,
  to: Type.Optional(Day),
  /** `must`, or what each breach costs. */
  weight: Type.Union([Type.Literal('must'), Type.Number({ minimum: 0 })]),
  override: oneOf('nobody', 'person', 'manager', 'director'),
  confirmed: Type.Boolean(),
  who: Type.Optional(oneOf('under-18', 'night-workers', 'special-hazards')),
};

const rule = <K extends string, T extends Record<string, TSchema>>(kind: K, members: T) =>
  Type.Object({ ...common, kind: Type.Literal(kind), ...members }, closed);

export const Rule = Type.Union([
  rule('shift-length', { of: Id, maxMinutes: Minutes }),
  rule('no-work-between', { start: Clock, end: Clock }),
  rule('breaks', {
    steps: Type.Array(
      Type.Object({ overMinutes: Minutes, breakMinutes: Minutes, of: Type.Optional(Id) }, closed),
      { minItems: 1 },
    ),
  }),
  rule('rest-between', { minMinutes: Minutes }),
  rule('rest-after-run', { of: Id, length: Type.Integer({ minimum: 1, maximum: 14 }), minMinutes: Minutes }),
  rule('longest-run', { of: Id, max: Type.Integer({ minimum: 1, maximum: 60 }) }),
  rule('shortest-run', { of: Id, min: Type.Integer({ minimum: 1, maximum: 60 }) }),
  rule('most-in-roster', { of: Id, max: Count }),
  rule('hours-in-window', { windowMinutes: Minutes, maxMinutes: Minutes }),
  rule('average-week', {
    weeks: Type.Integer({ minimum: 1, maximum: 53 }),
    maxMinutes: Minutes,
    /** With a written opt-out: another limit, or none. */
    optedOut: Type.Optional(Type.Union([Type.Literal('no-limit'), Minutes])),
  }),
  rule('week-hours', { maxMinutes: Minutes }),
  rule('rest-in-period', {
    days: Type.Union([Type.Literal(7), Type.Literal(14)]),
    restMinutes: Minutes,
    times: Type.Integer({ minimum: 1, maximum: 3 }),
  }),
  rule('weekends', {
    max: Count,
    of: Type.Integer({ minimum: 1, maximum: 53 }),
    /** Whether a night that starts on Friday and ends on Saturday makes a worked weekend. */
    fridayNights: Type.Boolean(),
  }),
  rule('full-time-week', { minutes: Minutes }),
  rule('enhancement', {
    bands: Type.Array(Type.Integer({ minimum: 1, maximum: 9 }), { minItems: 1 }),
    on: Type.Array(oneOf('weekday-night', 'saturday', 'sunday', 'holiday'), { minItems: 1 }),
    share: Type.Number({ minimum: 0, maximum: 3 }),
  }),
  rule('notice', { days: Count }),
  /** Days of leave a year, public holidays besides, from so many years of service. */
  rule('paid-leave', { days: Count, publicHolidays: Count, fromYears: Count }),
  /** What an hour beyond the contract is paid on top, for bands. */
  rule('overtime', {
    bands: Type.Array(Type.Integer({ minimum: 1, maximum: 9 }), { minItems: 1 }),
    on: Type.Array(oneOf('any', 'holiday'), { minItems: 1 }),
    share: Type.Number({ minimum: 0, maximum: 3 }),
  }),
  /** Rest owed in return where one of these rules was lawfully set aside. */
  rule('compensatory-rest', { instead: Type.Array(Id, { minItems: 1 }) }),
  /** Rest expected in 24 hours on call, and how much of it unbroken between two times. */
  rule('on-call-rest', {
    minMinutes: Minutes,
    unbrokenMinutes: Minutes,
    start: Clock,
    end: Clock,
    mostDaysInARow: Count,
  }),
]);

export const RulePack = Type.Object(
  {
    format: Type.Literal('openics-rule-pack-1'),
    id: Id,
    name: Type.String({ minLength: 1 }),
    source: Type.String({ minLength: 1 }),
    note: Type.Optional(Type.String()),
    classes: Type.Record(Id, DutyClass),
    rules: Type.Array(Rule),
  },
  closed,
);

/** Rules for pay, leave and people: they say nothing of whether a roster is legal. */
export const unjudgedKinds = [
  'full-time-week',
  'enhancement',
  'notice',
  'paid-leave',
  'overtime',
  'compensatory-rest',
  'on-call-rest',
] as const satisfies readonly Rule['kind'][];

export type DutyClass = Static<typeof DutyClass>;
export type Rule = Static<typeof Rule>;
export type RulePack = Static<typeof RulePack>;
export type RuleOf<K extends Rule['kind']> = Extract<Rule, { kind: K }>;
