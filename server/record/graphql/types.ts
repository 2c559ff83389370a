import type { Definitions } from '../definitions/index.ts';
import type { Resource } from '../types.ts';

export type ReferenceTarget = { type: string; id: string; version?: string };

/** A search as the REST API would do it. Values are already escaped and joined: `['name', 'a,b']` means a or b. */
export type SearchRequest = {
  type: string;
  parameters: [name: string, value: string][];
  count?: number;
  cursor?: string;
};

/** One page of matches. `first` to `last` are cursors for further pages. */
export type SearchPage = {
  entries: { resource: Resource; mode?: string; score?: number }[];
  total?: number;
  offset?: number;
  pageSize?: number;
  first?: string;
  previous?: string;
  next?: string;
  last?: string;
};

/** Where resources come from. Each level of a query asks once, with all that the level needs; answers keep the order asked. */
export type Source = {
  read(targets: ReferenceTarget[]): Promise<(Resource | undefined)[]>;
  search(requests: SearchRequest[]): Promise<SearchPage[]>;
};

/** A query that goes beyond these is refused with an error, never answered in part. */
export type Limits = {
  /** Levels of selection. */
  depth: number;
  /** Fields in the document, fragments counted each time they are used. */
  fields: number;
  /** Values in the answer. */
  values: number;
  /** Resources read, and searches made, outside the focus. */
  resources: number;
  searches: number;
  /** Matches that a List may have; beyond that the client must use a Connection, or ask for fewer with `_count`. */
  matches: number;
};

export const defaultLimits: Limits = {
  depth: 25,
  fields: 5_000,
  values: 250_000,
  resources: 10_000,
  searches: 500,
  matches: 1_000,
};

export type GraphQlRequest = {
  document: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  /** The resource of an instance-level query; without it the query is at system level. */
  focus?: Resource;
  source: Source;
  definitions?: Definitions;
  limits?: Partial<Limits>;
  /** Addresses at which this server is known; references that start with one are read here. */
  baseUrls?: readonly string[];
};

export type GraphQlError = {
  message: string;
  locations?: { line: number; column: number }[];
  path?: (string | number)[];
  extensions: { code: string; resource: Resource };
};

/** `status` is the HTTP status to answer with. Numbers in `data` may be exact (`JSON.rawJSON`). */
export type GraphQlResult = { status: number; body: { data: unknown; errors?: GraphQlError[] } };
