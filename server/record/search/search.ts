import type { Queryable } from '../../platform/db/index.ts';
import type { Definitions } from '../definitions/index.ts';
import { answer } from './answering/answer.ts';
import { matchingIds } from './answering/match.ts';
import { RecentTallies } from './answering/recent-tallies.ts';
import type { Sight } from './answering/sight.ts';
import type { SearchRequest, SearchResult } from './answering/types.ts';
import { createExtractor, type Extractor } from './extractor.ts';
import type { Visible } from './sql/bindings.ts';

export type { SearchRequest, SearchResult };

export type Search = Extractor & {
  /** Answers a FHIR search. Throws a Problem with status 400 for a question that cannot be read. */
  search(db: Queryable, request: SearchRequest): Promise<SearchResult>;
  /** Ids of the matches of a query such as `identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018`, at most `most`. */
  matchIds(
    db: Queryable,
    type: string,
    query: string | readonly [string, string][],
    most?: number,
    sight?: Sight,
  ): Promise<string[]>;
};

/**
 * Makes search for a record. `visible` is where access decides which rows a reader may see: it is part of each look at
 * resources, before counting, sorting, paging and including. `clock` gives the time for `ap`.
 */
export function createSearch(options: {
  definitions: Definitions;
  visible?: Visible;
  clock?: () => Date;
}): Search {
  const extractor = createExtractor(options.definitions);
  const clock = options.clock ?? (() => new Date());
  const parts = {
    definitions: options.definitions,
    params: extractor.params,
    visible: options.visible ?? (() => undefined),
    seesAll: options.visible === undefined,
    clock,
    tallies: new RecentTallies(clock),
  };
  return {
    ...extractor,
    search: (db, request) => answer(parts, db, request),
    matchIds: (db, type, query, most = 100, sight) => matchingIds(parts, db, type, query, most, sight),
  };
}
