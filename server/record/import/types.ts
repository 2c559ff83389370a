import type { LineVersion } from './line-version.ts';
import type { Change, Issue } from '../types.ts';
import type { EntryRequest } from './reading/index.ts';

/** What became of one entry of an input. */
export const outcomeKinds = ['stored', 'unchanged', 'deleted', 'skipped', 'quarantined'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

/** How many entries of each type had each outcome: `{ Patient: { stored: 3 } }`. */
export type Counts = Record<string, Partial<Record<OutcomeKind, number>>>;

/** Where an entry stands. */
export type EntryPlace = { file: string; entry: number; line?: number; column?: number };

/** Something that cannot be stored as it is, with all that is needed to try it again. */
export type QuarantineItem = EntryPlace & {
  source: string;
  type?: string;
  resourceId?: string;
  /** FHIRPath of the first thing wrong. */
  path?: string;
  code: string;
  reason: string;
  wayOut?: string;
  issues: Issue[];
  format: 'json' | 'xml';
  raw: string;
  rawCut: boolean;
  fullUrl?: string;
  request?: EntryRequest;
  bundleType?: string;
  links: Record<string, string>;
};

/** What is to be done with one entry. */
export type Admitted =
  | {
      kind: 'change';
      /** `Type/id` of what it changes. */
      name: string;
      type: string;
      deletes: boolean;
      /** The change itself, until it is made ready: resources are let go early, because many are under way. */
      change: Change | undefined;
      /** No number of it is a raw one. */
      isPlain: boolean;
      /** Its resource as `JSON.stringify` would write it, where that is known. */
      written: string | undefined;
      /** Reads the change from its text again. */
      remake: () => Change;
      /** Characters of its text. */
      length: number;
      /** `Type/id` of what it refers to. */
      targets: string[];
      /** 1 when its NHS number fails its check digit. */
      wrongNumbers: number;
      /** For a Patient on a line of its own: what tells it from an earlier version. */
      lineVersion: LineVersion | undefined;
      warnings: number;
      /** Makes the quarantine item, should it turn out that it cannot be stored after all. */
      item: (code: string, reason: string) => QuarantineItem;
    }
  | { kind: 'quarantine'; item: QuarantineItem }
  | { kind: 'done'; outcome: OutcomeKind; type: string }
  /** It refers to something that is not there yet. */
  | { kind: 'postpone' };
