import { homeOf } from '../../rid.ts';
import { Problem } from '../../../platform/errors.ts';
import type { ExportFile, ExportJob } from './types.ts';

const ndjson = new Set(['application/fhir+ndjson', 'application/ndjson', 'ndjson']);
const unsupported = [
  '_typeFilter',
  '_elements',
  'includeAssociatedData',
  'organizeOutputBy',
  'patient',
  '_until',
];

/**
 * Reads the parameters of a kick-off request. Throws a Problem that names the parameter when one is wrong or not
 * supported, so that no client takes a wider export for the narrower one it asked for.
 */
export function readExportParameters(
  query: readonly (readonly [string, string])[],
  isType: (name: string) => boolean,
): { types: string[] | undefined; since: Date | undefined } {
  const values = (name: string): string[] => query.filter(([key]) => key === name).map(([, value]) => value);
  for (const name of unsupported) {
    if (values(name).length > 0) {
      throw refuse(name, `${name} is not supported here.`, 'Leave it out and select from the files.');
    }
  }
  for (const format of values('_outputFormat')) {
    if (!ndjson.has(format.replace(' ', '+'))) {
      throw refuse('_outputFormat', 'Exports are written as NDJSON only.', 'Use application/fhir+ndjson.');
    }
  }
  const types = values('_type')
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
  if (!types.every(isType)) {
    throw refuse(
      '_type',
      '_type names something that is not an R4 resource type.',
      'Use names such as Patient.',
    );
  }
  return {
    types: types.length === 0 ? undefined : [...new Set(types)].sort(),
    since: sinceOf(values('_since')[0]),
  };
}

function sinceOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const since = new Date(text.replace(' ', '+'));
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(since.getTime())) return since;
  throw refuse('_since', '_since is not an instant.', 'Give one such as 2026-11-21T10:00:00Z.');
}

/** The files an export writes: one for each type, and with `_since` one for deletions of each type. */
export function filesOf(types: readonly string[], since: Date | undefined): ExportFile[] {
  return types.flatMap((type) =>
    since === undefined ? [emptyFile(type, false)] : [emptyFile(type, false), emptyFile(type, true)],
  );
}

const emptyFile = (type: string, isDeletions: boolean): ExportFile => ({
  name: isDeletions ? `${type}.deleted.ndjson` : `${type}.ndjson`,
  type,
  isDeletions,
  rows: 0,
  bytes: 0,
  place: undefined,
  done: false,
});

/**
 * Types of the patient compartment that may be about several patients, so that they are filed under none.
 * Source: FHIR R4 CompartmentDefinition/patient.
 */
export const typesAboutSeveral: readonly string[] = [
  'Account',
  'Appointment',
  'AppointmentResponse',
  'AuditEvent',
  'Group',
  'Person',
  'Provenance',
  'Schedule',
  'SupplyRequest',
];

const aboutSeveral = new Set(typesAboutSeveral);

/** True when a type is found by the patients it refers to, and not by the patient it is filed under. */
export const isAboutSeveral = (type: string): boolean => aboutSeveral.has(type);

const patientReference = /"reference":"Patient\/([A-Za-z0-9\-.]{1,64})["/]/g;

/**
 * True when a resource belongs to patients: it is filed under one, or it is of a type that may be about several and
 * refers to one. With `members`, to one of them.
 */
export function isOfPatients(
  row: { type: string; id: string; patientId: string; content: string },
  members?: ReadonlySet<string>,
): boolean {
  if (!isAboutSeveral(row.type)) return row.type === 'Patient' || row.patientId !== homeOf(row.type, row.id);
  for (const [, id] of row.content.matchAll(patientReference)) {
    if (members === undefined || members.has(id!)) return true;
  }
  return false;
}

/** The manifest of a finished export. */
export function exportManifest(
  job: ExportJob,
  files: readonly ExportFile[],
  urlOf: (name: string) => string,
): Record<string, unknown> {
  const listed = (deletions: boolean): unknown[] =>
    files
      .filter((file) => file.isDeletions === deletions && file.rows > 0)
      .map((file) => ({
        type: deletions ? 'Bundle' : file.type,
        url: urlOf(file.name),
        count: file.rows,
      }));
  return {
    transactionTime: job.transactionTime.toISOString(),
    request: job.requestUrl,
    requiresAccessToken: false,
    output: listed(false),
    ...(job.since !== undefined && { deleted: listed(true) }),
    error: [],
  };
}

/** How far an export has got, for an X-Progress header. */
export function progressText(files: readonly ExportFile[]): string {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const done = files.filter((file) => file.done).length;
  return `${rows} resources written, ${done} of ${files.length} files done`;
}

function refuse(place: string, text: string, wayOut: string): Problem {
  return new Problem('operations/export-parameter', 400, text, { place, wayOut });
}
