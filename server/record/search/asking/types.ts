import type { Issue } from '../../types.ts';
import type { Param } from '../parameters/types.ts';
import type { Near } from '../positions.ts';

/** What is asked of one type: all filters must hold. */
export type Filter =
  | { is: 'param'; param: Param; modifier?: string; values: string[] }
  | { is: 'near'; param: Param; places: Near[] }
  | { is: 'special'; code: SpecialCode; modifier?: string; values: string[] }
  /** A condition on what a reference points to; one alternative for each type it may point to. */
  | { is: 'chain'; param: Param; targets: { type: string; filter: Filter }[] }
  /** A condition on what points here. */
  | { is: 'has'; type: string; link: Param; filter: Filter };

export type SpecialCode = '_id' | '_lastUpdated' | '_text' | '_content' | '_list';

/** `places` are what a distance is measured from. */
export type SortKey = { code: string; descending: boolean; places?: readonly Near[] };

/** `_include=Observation:subject:Patient` or its reverse. `type` and `code` may be `*`. */
export type Include = { type: string; code: string; target?: string; iterate: boolean };

export type Summary = 'true' | 'text' | 'data' | 'count' | 'false';

/** A search request that is read and checked against the definitions. */
export type Ask = {
  /** One alternative for each type asked; system searches have several. */
  types: { type: string; filters: Filter[] }[];
  sort: SortKey[];
  count: number;
  total: 'none' | 'estimate' | 'accurate' | 'default';
  summary?: Summary;
  elements?: string[];
  includes: Include[];
  revincludes: Include[];
  cursor?: string;
  /** The parameters that are answered, for the self link. */
  applied: [string, string][];
  /** What is not answered, and why. */
  outcomes: Issue[];
};

/** Why a parameter cannot be answered. */
export type Refusal = { refused: string; code: 'not-supported' | 'invalid' };
