import type { OnRecord } from '../access/index.ts';

/** The words every part of the record shares. */

/** Any JSON value. A decimal whose text JavaScript would change (1.00) is a `JSON.rawJSON` object, so that `JSON.stringify` gives it back as sent. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A FHIR R4 resource as JSON. */
export type Resource = { resourceType: string; id?: string; meta?: ResourceMeta; [key: string]: unknown };

export type ResourceMeta = {
  versionId?: string;
  lastUpdated?: string;
  source?: string;
  profile?: string[];
  security?: Coding[];
  tag?: Coding[];
  [key: string]: unknown;
};

export type Coding = {
  system?: string;
  version?: string;
  code?: string;
  display?: string;
  [key: string]: unknown;
};

/** One thing found wrong, or worth knowing. `code` is a FHIR IssueType, `path` a FHIRPath such as `Patient.name[0].family`. */
export type Issue = {
  severity: 'fatal' | 'error' | 'warning' | 'information';
  code: string;
  path: string;
  text: string;
  /** Constraint key, slice name or profile that asked for it, where there is one. */
  rule?: string;
  line?: number;
  column?: number;
};

/** One version of one resource, as stored. `content` is the exact JSON text that was stored, meta included. */
export type StoredResource = {
  type: string;
  id: string;
  version: number;
  lastUpdated: Date;
  deleted: boolean;
  content: string;
  patientId: string;
  /** Who said it, where that was read with it; null where it was typed here and no organisation is known. */
  said?: string | null;
};

/** Where a write came from: which organisation said it, through what. Kept with each version. */
export type Delivery = {
  /** URI of the organisation or system that says it. */
  source: string;
  /** How it came. */
  channel: 'rest' | 'import' | 'hl7v2' | 'csv' | 'page';
  /** Who or what sent it: a sign-in subject, a program, a command. Never a person's data. */
  agent: string;
  /** Puts on record, in the transaction of the changes, what becomes of each of them, in their order. */
  onRecordOf?: OnRecordOf | undefined;
};

/** Given what becomes of each change, says how that is put on record. It may be asked again when the transaction is tried again. */
export type OnRecordOf = (kinds: readonly Outcome['kind'][]) => OnRecord;

/** One change asked of the record. `resource` keeps exact decimals (see `Json`). */
export type Change =
  | {
      kind: 'put';
      type: string;
      id: string;
      resource: Resource;
      /** Put into `meta.source` where the resource itself does not name its source. */
      source?: string;
      /** Refuse unless the current version is this one (If-Match). */
      ifVersion?: number;
      /** Refuse when a current version exists (create). */
      mustBeNew?: boolean;
    }
  | { kind: 'delete'; type: string; id: string; ifVersion?: number };

/** What became of one change. */
export type Outcome = {
  kind: 'created' | 'updated' | 'unchanged' | 'deleted' | 'absent';
  stored: StoredResource;
};

/**
 * What an answer was made from: everything filed under these patients (also under ids where nothing is filed yet), every
 * current resource that carries one of these search tokens (64-bit, as text), and every resource of these types.
 */
export type Dependence = {
  patients: readonly string[];
  tokens: readonly string[];
  types?: readonly string[];
};
