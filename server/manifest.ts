import type { Manifest } from './platform/db/index.ts';

/** The rooms of the house, lowest floor first. Migrations run, and imports point, in this order. */
export const floors = [
  'platform',
  'organisations',
  'audit',
  'access',
  'people',
  'record',
  'feeds',
  'care',
  'population',
  'workforce',
  'resources',
  'oversight',
  'federation',
  'synthetic',
] as const;

const byPatient = { kind: 'distributed', by: 'patient_id', withTable: 'record.resource' } as const;

/** Where each table's rows live. Every table stands here; a test compares it with the database. */
export const manifest: Manifest = {
  'platform.migration': { kind: 'local' },
  'platform.outbox': { kind: 'distributed', by: 'stream_id' },
  'people.person': { kind: 'distributed', by: 'person_id' },
  'people.link': { kind: 'distributed', by: 'patient_id' },
  'people.person_patient': { kind: 'distributed', by: 'person_id', withTable: 'people.person' },
  'people.nhs_number': { kind: 'distributed', by: 'nhs_number' },
  'record.resource': { kind: 'distributed', by: 'patient_id' },
  'record.history': byPatient,
  'record.patient_head': byPatient,
  'record.patient_token': byPatient,
  'record.search_string': byPatient,
  'record.search_date': byPatient,
  'record.search_number': byPatient,
  'record.delivery': { kind: 'reference' },
  'record.resource_key': { kind: 'distributed', by: 'rid' },
  'record.former_key': { kind: 'distributed', by: 'rid', withTable: 'record.resource_key' },
  'record.tally': { kind: 'distributed', by: 'token' },
  'record.token_text': { kind: 'distributed', by: 'token' },
  'record.export_job': { kind: 'local' },
  'record.export_file': { kind: 'local' },
  'record.import_job': { kind: 'local' },
  'record.import_file': { kind: 'local' },
  'record.import_postponed': { kind: 'local' },
  'record.import_missing': { kind: 'local' },
  'record.quarantine': { kind: 'local' },
  'record.package': { kind: 'local' },
  'record.definition': { kind: 'local' },
};
