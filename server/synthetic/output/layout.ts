import type { FeedKind, Partner } from '../place/types.ts';

/** How the messages or lines of a file are put together when it is closed. */
export type FileStyle = {
  /** Lines keep the order of the people; otherwise they are put in order of time. */
  order: 'people' | 'time';
  header?: string;
  /** Messages stand between the MLLP signs instead of on lines. */
  framing: 'lines' | 'mllp';
  lineEnd: string;
  segmentEnd?: string;
  encoding: 'utf-8' | 'utf-8-bom' | 'iso-8859-1';
};

/** One file of the output, known by its path below the output folder. */
export type OutputFile = { path: string; style: FileStyle };

export const ndjson: FileStyle = { order: 'people', framing: 'lines', lineEnd: '\n', encoding: 'utf-8' };

export const feedFolder = (partner: Partner): string => `feeds/${partner.id}`;

/** What the manifest says of each kind of feed. */
export const wireKind = (sends: FeedKind): 'fhir-ndjson' | 'hl7v2' | 'csv' => {
  if (sends === 'gp') return 'fhir-ndjson';
  return sends === 'acute' || sends === 'mental-health' || sends === 'independent' ? 'hl7v2' : 'csv';
};
