/** What a bundle entry asks for, as far as an import heeds it. */
export type EntryRequest = { method: string; url: string; ifNoneExist?: string; ifMatch?: string };

/** What a text says it is, before the whole is read. */
export type Head = { type: string; id: string | undefined };

/** One resource as it stands in an input, not yet read as FHIR. */
export type Found = {
  kind: 'found';
  format: 'json' | 'xml';
  /** The resource's own text; empty for an entry without one. */
  text: string;
  /** True when it is JSON known to hold no white space between its parts. */
  isCompact?: boolean;
  /** The same as JSON, once that was made. */
  json?: string;
  /** What it says it is, once that was looked at; null when it is no resource. */
  head?: Head | null;
  /** Number of the bundle within the input, from 1; 0 when it stands alone. */
  bundle: number;
  /** Place among all entries and lone resources of the input, from 1. */
  entry: number;
  /** Where the text begins, both from 1. */
  line: number;
  column: number;
  fullUrl?: string;
  request?: EntryRequest;
};

/** The end of a bundle: what kind it was, and its whole text where that must be kept. */
export type BundleEnd = {
  kind: 'bundle';
  format: 'json' | 'xml';
  bundle: number;
  /** `transaction`, `document` ...; empty when the bundle does not say. */
  type: string;
  entries: number;
  /** False when the input broke off before the bundle's end. */
  whole: boolean;
  /** Undefined when it was not asked for, or is larger than a resource may be. */
  text?: string;
  line: number;
  column: number;
};

/** Something that could not be read. `raw` is what a person can mend, where there is something to mend. */
export type Fault = {
  kind: 'fault';
  code: FaultCode;
  reason: string;
  wayOut: string;
  entry: number;
  line?: number;
  column?: number;
  raw: string;
  /** True when `raw` is only the beginning, or the bytes were not text. */
  rawCut?: boolean;
};

export type FaultCode =
  | 'malformed'
  | 'truncated'
  | 'encoding'
  | 'oversize'
  | 'empty'
  | 'not-fhir'
  | 'unreadable'
  | 'changed'
  | 'archive'
  | 'nested-archive'
  | 'expansion'
  | 'link-loop';

export type Part = Found | BundleEnd | Fault;

export type ReadingLimits = {
  /** Bytes one resource may have. */
  resourceBytes: number;
  /** Bytes one compressed input may expand to. */
  expandedBytes: number;
  /** How many times its size a compressed input may expand to, once past a first allowance. */
  expansion: number;
  /** Bytes of an unreadable piece that are kept for a person to see. */
  rawBytes: number;
};

/** 16 MiB holds the largest documents seen. DEFLATE reaches 1,032 times at most; real FHIR rarely passes 60. */
export const readingLimits: ReadingLimits = {
  resourceBytes: 16 * 1024 * 1024,
  expandedBytes: 256 * 1024 ** 3,
  expansion: 300,
  rawBytes: 64 * 1024,
};
