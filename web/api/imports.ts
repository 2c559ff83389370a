/** The shapes the imports API answers with. */

export type OutcomeKind = 'stored' | 'unchanged' | 'deleted' | 'skipped' | 'quarantined';

export type ImportJob = {
  id: string;
  source: string;
  paths: string[];
  agent: string;
  state: 'running' | 'finished' | 'failed';
  started: string;
  finished: string | null;
  counts: Record<string, Partial<Record<OutcomeKind, number>>>;
  totals: Record<OutcomeKind, number>;
  notes: { missingTargets: number; missingMentions: number; warnings: number };
};

export type QuarantineState = 'open' | 'mended' | 'replayed' | 'dismissed';

export type QuarantineItem = {
  id: string;
  source: string;
  file: string;
  entry: number;
  line: number | null;
  column: number | null;
  type: string | null;
  resourceId: string | null;
  path: string | null;
  code: string;
  reason: string;
  wayOut: string | null;
  state: QuarantineState;
  created: string;
  changed: string;
  changedBy: string;
};

export type QuarantineDetail = QuarantineItem & {
  issues: { severity: string; code: string; path: string; text: string }[];
  format: 'json' | 'xml';
  raw: string;
  rawCut: boolean;
  mended: string | null;
};

export type QuarantinePage = {
  counts: Record<QuarantineState, number>;
  items: QuarantineItem[];
  next: string | null;
};
