import type { Viewing } from '../../access/index.ts';
import type { Sight } from '../pieces/index.ts';
import type { Delivery, Dependence, Resource } from '../types.ts';
import type { InteractionName, Target } from './interactions.ts';
import type { Preferences } from './preferences.ts';

/** One request, free of HTTP: an entry of a batch makes one as a request over the network does. */
export type Call = {
  interaction: InteractionName;
  method: string;
  target: Target;
  query: Query;
  /** The query as it was sent, for conditions. */
  queryText: string;
  /** True when the parameters came in a body, so that they must not turn up in an address. */
  queryInBody: boolean;
  body: Body | undefined;
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
  ifNoneExist?: string | undefined;
  ifModifiedSince?: string | undefined;
  prefer: Preferences;
  /** A Provenance to store with what this call writes, without its targets. */
  provenance?: Resource | undefined;
  /** Address of the API without a closing slash: `https://host/fhir`. */
  baseUrl: string;
  delivery: Delivery;
  /** Who asks, and what they may see. */
  viewing: Viewing;
  /** What this call sees of the record; undefined where it sees everything. */
  sight: Sight | undefined;
};

export type Query = readonly [name: string, value: string][];

/** `take` gives the resource as it was sent each time it is called, so that what is taken may be changed. */
export type Body =
  | { kind: 'resource'; take: () => Resource }
  | { kind: 'json-patch'; operations: unknown }
  | { kind: 'text'; text: string };

/** What a call answers. `json` is the exact text of a resource, sent as it is when JSON is wanted; `bytes` may stand for it. */
export type Answer = {
  status: number;
  json?: string;
  /** The text of a resource in UTF-8, where it is at hand as bytes. */
  bytes?: Buffer;
  /** What the answer was made from, where it is known: as long as none of it changes, the same question has this answer. */
  dependsOn?: Dependence;
  version?: number;
  lastModified?: Date;
  location?: string;
  headers?: Record<string, string>;
  /** True when `json` is not a FHIR resource and is never turned into XML. */
  plainJson?: boolean;
  /** A file or other stream to send instead of `json`. */
  stream?: { contentType: string; body: NodeJS.ReadableStream };
};

/** The text of the resource a call answers with, where it does. */
export const jsonOf = (answer: Answer): string | undefined => answer.json ?? answer.bytes?.toString();

/** The first value of a query parameter. */
export function queryValue(query: Query, name: string): string | undefined {
  return query.find(([key]) => key === name)?.[1];
}

/** Reads the text after a question mark (or a form body) into pairs, in order. */
export function readQuery(text: string): [string, string][] {
  return text === '' ? [] : [...new URLSearchParams(text)];
}

/** Pairs as they stand after a question mark. */
export function queryText(query: Query): string {
  return new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
}
