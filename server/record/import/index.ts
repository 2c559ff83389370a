export { totals } from './counts.ts';
export { createImporter, type Importer, type ImportRequest, type ImportServices } from './importer.ts';
export type { GroupDone, RecordGroup } from './commit.ts';
export { recordItem } from './record-item.ts';
export type { RecordItem, ReplayResult } from './replay.ts';
export type { Matcher } from './look-up.ts';
export { reportLines } from './report.ts';
export type { Progress } from './run.ts';
export { sourceUri } from './source.ts';
export { listJobs, missingOf, type Job, type Missing } from './store-jobs.ts';
export {
  countQuarantine,
  findQuarantine,
  listQuarantine,
  quarantineStates,
  type QuarantineDetail,
  type QuarantineFilter,
  type QuarantineRow,
  type QuarantineState,
} from './store-quarantine.ts';
export type { Counts, OutcomeKind } from './types.ts';
export { registerImports, type ImportRoutes } from './routes.ts';
export { uncheckedNumberSystem } from './unchecked-number.ts';
