/** Whose data an export covers. */
export type ExportScope =
  { level: 'system' } | { level: 'patient' } | { level: 'group'; groupId: string; groupVersion: number };

/** What a client asked for. Source: HL7 FHIR Bulk Data Access 2.0, export. */
export type ExportRequest = {
  scope: ExportScope;
  /** Resource types to write, alphabetical. */
  types: string[];
  /** Only what changed after this moment. */
  since: Date | undefined;
  requestUrl: string;
  /** Who asks: nobody else is to watch, fetch or end it. */
  startedBy: string;
};

export type ExportState = 'waiting' | 'running' | 'done' | 'failed';

export type ExportJob = ExportRequest & {
  id: string;
  state: ExportState;
  /** The files show the record as it was at this moment. */
  transactionTime: Date;
  /** Writes the database began before this moment must have ended first. */
  settleFrom: Date;
  finished: Date | undefined;
  problem: string | undefined;
};

/** One file of one type, and how far it has got. */
export type ExportFile = {
  name: string;
  type: string;
  /** True for the file that tells which resources were deleted. */
  isDeletions: boolean;
  rows: number;
  bytes: number;
  /** The place after the last row written; undefined at the start. */
  place: ExportPlace | undefined;
  done: boolean;
};

/** Where a file goes on: after a creation number, or within the n-th thousand members of a group. */
export type ExportPlace =
  { created: number; rid: string } | { chunk: number; patientId: string; rid: string };

/** A row as the export reads it. */
export type ExportRow = {
  patientId: string;
  rid: string;
  created: number;
  version: number;
  lastUpdated: Date;
  deleted: boolean;
  content: string;
};
