import type { Definitions } from '../../definitions/index.ts';
import type { Dependence, Issue, StoredResource } from '../../types.ts';
import type { Summary } from '../asking/types.ts';
import type { RecentTallies } from './recent-tallies.ts';
import type { TypeParams } from '../parameters/types.ts';
import type { Visible } from '../sql/bindings.ts';
import type { Sight } from './sight.ts';

export type SearchRequest = {
  /** Undefined for a search over all types, or those that `_type` names. */
  type?: string | undefined;
  query: readonly (readonly [string, string])[];
  handling: 'strict' | 'lenient';
  /** Only what lies in this patient's compartment. */
  patientId?: string | undefined;
  /** The address of this server, without a slash at the end. */
  baseUrl: string;
  /** What whoever asks sees; without it everything. */
  sight?: Sight | undefined;
};

export type Parts = {
  definitions: Definitions;
  params(type: string): TypeParams;
  visible: Visible;
  /** True when `visible` lets everything through, so that the tally may answer. */
  seesAll: boolean;
  /** True when each row is decided on before it is listed, so that counts may choose how rows are read. */
  isDecidedOn?: boolean;
  /** True when only rows of some patients are read, for whom a plan is made each time. */
  hasReach?: boolean;
  clock(): Date;
  tallies: RecentTallies;
};

/** One page of a search. */
export type SearchResult = {
  /** The exact number of matches, where it was asked for or costs nothing. */
  total?: number;
  matches: StoredResource[];
  included: StoredResource[];
  /** What was not answered, and why. */
  outcomes: Issue[];
  /** The parameters that were answered, for the self link. */
  applied: [string, string][];
  /** Goes into the next page's `_cursor`. Absent on the last page. */
  nextCursor?: string;
  count: number;
  /** What this answer was made from. Absent where that cannot be said in few words. */
  dependsOn?: Dependence;
  summary?: Summary;
  elements?: string[];
};
