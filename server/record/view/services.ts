/** What the view needs from the rooms and parts below it. */
import type { Behind } from '../../organisations/index.ts';
import type { Sight } from '../pieces/index.ts';
import type { StoredResource } from '../types.ts';

/** One current resource as filed, with who delivered it. */
export type FiledText = StoredResource & { source: string };

export type Overview = {
  people: number;
  resources: Record<string, number>;
  sources: { source: string; channel: string; lastReceived: string }[];
};

export type ViewServices = {
  /** The patients (`patient_id`) now linked to a person; empty when there is no such person. */
  patientsOf(personId: string): Promise<string[]>;
  /** The person each patient is now linked to. */
  personsOf(patientIds: string[]): Promise<Map<string, string>>;
  /** Everything filed under these patients now, as far as the second wall is open for them. */
  recordOf(patientIds: string[]): Promise<FiledText[]>;
  /** The Patients of these, to decide whether the record of the person may be seen. */
  patientsToJudge(patientIds: string[]): Promise<FiledText[]>;
  /** Rows read once more behind the second wall; undefined for those it holds back. */
  again(rows: readonly StoredResource[]): Promise<(StoredResource | undefined)[]>;
  /** How many changes the records of these patients have seen; those without a record are left out. */
  headsOf(patientIds: string[]): Promise<Map<string, number>>;
  /** The same of those that whoever asks has opened: behind the second wall there are no others. */
  headsThroughWall(patientIds: string[]): Promise<Map<string, number>>;
  /** The organisations, as they are today, behind sources; a source of which none is known is left out. */
  behindSources(sources: string[]): Promise<Map<string, Behind>>;
  /** Those of these persons whose whereabouts are protected. */
  protectedAmong(personIds: string[]): Promise<Set<string>>;
  /** Who said each of these versions, in the order asked. */
  sourcesOf(stored: readonly StoredResource[]): Promise<(string | null)[]>;
  readMany(names: { type: string; id: string }[]): Promise<(StoredResource | undefined)[]>;
  /** Searches Patient by FHIR search parameters. `cursor` is one that an earlier page gave as `next`. */
  findPatients(
    query: [name: string, value: string][],
    page: { count: number; cursor?: string | undefined },
    sight?: Sight,
  ): Promise<{ matches: StoredResource[]; total?: number | undefined; next?: string | undefined }>;
  overview(): Promise<Overview>;
};
