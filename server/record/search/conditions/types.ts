import type { Prefix } from '../asking/split.ts';
import type { Param } from '../parameters/types.ts';
import type { Near, Surroundings } from '../positions.ts';

/** A comparison with a stretch of time or of numbers, as FHIR defines it. Times are milliseconds since 1970. */
export type RangeTest = { prefix: Prefix; low: number; high: number; value: number };

/** What a row must fulfil, with everything looked up: hashes and ids instead of codes and names. 64-bit hashes are decimal text. */
export type Condition =
  | { is: 'all' }
  | { is: 'none' }
  | { is: 'and' | 'or'; of: Condition[] }
  | { is: 'not'; of: Condition }
  /** Carries one of these tokens. */
  | { is: 'tokens'; any: string[] }
  /** Fulfils a condition of counted tokens, told by the combination of the row. */
  | { is: 'codes'; of: Condition }
  /** Lies in one of these patients' ranges and carries one of these reference hashes. */
  | { is: 'refs'; any: string[]; patients: string[] }
  | { is: 'patients'; any: string[] }
  | { is: 'rows'; rids: string[]; patients: string[] }
  /** Has a value for one of the parameters with these bits. */
  | { is: 'present'; bits: string }
  | { is: 'mainDate'; test: RangeTest }
  | { is: 'updated'; test: RangeTest }
  | { is: 'dates'; params: number[]; test: RangeTest }
  | { is: 'strings'; params: number[]; match: 'start' | 'exact' | 'part'; value: string; exact: string }
  | { is: 'numbers'; params: number[]; qualifiers?: string[]; units?: string[]; test: RangeTest }
  | { is: 'spans'; param: number; qualifiers: string[]; from: RangeTest; to: RangeTest }
  /** Lies in a circle; every place that does lies within the surroundings. */
  | { is: 'near'; param: number; place: Near; within: Surroundings }
  /** Each of these words, in lower case, stands in the narrative or anywhere in the content. */
  | { is: 'words'; where: 'narrative' | 'content'; words: string[] }
  /** Refers, through `param`, to a resource that fulfils a condition. */
  | { is: 'to'; param: Param; type: string; of: Condition }
  /** Belongs to a patient who fulfils a condition. */
  | { is: 'ofPatient'; of: Condition }
  /** A resource of `type` that fulfils a condition refers here through `param`. */
  | { is: 'from'; param: Param; type: string; target: string; of: Condition }
  /** For patients: a resource of `type` that belongs to the patient fulfils a condition. */
  | { is: 'hasOwn'; type: string; of: Condition };

export const all: Condition = { is: 'all' };
export const none: Condition = { is: 'none' };

/** All of these. */
export function and(of: Condition[]): Condition {
  const parts = of.filter((one) => one.is !== 'all').flatMap((one) => (one.is === 'and' ? one.of : [one]));
  if (parts.some((one) => one.is === 'none')) return none;
  return parts.length === 0 ? all : parts.length === 1 ? parts[0]! : { is: 'and', of: parts };
}

/** Any of these; tokens are asked for together. */
export function or(of: Condition[]): Condition {
  const parts = of.filter((one) => one.is !== 'none').flatMap((one) => (one.is === 'or' ? one.of : [one]));
  if (parts.some((one) => one.is === 'all')) return all;
  const tokens = parts.flatMap((one) => (one.is === 'tokens' ? one.any : []));
  const patients = parts.flatMap((one) => (one.is === 'patients' ? one.any : []));
  const rest: Condition[] = parts.filter((one) => one.is !== 'tokens' && one.is !== 'patients');
  if (tokens.length > 0) rest.unshift({ is: 'tokens', any: [...new Set(tokens)] });
  if (patients.length > 0) rest.unshift({ is: 'patients', any: [...new Set(patients)] });
  return rest.length === 0 ? none : rest.length === 1 ? rest[0]! : { is: 'or', of: rest };
}

export function not(of: Condition): Condition {
  if (of.is === 'all') return none;
  if (of.is === 'none') return all;
  return of.is === 'not' ? of.of : { is: 'not', of };
}
