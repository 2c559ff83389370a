export {
  everything,
  everythingRows,
  sharedReferences,
  type EverythingPage,
  type EverythingRequest,
  type Wrapping,
} from './everything.ts';
export { createExports, type Exports, type ExportStatus } from './export/exports.ts';
export { readExportParameters, typesAboutSeveral } from './export/rules.ts';
export type { ExportRequest, ExportScope } from './export/types.ts';
export { placeText, readPlace, type RecordPlace } from './place.ts';
export { observedPatients, patientTexts } from './patients.ts';
export { versionsOf, type ResourceVersion } from './versions.ts';
