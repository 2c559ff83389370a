import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import type { FileDoor } from '../../platform/scanning/index.ts';
import type { Definitions } from '../definitions/index.ts';
import type { Exports } from '../operations/index.ts';
import type { Search } from '../search/index.ts';
import type { Store } from '../store/index.ts';
import type { Issue, Resource } from '../types.ts';
import type { ValidateOptions } from '../validation/index.ts';
import type { Answer, Call } from './call.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { PageTokens } from './page-token.ts';
import type { HoldsUri } from './references.ts';
import type { ReadyAnswers } from './ready-answers.ts';
import type { Turns } from './turns.ts';

/** What the API stands on, and the choices of this deployment. */
export type FhirServices = {
  db: Db;
  clock: Clock;
  store: Store;
  search: Search;
  definitions: Definitions;
  /** The resource types that are served, alphabetical. */
  types: readonly string[];
  isType(this: void, name: string): boolean;
  pages: PageTokens;
  kept: KeptAnswers;
  ready: ReadyAnswers;
  /** Patches of one resource take turns, because each starts from what the one before it left. */
  patching: Turns;
  /** Says whether the element at a path holds a uri; see `uriElements`. */
  holdsUri: HoldsUri;
  validate(resource: Resource, options?: ValidateOptions): Issue[];
  /** The CapabilityStatement as JSON text, for the address clients use. */
  capabilities(baseUrl: string): string;
  operations: readonly Operation[];
  exports: Exports;
  /** By which contents of files leave. */
  files: FileDoor;
  settings: FhirSettings;
};

/** An operation such as `$everything`. `run` answers a call. */
export type Operation = {
  /** Without the dollar sign. */
  name: string;
  /** Canonical URL; empty for what follows up an operation and is not stated as one. */
  definition: string;
  levels: readonly ('system' | 'type' | 'instance')[];
  types: 'all' | readonly string[];
  methods: readonly string[];
  run(services: FhirServices, call: Call): Promise<Answer>;
};

export type FhirSettings = {
  software: { name: string; version: string };
  /** The address clients use, when it is not the one the request came to. */
  baseUrl?: string;
  /** What to do with a reference to a resource that is not stored. Feeds come out of order, so the default accepts. */
  brokenReferences: 'accept' | 'refuse';
  /** How many bytes of finished answers are kept in memory at most, and as many again of those that need no asking. */
  keepBytes?: number;
  /** Where the files of `$export` are put. */
  exportFolder: string;
};
