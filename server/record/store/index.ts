export { Batch } from './batch.ts';
export { contentHash, countsByType } from './count.ts';
export { deliveredBy, talliedByType } from './overview.ts';
export { foldRegularly, foldTallies } from './fold.ts';
export type { HistoryPage, HistoryPlace, HistoryQuery } from './history.ts';
export { Preparer } from './prepare.ts';
export { createStore, type Store } from './store.ts';
export type { RecordEntry } from './whole-record.ts';
export { Writer, type BatchResult, type Work } from './writer.ts';
