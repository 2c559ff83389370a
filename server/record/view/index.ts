/** The consolidated view of one person's record, and the JSON API behind its pages. */
export { registerRecordView } from './routes.ts';
export { consolidate } from './rules.ts';
export type { FiledText, Overview, ViewServices } from './services.ts';
export type { RecordView } from './types.ts';
