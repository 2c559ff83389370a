import type { Field, ListField, TextField, Veto } from '../types.ts';

export type PostcodePart = 'sector' | 'area';

/**
 * A test on two records. Each one reads the same both ways round. A test on a missing value is false.
 * - same: both values are equal; with `with`, one's field equals the other's field `with`, either way round
 * - swapped: each one's first field equals the other's second
 * - share: the lists have a value in common
 * - among: one's value is in the other's list
 * - jaroWinkler: similarity from 0 to 1 is at least so much
 * - edits: so many letters added, removed, changed or two neighbours exchanged, in words of `minLength` letters or more
 * - levenshtein: the same without exchanges, for models from elsewhere
 * - initial: one is a single letter and begins the other
 * - startsSame: so many first letters are equal
 * - yearsApart: whole numbers that differ by no more
 * - daysApart: dates that differ by no more days
 * - postcodePart: whole postcodes of one sector (all but the last two letters) or one area (the first letters)
 * - missing: one of the two lacks the field
 */
export type Condition =
  | { op: 'same'; field: TextField; with?: TextField }
  | { op: 'swapped'; fields: readonly [TextField, TextField] }
  | { op: 'share'; field: ListField }
  | { op: 'among'; field: TextField; list: ListField }
  | { op: 'jaroWinkler'; field: TextField; atLeast: number }
  | { op: 'levenshtein'; field: TextField; atMost: number }
  | { op: 'edits'; field: TextField; atMost: number; minLength?: number }
  | { op: 'initial'; field: TextField }
  | { op: 'startsSame'; field: TextField; letters: number }
  | { op: 'yearsApart'; field: TextField; atMost: number }
  | { op: 'daysApart'; field: TextField; atMost: number }
  | { op: 'postcodePart'; field: 'postcode'; part: PostcodePart }
  | { op: 'missing'; field: Field }
  | { op: 'all' | 'any'; of: readonly Condition[] }
  | { op: 'not'; of: Condition };

export type Level = {
  label: string;
  /** Without one, the level takes what no level before it took. */
  when?: Condition;
  /** Nothing can be said: the level weighs nothing. */
  isNull?: true;
  /** How often records of one person fall here. */
  m?: number;
  /** How often records of two people fall here. */
  u?: number;
  /** The value of this field counts more the rarer it is, by this share of the whole effect, never rarer than the floor. */
  termFrequency?: { field: TextField; share: number; floor: number };
};

/** The first level whose condition holds is the level of a pair. */
export type Comparison = { name: string; levels: readonly Level[] };

/**
 * A part of a blocking key: a field, or its first letters; of a list, each value makes a key of its own.
 * `sorted` puts two fields in order, so that exchanged names meet.
 */
export type KeyPart = { field: Field; letters?: number } | { sorted: readonly [TextField, TextField] };

/** Records that agree on all parts are compared. `batchOnly` rules are too wide to look up one arriving record. */
export type BlockingRule = { name: string; parts: readonly KeyPart[]; batchOnly?: true };

export type TermFrequencies = { [field in TextField]?: { readonly [value: string]: number } };

/** A reason that a program must not join two records, whatever they weigh. */
export type VetoRule = {
  name: Veto;
  when: Condition;
  /** A guard is right for care, where a wrong link harms; a count of people may do without. */
  isGuard?: true;
};

/** A whole matching model, kept as JSON. Weights follow from it to the last bit. */
export type Model = {
  version: string;
  /** Log2 of the odds that two records that meet by chance are one person. */
  prior: number;
  comparisons: readonly Comparison[];
  termFrequencies: TermFrequencies;
  blocking: readonly BlockingRule[];
  vetoes: readonly VetoRule[];
  thresholds: {
    /** At least so many bits, and no rival near: link. */
    link: number;
    /** At least so many bits: a person decides. */
    review: number;
    /** Bits that the best must lead by. */
    margin: number;
  };
};
