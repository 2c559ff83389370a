/**
 * What the engine solves, whatever the file it came from. It is plain data: it crosses threads as it is.
 *
 * A roster gives each person one choice a day. A choice is an index into `duties`; choice 0 is a day off.
 * A weight of Infinity means must; any other weight is a cost for each unit of breach.
 */
export type Problem = {
  name: string;
  format: 'curtois' | 'inrc1' | 'inrc2' | 'openics';
  days: number;
  /** The weekday of day 0; Monday is 0. */
  firstWeekday: number;
  /** `duties[0]` is a day off. */
  duties: Duty[];
  people: Person[];
  cover: Cover[];
};

/** One thing a person may do on a day: a shift, or a shift in a skill (`Early/Nurse` in INRC-II). */
export type Duty = {
  id: string;
  minutes: number;
  /** Minutes after midnight of its day; an end beyond 1440 is on the next day. Unknown in some formats. */
  start?: number;
  end?: number;
};

/** Indexes into `duties`. */
export type Choices = number[];

export type Person = {
  id: string;
  /** Why some choices cost something or are closed on one day: leave, locks, requests, missing skills, prices. */
  wishes: Wish[];
  rules: Rule[];
};

/** `weight` is paid (Infinity: it is forbidden) when the person has one of `choices` on `day`. */
export type Wish = { day: number; choices: Choices; weight: number; id: string; words: string };

/** What holds for one person over days. `id` names the rule in its source; `words` says it to a manager. */
export type Rule = { id: string; words: string } & (
  RunRule | CountRule | BlockRule | PatternRule | WindowRule | AutomatonRule
);

/** Days in a row with one of `choices` number from `min` to `max`; each day less or more costs. */
export type RunRule = {
  kind: 'run';
  choices: Choices;
  min: number;
  max: number;
  minWeight: number;
  maxWeight: number;
  /** Days of such a run that end just before day 0; 'unknown' frees the first run, if it starts on day 0, from `min`. */
  before: number | 'unknown';
  /** Whether a run that reaches the last day may still grow: then it is free from `min`. */
  openEnd: boolean;
};

/** The sum of `amounts[choice]` over days `from` to `to` (both counted), plus `start`, lies from `min` to `max`. */
export type CountRule = {
  kind: 'count';
  amounts: number[];
  from: number;
  to: number;
  start: number;
  min: number;
  max: number;
  minWeight: number;
  maxWeight: number;
  /** Amounts of single days that differ, such as a night when the clock changes. */
  onDay?: { day: number; amounts: number[] }[];
};

/** How many `blocks` (each a few days, in order: weekends) hold any of `choices`, plus `start`. */
export type BlockRule = {
  kind: 'blocks';
  blocks: number[][];
  choices: Choices;
  start: number;
  min: number;
  max: number;
  minWeight: number;
  maxWeight: number;
};

/** A sequence on consecutive days that costs `weight` each time; it may begin on the days `starts`, or on any day. */
export type PatternRule = { kind: 'pattern'; steps: Choices[]; weight: number; starts?: number[] };

/**
 * From each anchor day, `amounts[anchor choice][days later][choice]` summed over `length` days stays within `max`:
 * hours in 168 hours from the start of any shift. Give the same list for each anchor where it does not matter.
 * `history` is what was worked before day 0, oldest first (choices; the last is day -1).
 */
export type WindowRule = {
  kind: 'window';
  length: number;
  amounts: number[][][];
  max: number;
  weight: number;
  anchors?: number[];
  history?: Choices;
};

/**
 * Anything else: states 0 .. n-1. On each day the choice moves the state by `next[table][state][choice]` (-1: forbidden)
 * and costs `cost[table][state][choice]`; `tables[day]` says which table a day uses (absent: table 0). `final` is paid at the end.
 */
export type AutomatonRule = {
  kind: 'automaton';
  start: number;
  next: number[][][];
  cost?: number[][][];
  tables?: number[];
  final?: number[];
};

/**
 * How many of `people` (absent: everyone) have one of `parts` is wanted to be `wanted`. What lacks or is too many is
 * paid in steps of rising weight: the first `count` units at the first weight, and so on. The last count is Infinity.
 * A night that reaches into the next day, or demand by minute, is a row with parts on two days.
 */
export type Cover = {
  id: string;
  words: string;
  parts: { day: number; choices: Choices }[];
  people?: number[];
  wanted: number;
  under: Step[];
  over: Step[];
};

export type Step = { count: number; weight: number };

/** `roster[person][day]` is a choice. */
export type Roster = Uint8Array[];
